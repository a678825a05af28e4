/* A task's page looks again until the task has ended; without a script the page is loaded anew. */
"use strict";

const look = async () => {
  let answer;
  try {
    answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  } catch {
    setTimeout(look, 3000);
    return;
  }
  if (answer.redirected) {
    location.replace(answer.url);
    return;
  }
  const now = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("task");
  const here = document.getElementById("task");
  if (!now) {
    location.reload();
  } else if (now.hasAttribute("data-wait")) {
    here.querySelector("progress").value = now.querySelector("progress").value;
    here.querySelector("progress").max = now.querySelector("progress").max;
    if (here.querySelector(".lead").textContent !== now.querySelector(".lead").textContent) {
      here.querySelector(".lead").replaceChildren(...now.querySelector(".lead").childNodes);
    }
    setTimeout(look, 700);
  } else {
    here.replaceChildren(...now.childNodes);
  }
};
setTimeout(look, 500);
