"use strict";
/* <button data-copy="id"> copies the text of a field. Without scripts the button is not there. */
(() => {
  const status = document.querySelector("[data-copy-status]");
  document.querySelectorAll("[data-copy]").forEach((button) => {
    const field = document.getElementById(button.dataset.copy);
    button.hidden = false;
    button.addEventListener("click", async () => {
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
      } catch {
        document.execCommand("copy"); /* without https there is no clipboard */
      }
      button.focus(); /* the selection took the focus, and the next button is for the next text */
      status.textContent = `${button.dataset.copied}: ${field.getAttribute("aria-labelledby") ? document.getElementById(field.getAttribute("aria-labelledby")).textContent : ""}`;
    });
  });
})();
