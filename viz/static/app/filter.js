// Filters and sorts the rows that a page has, where no server answers: in a folder of files.
//
//   <form data-filter data-of="#rows">     its fields are the filters; data-of names the table or list (else the first [data-rows])
//   <table id="rows" data-rows>            <tr data-region="130100" data-role="lead↵support" data-words="…">: one value a line
//   <tr data-heading>                      stands above the rows of its <tbody>, and is hidden with the last of them
//   <tr data-department-role="KEY lead">   one name's values within another's: the role of the body that is asked for
//   <input data-every>                     a row must have all chosen values of this name, not any
//   <a data-sort="key"> in a heading       sorts by the column of that class (td.c-key)
//   [data-n="role"][data-of="lead"]        how many rows that value would leave
//   [data-shown]                           how many rows are shown
//   <button data-csv="name.csv">           the rows that are shown as a file
//
// A field whose name no row has as data-… is no filter; `q` looks in data-words, else in the text of the row. The state stands in the
// address, as on a server.
(function () {
  "use strict";
  const zeren = (window.zeren = window.zeren || {});
  const EVERY = Symbol("names of which a row must have all values");
  const collator = new Intl.Collator("zh-u-co-pinyin", { numeric: true });

  /** Return what a form asks: names with their values; empty ones are left out. */
  zeren.asked = function (form) {
    const asked = { [EVERY]: new Set(Array.from(form.querySelectorAll("[data-every]"), (field) => field.name)) };
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && value.trim() && name !== "lang") (asked[name] = asked[name] || []).push(value.trim());
    }
    return asked;
  };

  /** Whether a row fits what is asked; `except` is a name that does not count. */
  zeren.fits = function (row, asked, except) {
    for (const [name, values] of Object.entries(asked)) {
      if (name === except) continue;
      if (name === "q") {
        const words = row.dataset.words || (row.dataset.words = row.textContent.toLowerCase());
        if (!values[0].toLowerCase().split(/\s+/).every((word) => words.includes(word))) return false;
        continue;
      }
      const own = valuesOf(row, name, asked);
      if (own !== null && !values[asked[EVERY].has(name) ? "every" : "some"]((one) => own.includes(one))) return false;
    }
    return true;
  };

  /** Show the rows that fit, and count what each further choice would leave. Return how many are shown. */
  zeren.filterRows = function (form, place) {
    const asked = zeren.asked(form), rows = rowsOf(place);
    let shown = 0;
    for (const row of rows) {
      row.hidden = !zeren.fits(row, asked);
      if (!row.hidden) shown += 1;
    }
    for (const heading of place.querySelectorAll("[data-heading]")) {
      heading.hidden = !Array.from(heading.parentNode.children).some((row) => row !== heading && !row.hidden);
    }
    const counts = {};
    for (const mark of document.querySelectorAll("[data-n]")) {
      const name = mark.dataset.n;
      counts[name] = counts[name] || count(rows, asked, name);
      mark.textContent = (counts[name][mark.dataset.of] || 0).toLocaleString("en");
    }
    for (const mark of document.querySelectorAll("[data-shown]")) mark.textContent = shown.toLocaleString("en");
    place.dispatchEvent(new CustomEvent("zeren:filtered", { bubbles: true, detail: { shown: shown, total: rows.length } }));
    return shown;
  };

  function count(rows, asked, name) {
    const found = {};
    for (const row of rows) {
      if (!zeren.fits(row, asked, asked[EVERY].has(name) ? "" : name)) continue;
      for (const one of valuesOf(row, name, asked) || []) found[one] = (found[one] || 0) + 1;
    }
    return found;
  }

  /** Return a row's values by a name; of those that belong to another name's values, only what is asked for of these. */
  function valuesOf(row, name, asked) {
    for (const [other, values] of Object.entries(asked)) {
      const pairs = other === name ? null : row.getAttribute(`data-${other}-${name}`);
      if (pairs === null) continue;
      const own = pairs.split("\n").map((pair) => pair.split(" ")).filter((pair) => values.includes(pair[0]));
      return Array.from(new Set(own.map((pair) => pair[1])));
    }
    const own = row.getAttribute("data-" + name);
    return own === null ? null : own.split("\n");
  }

  function rowsOf(place) {
    return Array.from(place.tBodies ? place.querySelectorAll("tbody > tr:not([data-heading])") : place.children);
  }

  /** Put the rows in the order of a column; what is empty comes last. */
  zeren.sortRows = function (place, key, descending) {
    const value = (row) => {
      const cell = row.querySelector(".c-" + CSS.escape(key));
      if (!cell || cell.querySelector(".soft")) return "";
      return cell.dataset.value || cell.textContent.trim();
    };
    const rows = rowsOf(place).map((row, place) => ({ row: row, place: Number(row.dataset.place || (row.dataset.place = place)), value: value(row) }));
    rows.sort((a, b) => {
      if (!key || a.value === b.value) return a.place - b.place;
      if (a.value === "" || b.value === "") return a.value === "" ? 1 : -1;
      return (descending ? -1 : 1) * (compareNumbers(a.value, b.value) || collator.compare(a.value, b.value));
    });
    for (const one of rows) one.row.parentNode.append(one.row);
  };

  function compareNumbers(a, b) {
    const first = Number(a.replace(/,/g, "")), second = Number(b.replace(/,/g, ""));
    return Number.isNaN(first) || Number.isNaN(second) ? 0 : first - second;
  }

  /** Save the rows that are shown as a file that Excel opens at a double click; no cell of it is a formula. */
  zeren.saveCsv = function (table, name) {
    const text = (cell) => {
      const copy = cell.cloneNode(true);
      for (const part of copy.querySelectorAll("details:not(.rest), summary, .soft, .arrow")) part.remove();
      const things = Array.from(copy.querySelectorAll(".thing, .tag"));
      const words = (things.length ? things.map((one) => one.title || one.textContent.trim()).join("、") : copy.textContent).trim();
      const safe = /^[=+\-@\t\r＝＋－＠]/.test(words) && !/^[+＋－-]?[\d.]+$/.test(words) ? "'" + words : words;
      return /[",\r\n]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe;
    };
    const lines = Array.from(table.rows).filter((row) => !row.hidden).map((row) => Array.from(row.cells).map(text).join(","));
    const link = zeren.make("a", { download: name, href: URL.createObjectURL(new Blob(["\ufeff" + lines.join("\r\n") + "\r\n"], { type: "text/csv" })) });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };

  /** Let a form filter the rows of a page by itself, from the state that the address has. */
  zeren.filterHere = function (form) {
    const place = document.querySelector(form.dataset.of || "[data-rows]");
    if (!place) return;
    const state = new URLSearchParams(location.search);
    for (const field of form.elements) {
      const values = state.getAll(field.name).join(",").split(",");
      if (!field.name || !state.has(field.name)) continue;
      if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
      else field.value = state.get(field.name);
    }
    let sort = state.get("sort") || "";

    function remember() {
      const asked = zeren.asked(form), query = new URLSearchParams();
      for (const name of Object.keys(asked).sort()) if (name !== "sort") query.set(name, asked[name].join(","));
      if (sort) query.set("sort", sort);
      try {
        history.replaceState(null, "", location.pathname + (String(query) ? "?" + query : ""));
      } catch (error) { /* a browser that keeps the address of a file as it is */ }
    }

    function order(first) {
      if (!sort && first) return;
      const key = sort.replace(/^-/, ""), descending = sort.startsWith("-");
      zeren.sortRows(place, key, descending);
      for (const link of place.querySelectorAll("a[data-sort]")) {
        const own = link.dataset.sort === key, arrow = link.querySelector(".arrow");
        if (own) link.closest("th").setAttribute("aria-sort", descending ? "descending" : "ascending");
        else link.closest("th").removeAttribute("aria-sort");
        if (arrow) arrow.textContent = own ? (descending ? "▼" : "▲") : "";
      }
    }

    function apply() {
      zeren.filterRows(form, place);
      remember();
    }

    form.addEventListener("submit", (event) => { event.preventDefault(); apply(); });
    form.addEventListener("input", (event) => { if (event.target.name === "q") apply(); });
    form.addEventListener("reset", () => setTimeout(apply));
    place.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-sort]");
      if (!link) return;
      event.preventDefault();
      const key = link.dataset.sort;
      sort = sort === key ? "-" + key : sort === "-" + key ? "" : key;
      order(false);
      remember();
    });
    for (const button of document.querySelectorAll("[data-csv]")) {
      button.hidden = false;
      button.addEventListener("click", () => zeren.saveCsv(place, button.dataset.csv));
    }
    order(true);
    zeren.filterRows(form, place);
  };

  document.addEventListener("DOMContentLoaded", () => {
    if (document.body.dataset.served) return;
    for (const form of document.querySelectorAll("form[data-filter]")) zeren.filterHere(form);
  });
})();
