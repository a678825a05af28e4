// Passkeys need scripts, and a browser that knows them: only then are they offered. What goes wrong is told in the page.
(() => {
  if (window.PublicKeyCredential) {
    for (const part of document.querySelectorAll("[data-passkey]")) part.hidden = false;
    for (const part of document.querySelectorAll("[data-no-passkey]")) part.hidden = true;
  }
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    const trouble = document.querySelector("[data-passkey-trouble]");
    if (!trouble) return;
    trouble.hidden = false;
    trouble.focus();
  });
})();
