"""Forms of the room: shape is checked here, rules by ``check``."""
