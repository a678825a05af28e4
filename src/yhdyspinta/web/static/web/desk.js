/* Small helps on top of pages that work without them. */
"use strict";

/* The contents list follows the reading; the clause being read is marked in it. */
const contents = document.querySelector(".toc");
if (contents && "IntersectionObserver" in window) {
  const links = new Map([...contents.querySelectorAll("a[href^='#']")].map((link) => [link.hash.slice(1), link]));
  let current = null;
  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        const link = links.get(entry.target.id);
        if (!entry.isIntersecting || !link || link === current) continue;
        current?.removeAttribute("aria-current");
        link.setAttribute("aria-current", "true");
        current = link;
        if (contents.scrollHeight > contents.clientHeight) {
          const place = link.offsetTop - contents.clientHeight / 2;
          contents.scrollTo({ top: place });
        }
      }
    },
    { rootMargin: "-8% 0px -80% 0px" },
  );
  for (const clause of document.querySelectorAll(".clause > .text[id]")) {
    observer.observe(clause);
  }
}

/* A sentence and its card are shown to belong together. */
const cards = new Map([...document.querySelectorAll(".duty[id]")].map((card) => [card.id.slice("duty-".length), card]));
for (const sentence of document.querySelectorAll("a.binding")) {
  const card = cards.get(sentence.dataset.duty);
  if (!card) continue;
  const show = (near) => () => card.classList.toggle("near", near);
  const back = (near) => () => sentence.classList.toggle("near", near);
  sentence.addEventListener("pointerenter", show(true));
  sentence.addEventListener("pointerleave", show(false));
  sentence.addEventListener("focus", show(true));
  sentence.addEventListener("blur", show(false));
  card.addEventListener("pointerenter", back(true));
  card.addEventListener("pointerleave", back(false));
}

/* Printing needs a script, so its button shows itself only where there is one. */
for (const button of document.querySelectorAll("button.print")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
