// Keys for those who like them; every page works without. `/` search, `j` `k` down and up, `n` `p` next and previous page, `?` help.
"use strict";

(() => {
  const STEPS = ".hits > ol > li > h2 > a, .body > p > a.number, ul.articles > li > a, .kwic .node a, table.rows tbody th a";
  const dialog = document.getElementById("keys");

  const typing = (element) => element.isContentEditable || /^(input|textarea|select)$/i.test(element.tagName);

  function move(by) {
    const steps = [...document.querySelectorAll(STEPS)];
    if (!steps.length) return;
    const at = steps.indexOf(document.activeElement);
    const top = steps.findIndex((step) => step.getBoundingClientRect().top >= 0);
    const next = at >= 0 ? at + by : Math.max(0, top) + (by > 0 ? 0 : -1);
    const step = steps[Math.min(Math.max(next, 0), steps.length - 1)];
    step.focus({ preventScroll: true });
    step.scrollIntoView({ block: "center" });
  }

  function follow(rel) {
    const link = document.querySelector(`main a[rel~="${rel}"]`);
    if (link) link.click();
  }

  const keys = {
    "/": () => { const field = document.getElementById("search"); field.focus(); field.select(); },
    "j": () => move(1),
    "k": () => move(-1),
    "n": () => follow("next"),
    "p": () => follow("prev"),
    "?": () => dialog.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || dialog.open || typing(event.target)) return;
    if (Object.hasOwn(keys, event.key)) {
      event.preventDefault();
      keys[event.key]();
    }
  });
})();
