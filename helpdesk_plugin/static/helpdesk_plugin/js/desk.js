// The ticket page works without this. With it: the words that one types stay on the device until they are sent, a
// canned reply is inserted without a journey to the server, Ctrl+Enter sends, and a sheet is printed.
(() => {
  "use strict";

  // Wagtail 8 loads scripts in the head.
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();

  // In the form of the diagnosis: what was solved before in words like those being typed. The button does it too.
  function suggestWhileTyping(block) {
    if (!block) return;
    const form = block.closest("form");
    const list = block.querySelector("[data-hd-suggest-list]");
    const told = block.querySelector("[data-hd-suggest-told]");
    let pause, asked;
    const look = async () => {
      const words = new FormData();
      for (const name of ["csrfmiddlewaretoken", "symptoms", "cause"]) words.set(name, form.elements[name].value);
      words.set("look", "1");
      if (asked) asked.abort();
      asked = new AbortController();
      try {
        const answer = await fetch(block.dataset.hdSuggest, {
          method: "POST", body: words, credentials: "same-origin", redirect: "error", signal: asked.signal,
          headers: { "X-Requested-With": "XMLHttpRequest" },
        });
        if (!answer.ok) return;
        list.innerHTML = await answer.text();
        told.textContent = list.querySelector("[data-hd-suggest-count]").dataset.hdSuggestCount;
      } catch {
        // The network is gone or newer words are asked about; what is shown stays.
      }
    };
    for (const name of ["symptoms", "cause"]) {
      form.elements[name].addEventListener("input", () => {
        clearTimeout(pause);
        pause = setTimeout(look, 700);
      });
    }
    block.querySelector('button[name="look"]').addEventListener("click", (event) => {
      event.preventDefault();
      clearTimeout(pause);
      look();
    });
  }

  function start() {

    document.querySelectorAll("[data-hd-print]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => window.print());
    });

    suggestWhileTyping(document.querySelector("[data-hd-suggest]"));

    const form = document.querySelector("form[data-hd-draft]");
    if (!form) return;
    const text = form.elements.note;
    const ways = [...form.querySelectorAll('input[name="way"]')];
    const chosen = () => (ways.find((way) => way.checked) || {}).value;
    const choose = (name) => {
      const way = ways.find((one) => one.value === name);
      if (way) way.checked = true;
      return Boolean(way);
    };
    const grow = () => text.dispatchEvent(new Event("input", { bubbles: true }));

    // Whoever chose how to speak wants to type. Not with the arrow keys, which only walk through the choices.
    form.querySelectorAll(".hd-ways__label").forEach((label) => {
      label.addEventListener("click", () => setTimeout(() => text.focus(), 0));
    });

    text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      form.requestSubmit(form.querySelector('button[type="submit"]:not([name])'));
    });

    const insert = form.querySelector('button[name="insert"]');
    if (insert) {
      insert.addEventListener("click", (event) => {
        const option = form.elements.canned.selectedOptions[0];
        event.preventDefault();
        if (!option || !option.dataset.text) return form.elements.canned.focus();
        text.value = [text.value.trimEnd(), option.dataset.text].filter(Boolean).join("\n\n");
        if (chosen() === "note") choose("reply");
        form.elements.canned.value = "";
        text.focus();
        grow();
      });
    }

    // --- The draft --------------------------------------------------------------------------------------

    const WEEK = 7 * 24 * 60 * 60 * 1000;
    const name = form.dataset.hdDraft;
    const kept = form.querySelector("[data-hd-kept]");
    let store = null;
    try {
      // Words about a confidential ticket outlive the page, but not the tab.
      store = form.dataset.hdStore === "tab" ? sessionStorage : localStorage;
      store.setItem("hd-test", "1");
      store.removeItem("hd-test");
    } catch {
      return;
    }

    const plain = (key) => String(key || "").replaceAll("-", "");
    const sent = form.dataset.hdSent.split(" ").map((key) => key.replace(/-told$/, ""));
    let draft = null;
    try {
      draft = JSON.parse(store.getItem(name));
    } catch {
      store.removeItem(name);
    }
    if (draft && (sent.includes(plain(draft.key)) || Date.now() - draft.at > WEEK)) {
      store.removeItem(name);
      draft = null;
    }
    if (draft && !text.value) {
      text.value = draft.text;
      choose(draft.way);
      // The same form goes on: sent from two windows it makes one entry.
      form.elements.key.value = draft.key;
      kept.hidden = false;
      grow();
    }

    const save = () => {
      try {
        if (text.value.trim()) {
          const now = { at: Date.now(), key: form.elements.key.value, text: text.value, way: chosen() };
          store.setItem(name, JSON.stringify(now));
        } else store.removeItem(name);
        kept.hidden = !text.value.trim();
      } catch {
        // The store is full; the page itself still holds what was typed.
      }
    };
    let pause;
    form.addEventListener("input", () => {
      clearTimeout(pause);
      pause = setTimeout(save, 300);
    });
    form.addEventListener("change", save);
    form.querySelector("[data-hd-drop]").addEventListener("click", () => {
      clearTimeout(pause);
      text.value = "";
      store.removeItem(name);
      kept.hidden = true;
      text.focus();
    });
  }
})();
