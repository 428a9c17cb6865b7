// Opens the page's window, closes it with either button, and says which one was pressed.
"use strict";

/** @param {HTMLElement} asking */
function open(asking) {
  document.getElementById("said").hidden = true;
  if (asking instanceof HTMLDialogElement) {
    asking.showModal();
    return;
  }
  asking.hidden = false;
  asking.querySelector("[role=dialog]").focus();
}

/**
 * @param {HTMLElement} asking
 * @param {string} answer
 */
function close(asking, answer) {
  if (asking instanceof HTMLDialogElement) asking.close();
  asking.hidden = !(asking instanceof HTMLDialogElement);
  const said = document.getElementById("said");
  said.textContent = answer ? `You pressed “${answer}”. Nothing was sent anywhere.` : "You closed it. Nothing was sent anywhere.";
  said.hidden = false;
  document.querySelector("[data-open]").focus();
}

for (const opener of document.querySelectorAll("[data-open]")) {
  const asking = document.getElementById(opener.dataset.open);
  opener.addEventListener("click", () => open(asking));
  asking.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    close(asking, "");
  });
  for (const button of asking.querySelectorAll("[data-close]")) {
    button.addEventListener("click", () => close(asking, button.textContent.trim()));
  }
  open(asking);
}
