/* What is left to mend is said at the field while it is typed; without a script it is said when the form comes back.
   One empty row waits to be filled in; the next is shown when it is. */
"use strict";

for (const form of document.querySelectorAll("form[data-check]")) {
  let waiting = 0;
  let asked = 0;
  const check = async () => {
    const mine = ++asked;
    let answer;
    try {
      answer = await fetch(form.dataset.check, { method: "POST", body: new FormData(form) });
    } catch {
      return;
    }
    if (!answer.ok || mine !== asked) return;
    const said = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const place of said.querySelectorAll(".checked[id]")) {
      const here = document.getElementById(place.id);
      if (here && here.textContent !== place.textContent) here.replaceChildren(...place.childNodes);
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(check, 400);
  });
}

for (const rows of document.querySelectorAll(".rows")) {
  for (const row of rows.querySelectorAll(":scope > .spare + .spare")) row.hidden = true;
  rows.addEventListener("input", (event) => {
    const next = event.target.closest(".rows > .spare")?.nextElementSibling;
    if (next) next.hidden = false;
  });
}
