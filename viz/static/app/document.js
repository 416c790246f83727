// The text of a document: marks are hidden and shown at once, n and p walk from mark to mark, a passage of a file is found.
(function () {
  "use strict";
  const text = document.getElementById("text");
  if (!text) return;
  const where = document.getElementById("where");
  for (const one of document.querySelectorAll(".scripted")) one.hidden = false;
  for (const one of document.querySelectorAll(".unscripted")) one.hidden = true;

  // the legend as filter; the address keeps what is hidden

  const hidden = () => Array.from(text.classList).filter((name) => name.startsWith("off-")).map((name) => name.slice(4));

  function keep() {
    const address = new URL(location.href);
    if (hidden().length) address.searchParams.set("hide", hidden().join(","));
    else address.searchParams.delete("hide");
    history.replaceState(null, "", address);
  }

  for (const form of document.querySelectorAll("form[data-legend]")) {
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("click", (event) => {
      const button = event.target.closest("[data-kind]");
      if (!button) return;
      event.preventDefault();
      const off = text.classList.toggle("off-" + button.dataset.kind);
      button.setAttribute("aria-pressed", off ? "false" : "true");
      keep();
    });
  }

  // from mark to mark

  function stops() {
    const off = hidden();
    const marks = Array.from(text.querySelectorAll("[data-first], .chip"));
    return marks.filter((one) => !off.includes(one.dataset.first || "task"));
  }

  function walk(step) {
    const all = stops();
    if (!all.length) return;
    const now = all.indexOf(document.activeElement);
    const seen = all.findIndex((one) => one.getBoundingClientRect().top > 0);
    const next = now >= 0 ? now + step : step > 0 ? seen : seen - 1;
    const there = all[(next + all.length) % all.length];
    if (!there.hasAttribute("href")) there.tabIndex = -1;
    there.focus({ preventScroll: true });
    there.scrollIntoView({ block: "center" });
    const place = where.dataset.place.replace("{place}", all.indexOf(there) + 1).replace("{total}", all.length);
    where.textContent = place + " · " + (there.title || there.getAttribute("aria-label") || "");
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    if (event.key === "n" || event.key === "p") {
      event.preventDefault();
      walk(event.key === "n" ? 1 : -1);
    }
  });

  // in a folder of files no server finds the passage: offsets are code points, strings of scripts are not

  function offset(string, points) {
    let at = 0;
    for (let left = points; left > 0 && at < string.length; left -= 1) at += string.codePointAt(at) > 0xffff ? 2 : 1;
    return at;
  }

  function mark(start, end) {
    let first = null;
    for (const piece of text.querySelectorAll("[data-at]")) {
      const begin = Number(piece.dataset.at), words = piece.firstChild;
      if (!words) continue;
      const length = Array.from(piece.textContent).length;
      const from = Math.max(start - begin, 0), to = Math.min(end - begin, length);
      if (from >= to) continue;
      const range = document.createRange();
      range.setStart(words, offset(words.data, from));
      range.setEnd(words, offset(words.data, to));
      const around = zeren.make("mark", { class: "at" });
      range.surroundContents(around);
      first = first || around;
    }
    return first;
  }

  if (!document.body.dataset.served) {
    const found = /^(\d{1,9})-(\d{1,9})$/.exec(new URL(location.href).searchParams.get("at") || "");
    const first = found && mark(Number(found[1]), Number(found[2]));
    if (first) first.scrollIntoView({ block: "center" });
  }
})();
