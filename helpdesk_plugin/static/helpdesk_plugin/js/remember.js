// "Remember me on this device": name, agency, unit, telephone and e-mail, kept in this browser alone and only
// if the box is ticked. Never the NIP.
(() => {
  "use strict";

  const box = document.getElementById("hd-remember");
  const form = box && box.closest("form");
  if (!form) return;

  const NAME = "hd-me";
  const FIELDS = ["requester_name", "opd", "requester_unit", "requester_phone", "requester_email"];
  const tick = box.querySelector("input");
  const forget = box.querySelector("button");
  let known;
  try {
    known = JSON.parse(localStorage.getItem(NAME) || "null");
  } catch {
    return;
  }

  const last = form.elements.requester_nip || form.elements.requester_email;
  last.closest(".hd-field").after(box);
  box.hidden = false;
  const fields = FIELDS.map((name) => form.elements[name]).filter(Boolean);

  if (known) {
    tick.checked = true;
    forget.hidden = false;
    if (fields.every((field) => !field.value)) {
      fields.forEach((field) => {
        field.value = known[field.name] || "";
        field.dispatchEvent(new Event("change", { bubbles: true }));
      });
    }
  }

  forget.addEventListener("click", () => {
    localStorage.removeItem(NAME);
    fields.forEach((field) => {
      field.value = "";
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
    tick.checked = false;
    forget.hidden = true;
    fields[0].focus();
  });

  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    try {
      if (!tick.checked) localStorage.removeItem(NAME);
      else localStorage.setItem(NAME, JSON.stringify(Object.fromEntries(fields.map((one) => [one.name, one.value]))));
    } catch {
      // The browser keeps nothing; the form goes all the same.
    }
  });
})();
