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

  // what two bodies share, on a page from a disk: it brought along the tasks of all pairs
  const evidence = window.zeren.read("evidence");
  const place = document.getElementById("pair");
  if (evidence && place) {
    const make = window.zeren.make;
    const linkTo = (named) => make("a", { href: named[1], textContent: named[0] });
    const show = (keys) => {
      const bodies = keys.map((key) => evidence.bodies[key]);
      const tasks = (evidence.pairs[keys.slice().sort().join(",")] || []).map((number) => evidence.tasks[number]);
      const items = tasks.map((task) => make("li", {}, [make("p", {}, [linkTo(task), " ", make("small", { textContent: task[2] })])]));
      const close = make("button", { type: "button", textContent: place.dataset.close });
      close.addEventListener("click", () => { place.hidden = true; });
      const said = tasks.length ? place.dataset.count.replace("{}", String(tasks.length)) : place.dataset.none;
      place.textContent = "";
      place.append(
        make("div", { class: "head" }, [make("h2", {}, [linkTo(bodies[0]), " × ", linkTo(bodies[1])]), close]),
        make("p", {}, [make("b", { textContent: said })]),
        make("ol", { class: "shared-tasks" }, items)
      );
      place.hidden = false;
      place.scrollIntoView();
      close.focus();
    };
    document.addEventListener("click", (event) => {
      const link = event.target.closest("[data-pair]");
      if (!link) return;
      event.preventDefault();
      show(link.getAttribute("data-pair").split(","));
    });
    const named = (new URLSearchParams(location.search).get("pair") || "").split(",");
    if (named.length === 2 && named.every((key) => evidence.bodies[key])) show(named);
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
