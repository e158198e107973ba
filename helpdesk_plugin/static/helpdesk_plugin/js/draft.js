// While one types, the form is kept on the device: not the files, not the trap, not the tick under the privacy
// notice. It is offered back once, put back only when asked for, and ends with the receipt or after a week.
(() => {
  "use strict";

  const words = document.getElementById("hd-words");
  const form = words && words.closest("form");
  if (!form || !form.elements.layanan) return;

  // --- The draft --------------------------------------------------------------------------------------

  const PREFIX = "hd-draft:";
  const WEEK = 7 * 24 * 60 * 60 * 1000;
  const NOT_KEPT = new Set(["website", "privacy_ack", "csrfmiddlewaretoken"]);
  const key = () => form.elements.kunci.value;
  let store = null;
  try {
    // A confidential report outlives its page, but not its tab.
    store = words.dataset.store === "tab" ? sessionStorage : localStorage;
    store.setItem("hd-test", "1");
    store.removeItem("hd-test");
  } catch {
    store = null;
  }

  const fields = () =>
    [...form.elements].filter(
      (field) => field.name && !NOT_KEPT.has(field.name) && !/^(hidden|file|password|submit|button|reset)$/.test(field.type)
    );

  function typed() {
    const values = {};
    fields().forEach((field) => {
      const choice = field.type === "radio" || field.type === "checkbox";
      if (choice ? !field.checked : !field.value.trim()) return;
      (values[field.name] ||= []).push(field.value);
    });
    return values;
  }

  let touched = false;
  function save() {
    if (!store || !touched) return;
    const values = typed();
    const draft = { at: Date.now(), path: location.pathname, service: form.elements.layanan.value, key: key(), values };
    try {
      if (Object.keys(values).length) store.setItem(PREFIX + key(), JSON.stringify(draft));
      else store.removeItem(PREFIX + key());
      kept.hidden = !Object.keys(values).length;
    } catch {
      // The store is full; the page itself still holds what was typed.
    }
  }

  function drafts() {
    const found = [];
    Object.keys(store).forEach((name) => {
      if (!name.startsWith(PREFIX)) return;
      try {
        const draft = JSON.parse(store.getItem(name));
        if (Date.now() - draft.at < WEEK) return found.push(draft);
      } catch {
        // Not ours, or broken.
      }
      store.removeItem(name);
    });
    return found.filter((draft) => draft.path === location.pathname).sort((a, b) => b.at - a.at);
  }

  function restore(draft) {
    touched = true;
    fields().forEach((field) => {
      const values = draft.values[field.name];
      if (!values) return;
      if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
      else field.value = values[0];
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
    form.querySelectorAll("details").forEach((part) => {
      if ([...part.querySelectorAll("input, textarea")].some((field) => field.value)) part.open = true;
    });
    // The same form goes on: its files are still kept, and sent from two windows it makes one ticket.
    form.elements.kunci.value = draft.key;
    form.dispatchEvent(new Event("hd-key"));
    save();
  }

  const kept = document.getElementById("hd-kept");
  const offer = document.getElementById("hd-draft");
  if (!store) return;

  const sort = drafts();
  const own = sort.find((draft) => draft.key === key());
  const other = sort.find((draft) => draft.key !== key());
  if (own) {
    touched = true;
    kept.hidden = false;
  } else if (other) {
    const when = new Date(other.at).toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
    const summary = (other.values.summary || [""])[0];
    offer.querySelector("[data-when]").textContent = when;
    offer.querySelector("[data-what]").textContent = summary && `“${summary.slice(0, 80)}”`;
    form.before(offer);
    offer.hidden = false;
    const [go, drop] = offer.querySelectorAll("button");
    go.addEventListener("click", () => {
      if (other.service !== form.elements.layanan.value) {
        sessionStorage.setItem("hd-continue", other.key);
        location.search = `?layanan=${encodeURIComponent(other.service)}`;
        return;
      }
      restore(other);
      offer.hidden = true;
      form.querySelector(".hd-field input, .hd-field textarea").focus();
    });
    drop.addEventListener("click", () => {
      store.removeItem(PREFIX + other.key);
      offer.hidden = true;
    });
    // Asked for on the page of another service.
    if (sessionStorage.getItem("hd-continue") === other.key) {
      sessionStorage.removeItem("hd-continue");
      go.click();
    }
  }

  kept.querySelector("button").addEventListener("click", () => {
    store.removeItem(PREFIX + key());
    touched = false;
    kept.hidden = true;
  });

  let pause;
  form.addEventListener("input", (event) => {
    if (event.target.type === "file" || NOT_KEPT.has(event.target.name)) return;
    touched = true;
    clearTimeout(pause);
    pause = setTimeout(save, 300);
  });
  window.addEventListener("pagehide", save);
  document.addEventListener("submit", save, true);
})();
