// Everything works without this file. It moves the focus to what went wrong, copies and prints the receipt,
// holds what is sent while the device is offline, keeps an impatient second click from sending a slow upload
// twice, and ends the draft of what was sent.
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

  // Offline: the press is not lost in the browser's own error page, and nothing is sent later by itself.
  const offline = document.getElementById("hd-offline");
  if (offline) {
    const tell = (text) => {
      offline.hidden = !text;
      offline.textContent = text;
    };
    const lost = () => tell(offline.dataset.offline);
    window.addEventListener("offline", lost);
    window.addEventListener("online", () => tell(offline.hidden ? "" : offline.dataset.online));
    if (!navigator.onLine) lost();
    document.addEventListener(
      "submit",
      (event) => {
        if (navigator.onLine || !event.target.contains(offline)) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        lost();
        offline.focus();
      },
      true
    );
  }

  document.querySelectorAll("form").forEach((form) => {
    const button = form.querySelector("[data-hd-once]");
    if (!button) return;
    const ready = () => button.removeAttribute("aria-disabled");
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      if (button.getAttribute("aria-disabled") === "true") event.preventDefault();
      button.setAttribute("aria-disabled", "true");
      // The server makes one ticket of a form whatever happens; a person who stopped the page must not be stuck.
      window.setTimeout(ready, 10000);
    });
    // The page may come back out of the browser's memory.
    window.addEventListener("pageshow", ready);
  });

  // A form leaves its key behind when it is sent. If a receipt answers, its draft has served (draft.js).
  try {
    const drafts = [localStorage, sessionStorage];
    const draftOf = (key) => `hd-draft:${key}`;
    const sent = sessionStorage.getItem("hd-sent");
    sessionStorage.removeItem("hd-sent");
    const keyOf = (form) => (form && form.elements.kunci ? form.elements.kunci.value : "");
    if (sent && document.getElementById("hd-code")) {
      drafts.forEach((store) => store.removeItem(draftOf(sent)));
    } else if (sent && document.querySelector("form [name=ulang]")) {
      // The same words go on under another key: the person was asked what to do with them.
      const key = keyOf(document.querySelector("form [name=ulang]").form);
      drafts.forEach((store) => {
        const draft = store.getItem(draftOf(sent));
        store.removeItem(draftOf(sent));
        if (draft && key) store.setItem(draftOf(key), JSON.stringify({ ...JSON.parse(draft), key }));
      });
    }
    document.addEventListener("submit", (event) => {
      if (!event.defaultPrevented && keyOf(event.target)) sessionStorage.setItem("hd-sent", keyOf(event.target));
    });
    // "Finished on this computer" means the drafts and the remembered contact as well.
    document.querySelectorAll("form[data-hd-forget]").forEach((form) => {
      form.addEventListener("submit", () => {
        drafts.forEach((store) =>
          Object.keys(store).forEach((name) => name.startsWith("hd-") && store.removeItem(name))
        );
      });
    });
  } catch {
    // Storage is closed to us; then there are no drafts either.
  }
})();
