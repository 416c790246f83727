// The matrix: cells by arrow keys, a cell's tasks beside it without leaving the page.
(function () {
  "use strict";
  const table = document.querySelector("table.matrix");
  const drawer = document.getElementById("cell");
  if (!table) return;
  const rows = Array.from(table.tBodies[0].rows);
  const cells = Array.from(table.querySelectorAll("td.c > a"));
  const linkAt = (row, place) => rows[row] && rows[row].cells[place] && rows[row].cells[place].querySelector("td.c > a");

  for (const cell of cells) cell.title = cell.getAttribute("aria-label");

  // one cell of all is a stop for the Tab key, arrows lead from there to the next cell that holds something
  function stop(cell) {
    for (const one of cells) one.tabIndex = -1;
    if (cell) cell.tabIndex = 0;
  }
  stop(table.querySelector("a[aria-current]") || cells[0]);

  function walk(cell, down, across) {
    let row = rows.indexOf(cell.closest("tr"));
    let place = cell.parentElement.cellIndex;
    const wide = rows[0].cells.length;
    do {
      row += down;
      place += across;
      const found = linkAt(row, place);
      if (found) return found;
    } while (row >= 0 && row < rows.length && place >= 0 && place < wide);
    return null;
  }

  /** Show a cell although the head and the first column lie over the box. */
  function reveal(cell) {
    const box = table.parentElement;
    cell.focus({ preventScroll: true });
    const place = cell.getBoundingClientRect(), frame = box.getBoundingClientRect();
    const left = frame.left + rows[0].cells[0].offsetWidth, top = frame.top + table.tHead.offsetHeight + 34;
    if (place.left < left) box.scrollLeft -= left - place.left + 8;
    else if (place.right > frame.right) box.scrollLeft += place.right - frame.right + 24;
    if (place.top < top) box.scrollTop -= top - place.top + 8;
    else if (place.bottom > frame.bottom) box.scrollTop += place.bottom - frame.bottom + 24;
    if (cell.getBoundingClientRect().bottom > window.innerHeight || cell.getBoundingClientRect().top < 0) cell.scrollIntoView({ block: "nearest" });
  }

  const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td.c > a");
    if (!cell || event.ctrlKey || event.altKey || event.metaKey) return;
    let next = null;
    if (steps[event.key]) next = walk(cell, ...steps[event.key]);
    else if (event.key === "Home") next = cell.closest("tr").querySelector("td.c > a");
    else if (event.key === "End") next = Array.from(cell.closest("tr").querySelectorAll("td.c > a")).pop();
    else return;
    event.preventDefault();
    if (next) {
      stop(next);
      reveal(next);
    }
  });
  table.addEventListener("focusin", (event) => {
    const cell = event.target.closest("td.c > a");
    if (cell) stop(cell);
  });

  if (!document.body.dataset.served) return atHome(); // a page of a folder: its rows are filtered and sorted by filter.js

  /** Without a server: show the columns of a document, and in the cells what a role counts. */
  function atHome() {
    const form = document.querySelector("form[data-filter]");
    const known = zeren.read("matrix-columns");
    const roles = ["lead", "responsible", "support", "inherited"];
    const first = rows[0].cells.length - known.documents.length;
    const go = form.querySelector("[data-go]");
    if (go) go.addEventListener("change", (event) => { event.stopPropagation(); location.href = go.value; });
    table.addEventListener("zeren:filtered", () => {
      const chosen = form.elements.document.value, role = form.elements.role.value;
      for (const head of table.tHead.querySelectorAll("[data-document]")) head.hidden = Boolean(chosen) && head.dataset.document !== chosen;
      known.documents.forEach((key, place) => {
        for (const row of rows) row.cells[first + place].hidden = Boolean(chosen) && key !== chosen;
      });
      for (const cell of cells) {
        if (!cell.dataset.counts) continue;
        const counts = cell.dataset.counts.split(" ").map(Number);
        const own = role || roles.find((name, place) => counts[place + 1]);
        const number = role ? counts[roles.indexOf(role) + 1] : counts[0] || counts[4];
        cell.hidden = !number;
        cell.className = own;
        cell.textContent = known.letters[own] + (number > 1 ? number : "");
      }
      const nobody = table.querySelector("tr.nobody");
      if (nobody) nobody.hidden = Boolean(role) || !nobody.querySelector("td.c:not([hidden]) > a");
    });
  }

  function mark(address) {
    const wanted = new URL(address, location.href).searchParams.get("cell");
    let found = null;
    for (const cell of cells) {
      if (cell.dataset.cell === wanted) {
        cell.setAttribute("aria-current", "true");
        found = cell;
      } else cell.removeAttribute("aria-current");
    }
    return found;
  }

  /** Put what the server says of a cell into the drawer; whatever goes wrong, the link is followed instead. */
  async function show(address, focus) {
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const said = page.getElementById("cell");
      if (!answer.ok || !said) throw new Error("no answer");
      drawer.replaceChildren ? drawer.replaceChildren(...said.childNodes) : ((drawer.textContent = ""), drawer.append(...said.childNodes));
      drawer.hidden = said.hidden;
      const cell = mark(address);
      if (focus && !drawer.hidden) drawer.querySelector("h2").focus();
      else if (cell) stop(cell);
    } catch (error) {
      if (await zeren.look()) location.assign(address); // else this page can still be read
    }
  }

  function close() {
    const link = drawer.querySelector("a.close");
    const cell = table.querySelector("a[aria-current]");
    if (!link || drawer.hidden) return;
    history.pushState(null, "", link.href);
    drawer.hidden = true;
    mark(link.href);
    if (cell) {
      stop(cell);
      reveal(cell);
    }
  }

  const plain = (event) => event.button === 0 && !event.ctrlKey && !event.shiftKey && !event.metaKey && !event.altKey;
  table.addEventListener("click", (event) => {
    const cell = event.target.closest("td.c > a");
    if (!cell || !plain(event)) return;
    event.preventDefault();
    history.pushState(null, "", cell.href);
    show(cell.href, true);
  });
  drawer.addEventListener("click", (event) => {
    if (!event.target.closest("a.close") || !plain(event)) return;
    event.preventDefault();
    close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) close();
  });
  let path = location.pathname + location.search.replace(/[?&]cell=[^&]*/, "");
  window.addEventListener("popstate", () => {
    const now = location.pathname + location.search.replace(/[?&]cell=[^&]*/, "");
    if (now !== path) location.reload();
    else show(location.href, false);
  });
})();
