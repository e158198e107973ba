// Everything works without this file. It moves the focus to what went wrong, copies and prints the receipt,
// and keeps an impatient second click from sending a slow upload twice.
(() => {
  "use strict";

  const problems = document.querySelector("[data-hd-focus]");
  if (problems) problems.focus();

  document.querySelectorAll("[data-hd-copy]").forEach((button) => {
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.hdCopy).textContent);
      button.textContent = button.dataset.hdCopied;
      button.setAttribute("role", "status");
    });
  });

  document.querySelectorAll("[data-hd-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });

  document.querySelectorAll("form").forEach((form) => {
    const button = form.querySelector("[data-hd-once]");
    if (!button) return;
    const ready = () => button.removeAttribute("aria-disabled");
    form.addEventListener("submit", (event) => {
      if (button.getAttribute("aria-disabled") === "true") event.preventDefault();
      button.setAttribute("aria-disabled", "true");
      // The server makes one ticket of a form whatever happens; a person who stopped the page must not be stuck.
      window.setTimeout(ready, 10000);
    });
    // The page may come back out of the browser's memory.
    window.addEventListener("pageshow", ready);
  });
})();
