"""Signing in: by code, password, passkey or an organisation's own sign-in; and what keeps an account safe."""
