// A long select that can be searched by typing. The select stays the form's field; this stands in front of it,
// built after the ARIA combobox pattern (list, no completion of the text). The beginning of any word may be typed,
// in any order.
(() => {
  "use strict";

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  document.querySelectorAll("[data-hd-combobox]").forEach((box) => {
    const select = box.querySelector("select");
    if (!select) return;
    const all = [...select.options].filter((option) => option.value);
    const field = document.createElement("input");
    const list = document.createElement("ul");
    const count = document.createElement("span");
    const id = select.id;
    let shown = [];
    let active = -1;

    // The label and the summary of errors point to what is used now.
    select.id = `${id}_select`;
    field.id = id;
    field.type = "text";
    field.autocomplete = "off";
    field.spellcheck = false;
    field.placeholder = box.dataset.placeholder;
    list.id = `${id}_list`;
    list.className = "hd-combo__list";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", box.querySelector("label").firstChild.textContent.trim());
    count.className = "hd-hidden";
    count.setAttribute("role", "status");
    Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": list.id,
    }).forEach(([name, value]) => field.setAttribute(name, value));
    ["aria-describedby", "aria-invalid", "required"].forEach((name) => {
      if (select.hasAttribute(name)) field.setAttribute(name, select.getAttribute(name));
    });
    select.classList.add("hd-hidden");
    select.tabIndex = -1;
    select.setAttribute("aria-hidden", "true");
    const frame = document.createElement("div");
    frame.className = "hd-combo";
    select.before(frame);
    frame.append(field, list, count, select);

    const chosen = () => (select.value ? select.selectedOptions[0].textContent : "");
    const follow = () => {
      field.value = chosen();
    };

    function mark(place) {
      active = place;
      [...list.children].forEach((line, index) => line.setAttribute("aria-selected", String(index === place)));
      const line = list.children[place];
      if (line) {
        field.setAttribute("aria-activedescendant", line.id);
        line.scrollIntoView({ block: "nearest" });
      } else field.removeAttribute("aria-activedescendant");
    }

    function open(everything) {
      const wanted = everything ? [] : plain(field.value).split(/\s+/).filter(Boolean);
      const text = (option) => plain(` ${option.textContent} ${option.dataset.words || ""}`);
      const fitting = (before) => all.filter((option) => wanted.every((word) => text(option).includes(before + word)));
      shown = fitting(" ");
      // Nothing begins like this: perhaps it stands inside a word.
      if (!shown.length) shown = fitting("");
      list.replaceChildren(
        ...shown.map((option, index) => {
          const line = document.createElement("li");
          line.id = `${id}_${index}`;
          line.setAttribute("role", "option");
          line.textContent = option.textContent;
          return line;
        })
      );
      if (!shown.length) {
        const none = document.createElement("li");
        none.className = "hd-combo__none";
        none.setAttribute("role", "option");
        none.setAttribute("aria-disabled", "true");
        none.textContent = box.dataset.none;
        list.append(none);
      }
      count.textContent = shown.length ? box.dataset.found.replace("{n}", shown.length) : box.dataset.none;
      list.hidden = false;
      field.setAttribute("aria-expanded", "true");
      list.scrollIntoView({ block: "nearest" });
      mark(everything ? shown.findIndex((option) => option.selected) : -1);
    }

    function close() {
      list.hidden = true;
      field.setAttribute("aria-expanded", "false");
      mark(-1);
    }

    function choose(option) {
      select.value = option ? option.value : "";
      select.dispatchEvent(new Event("change", { bubbles: true }));
      select.dispatchEvent(new Event("input", { bubbles: true }));
      close();
    }

    // What stands in the field when it is left: one whole name, or the only one that fits, or the choice before.
    function leave() {
      if (list.hidden && field.value === chosen()) return;
      const typed = plain(field.value.trim());
      const same = all.find((option) => plain(option.textContent) === typed);
      if (!typed) choose(null);
      else if (same) choose(same);
      else if (!list.hidden && shown.length === 1) choose(shown[0]);
      close();
      follow();
    }

    field.addEventListener("input", () => open(false));
    field.addEventListener("click", () => (list.hidden ? open(true) : close()));
    field.addEventListener("blur", leave);
    field.addEventListener("keydown", (event) => {
      const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (move) {
        event.preventDefault();
        if (list.hidden) open(field.value === chosen());
        if (shown.length) mark((active + move + (active < 0 && move < 0 ? 1 : 0) + shown.length) % shown.length);
      } else if (event.key === "Enter" && !list.hidden) {
        event.preventDefault();
        if (active >= 0) choose(shown[active]);
        else if (shown.length === 1) choose(shown[0]);
      } else if (event.key === "Escape") {
        if (!list.hidden) event.preventDefault();
        close();
        follow();
      }
    });
    // Before the field loses the focus.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const place = [...list.children].indexOf(event.target.closest("li"));
      if (shown[place]) choose(shown[place]);
    });
    select.addEventListener("change", follow);
    window.addEventListener("pageshow", follow);
    follow();
  });
})();
