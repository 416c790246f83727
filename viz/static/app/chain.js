// The lanes of a chain: what belongs to the task under the mouse or the focus stands out; arrow keys move along the lanes.
(function () {
  "use strict";
  const table = document.getElementById("lanes");
  if (!table) return;
  const rows = Array.from(table.querySelectorAll("tr[data-row]"));
  const stops = Array.from(table.querySelectorAll("[data-lane]"));

  /** Mark the way to some rows; without rows, take the marks away. */
  function show(found) {
    table.querySelectorAll(".on:not([data-chosen])").forEach((one) => one.classList.remove("on"));
    const groups = new Set(found.map((row) => row.dataset.group));
    for (const row of found) row.classList.add("on");
    for (const cell of table.querySelectorAll("td[data-of]")) if (groups.has(cell.dataset.of)) cell.classList.add("on");
    for (const item of table.querySelectorAll("li[data-tasks]")) {
      const named = item.dataset.tasks.split(" ");
      const near = groups.has(item.closest("tr").dataset.group);
      if (near && (item.dataset.whole || found.some((row) => named.includes(row.dataset.row)))) item.classList.add("on");
    }
  }

  /** Return the rows whose way leads through an element. */
  function through(element) {
    const item = element.closest("li[data-tasks]");
    const row = element.closest("tr");
    if (!row) return [];
    const group = rows.filter((one) => one.dataset.group === row.dataset.group);
    if (item) return item.dataset.whole ? group : rows.filter((one) => item.dataset.tasks.split(" ").includes(one.dataset.row));
    if (element.closest(".root")) return rows;
    return element.closest(".documents") ? group : rows.includes(row) ? [row] : [];
  }

  for (const mark of table.querySelectorAll(".on")) mark.setAttribute("data-chosen", "");
  table.addEventListener("mouseover", (event) => { if (event.target.closest(".box, .chip, .bodies, .targets")) show(through(event.target)); });
  table.addEventListener("mouseleave", () => show([]));
  table.addEventListener("focusin", (event) => show(through(event.target)));
  table.addEventListener("focusout", (event) => { if (!table.contains(event.relatedTarget)) show([]); });

  const middle = (one) => { const box = one.getBoundingClientRect(); return box.top + box.height / 2; };

  /** Return the stop that an arrow key leads to: up and down within a lane, sideways to the nearest of the next lane that has any. */
  function next(from, key) {
    const lane = Number(from.dataset.lane);
    if (key === "ArrowUp" || key === "ArrowDown") {
      const own = stops.filter((one) => one.dataset.lane === from.dataset.lane);
      return own[own.indexOf(from) + (key === "ArrowDown" ? 1 : -1)];
    }
    const step = key === "ArrowRight" ? 1 : -1;
    const group = from.closest("tr").dataset.group;
    for (let to = lane + step; to >= 0 && to <= 4; to += step) {
      const beside = stops.filter((one) => Number(one.dataset.lane) === to);
      const near = beside.filter((one) => one.closest("tr").dataset.group === group);
      const height = middle(from);
      const found = (near.length ? near : beside).sort((a, b) => Math.abs(middle(a) - height) - Math.abs(middle(b) - height))[0];
      if (found) return found;
    }
    return null;
  }

  table.addEventListener("keydown", (event) => {
    const from = event.target.closest("[data-lane]");
    if (!from || !/^Arrow/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    const to = next(from, event.key);
    if (!to) return;
    event.preventDefault();
    to.focus();
    to.scrollIntoView({ block: "nearest", inline: "nearest" });
  });

  // a task that is chosen leaves the page where it was
  const kept = "zeren-lanes";
  table.addEventListener("click", (event) => {
    if (event.target.closest(".box.task > a, .box.task small a")) try { sessionStorage.setItem(kept, `${location.pathname} ${window.scrollY}`); } catch (error) { /* a browser that keeps nothing */ }
  });
  try {
    const [path, height] = (sessionStorage.getItem(kept) || "").split(" ");
    sessionStorage.removeItem(kept);
    if (path === location.pathname && height) window.scrollTo(0, Number(height));
  } catch (error) { /* a browser that keeps nothing */ }
})();
