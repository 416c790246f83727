// The tables: answers that come without a new page, rows that the keyboard walks through.
(function () {
  "use strict";
  const zeren = window.zeren;
  const form = document.getElementById("asked");
  const served = Boolean(document.body.dataset.served);
  if (!form) return;

  function picks() {
    return Array.from(form.querySelectorAll("details.pick"));
  }

  // --- answers without a new page

  function usual() { // the columns that stand there unless somebody chose
    return form.dataset.usual || "";
  }

  function address() {
    const asked = zeren.asked(form), query = new URLSearchParams();
    if (form.elements.lang) asked.lang = [form.elements.lang.value];
    for (const name of Object.keys(asked).sort()) query.set(name, asked[name].join(","));
    if (query.get("columns") === usual()) query.delete("columns");
    return location.pathname + (String(query) ? "?" + query : "");
  }

  let turn = 0;

  async function show(url, kept) {
    const own = ++turn, results = document.getElementById("results");
    results.setAttribute("aria-busy", "true");
    let page;
    try {
      const answer = await fetch(url, { headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(String(answer.status));
      page = new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch (error) {
      const there = await zeren.look();
      if (own !== turn) return;
      if (there) location.href = url; // its page says what is wrong
      else results.removeAttribute("aria-busy"); // this page can still be read
      return;
    }
    if (own !== turn) return;
    const open = picks().find((pick) => pick.open), focused = document.activeElement, field = open && open.querySelector(".within");
    const mark = focused && focused.name ? [focused.name, focused.value] : null;
    const offset = open ? open.querySelector("ul").scrollTop : 0, inside = form.contains(focused) && focused.type !== "search";
    document.getElementById("picks").replaceWith(document.adoptNode(page.getElementById("picks")));
    results.replaceWith(document.adoptNode(page.getElementById("results")));
    for (const name of ["sort", "q"]) refresh(name, page, kept);
    const language = document.querySelector("a.language"), other = page.querySelector("a.language");
    if (language && other) language.href = other.getAttribute("href");
    if (open) {
      const pick = form.querySelector(`details.pick[data-pick="${open.dataset.pick}"]`);
      if (pick) {
        pick.open = true;
        const within = pick.querySelector(".within");
        if (within && field) { within.hidden = false; within.value = field.value; within.dispatchEvent(new Event("input", { bubbles: true })); }
        pick.querySelector("ul").scrollTop = offset;
        const again = mark && Array.from(form.elements).find((one) => one.name === mark[0] && one.value === mark[1]);
        if (inside) (again || pick.querySelector("summary")).focus();
      }
    }
    ready();
  }

  function refresh(name, page, kept) { // fields that stand outside of what was exchanged
    const fresh = page.querySelector(`#asked [name="${name}"]`), old = form.querySelector(`[name="${name}"]`);
    if (fresh && old && !(kept && name === "q")) old.value = fresh.value;
    else if (fresh && !old) form.append(document.adoptNode(fresh));
    else if (!fresh && old) old.remove();
  }

  function go(url, kept) {
    history.pushState(null, "", url);
    show(url, kept);
  }

  if (served) {
    form.addEventListener("submit", (event) => { event.preventDefault(); go(address(), true); });
    let waiting = 0;
    form.addEventListener("input", (event) => {
      if (event.target.name !== "q") return;
      clearTimeout(waiting);
      waiting = setTimeout(() => { history.replaceState(null, "", address()); show(address(), true); }, 200);
    });
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-same]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      const sorting = link.dataset.sort;
      go(link.href);
      if (sorting) document.addEventListener("zeren:shown", () => {
        const again = document.querySelector(`a[data-sort="${sorting}"]`);
        if (again) again.focus();
      }, { once: true });
    });
    window.addEventListener("popstate", () => show(location.href));
  }

  // --- rows: one of them is the keyboard's; arrows move, Enter opens, Space shows the words

  function rows() {
    return Array.from(document.querySelectorAll("#results table[data-rows] tbody tr")).filter((row) => !row.hidden);
  }

  function ready() {
    const all = rows();
    for (const row of all) row.tabIndex = -1;
    if (all.length) all[0].tabIndex = 0;
    for (const button of form.querySelectorAll("[data-apply]")) button.hidden = true;
    document.dispatchEvent(new CustomEvent("zeren:shown"));
  }

  document.addEventListener("keydown", (event) => {
    const row = event.target;
    if (!row.matches || !row.matches("#results tbody tr")) return;
    const all = rows(), place = all.indexOf(row);
    const next = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: all.length - 1, PageDown: place + 10, PageUp: place - 10 }[event.key];
    if (next !== undefined) {
      const other = all[Math.min(Math.max(next, 0), all.length - 1)];
      row.tabIndex = -1;
      other.tabIndex = 0;
      other.focus();
    } else if (event.key === "Enter") {
      const link = row.querySelector("td a");
      if (!link) return;
      link.click();
    } else if (event.key === " ") {
      const words = row.querySelector("details.sentence");
      if (words) words.open = !words.open;
    } else return;
    event.preventDefault();
  });

  document.addEventListener("zeren:filtered", ready);
  ready();
})();
