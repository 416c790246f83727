// The matrix by arrow keys; on a page from a disk, the view that the address names.
(function () {
  "use strict";
  const sections = Array.from(document.querySelectorAll("main section[id^=view-]"));
  const asked = new URLSearchParams(location.search).get("view");
  if (!document.body.dataset.served && sections.some((section) => section.id === `view-${asked}`)) {
    for (const section of sections) section.hidden = section.id !== `view-${asked}`;
    for (const link of document.querySelectorAll("a[data-view]")) {
      if (link.dataset.view === asked) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  const grid = document.querySelector("[data-grid]");
  if (!grid) return;
  const rows = Array.from(grid.tBodies[0].rows);
  const links = Array.from(grid.querySelectorAll("tbody td a"));
  if (!links.length) return;
  for (const link of links) link.tabIndex = -1;
  links[0].tabIndex = 0; // one stop for the whole matrix; arrows go on from there
  const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

  grid.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    const cell = event.target.closest("td");
    if (!step || !cell) return;
    event.preventDefault();
    let row = rows.indexOf(cell.parentNode) + step[0];
    let column = cell.cellIndex + step[1];
    for (; rows[row] && rows[row].cells[column]; row += step[0], column += step[1]) {
      const next = rows[row].cells[column].querySelector("a");
      if (!next || rows[row].cells[column].tagName === "TH") continue;
      for (const link of links) link.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
      return;
    }
  });
})();
