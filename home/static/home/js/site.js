// Everything works without this file. It closes an open submenu on Escape and on a click elsewhere.
(() => {
  "use strict";
  const open = () => document.querySelectorAll(".site-sub[open]");

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    open().forEach((menu) => {
      const had = menu.contains(document.activeElement);
      menu.open = false;
      if (had) menu.querySelector("summary").focus();
    });
  });

  document.addEventListener("click", (event) => {
    open().forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
})();
