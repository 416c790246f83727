// The list of a body's tasks, filtered where it stands as long as the page holds all of them; else the server is asked.
(function () {
  "use strict";
  const form = document.querySelector("form[data-instant]");
  if (!form) return;
  const fields = Array.from(form.querySelectorAll("select"));
  const rows = Array.from(document.querySelectorAll("tr[data-row]"));
  const groups = Array.from(document.querySelectorAll("[data-group]")); // inner ones after the outer ones
  const shown = document.querySelector("[data-shown]");
  const whole = form.dataset.whole === "1";

  function apply() {
    const asked = fields.filter((field) => field.value);
    let count = 0;
    for (const row of rows) {
      row.hidden = !asked.every((field) => row.dataset[field.name] === field.value);
      row.nextElementSibling.hidden = row.hidden; // its words
      if (!row.hidden) count += 1;
    }
    for (const group of groups) {
      const left = group.querySelectorAll("tr[data-row]:not([hidden])").length;
      group.hidden = left === 0;
      group.querySelector(".count").textContent = String(left);
    }
    shown.textContent = shown.dataset.shown.replace("{shown}", String(count)).replace("{total}", String(rows.length));
    document.querySelector(".nothing").hidden = count > 0;
    form.querySelector(".clear").hidden = asked.length === 0;
    for (const link of document.querySelectorAll("a[data-file], a.language")) link.href = changed(link.href);
  }

  /** Return an address with what is asked for now. */
  function changed(address) {
    const url = new URL(address, location.href);
    for (const field of fields) {
      if (field.value) url.searchParams.set(field.name, field.value);
      else url.searchParams.delete(field.name);
    }
    return url.href;
  }

  function remember() {
    try {
      history.replaceState(null, "", changed(location.href));
    } catch (error) { /* a page on a disk may not change its address in some browsers */ }
  }

  for (const button of form.querySelectorAll("[data-hide]")) button.hidden = true;
  form.addEventListener("change", () => {
    if (whole) { apply(); remember(); } else location.href = changed(location.href);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (whole) { apply(); remember(); } else location.href = changed(location.href);
  });
  if (!whole) return;
  form.querySelector(".clear").addEventListener("click", (event) => {
    event.preventDefault();
    for (const field of fields) field.value = "";
    apply();
    remember();
    fields[0].focus();
  });
  // a page on a disk holds everything; its address says what of it is asked for
  const asked = new URLSearchParams(location.search);
  for (const field of fields) {
    const value = asked.get(field.name) || "";
    field.value = Array.from(field.options).some((option) => option.value === value) ? value : "";
  }
  if (fields.some((field) => field.value)) apply();
})();
