// Starts Wagtail's choosers of dates and times. Wagtail does it by a script within the page, for which every
// page with a date would have to allow scripts within pages, smuggled ones too.
(() => {
  const starters = { date: "initDateChooser", time: "initTimeChooser", datetime: "initDateTimeChooser" };

  const start = (note) => {
    const begin = window[starters[note.dataset.chooser]];
    if (!begin || note.dataset.started || !document.getElementById(note.dataset.for)) return;
    note.dataset.started = "true";
    begin(note.dataset.for, JSON.parse(note.dataset.config));
  };

  const startWithin = (root) => root.querySelectorAll("[data-chooser]").forEach(start);

  document.addEventListener("DOMContentLoaded", () => startWithin(document));
  // Forms that come into the page later bring theirs along.
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const node of change.addedNodes) {
        if (node.nodeType !== Node.ELEMENT_NODE) continue;
        if (node.matches("[data-chooser]")) start(node);
        else startWithin(node);
      }
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
