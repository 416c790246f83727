// The search box of every page: a combobox over everything that has a name. / goes there, arrows choose, Enter opens, Esc closes.
(function () {
  "use strict";
  const zeren = (window.zeren = window.zeren || {});
  const input = document.getElementById("search");
  if (!input) return;
  const words = JSON.parse(input.dataset.words);
  const PAUSE = 120, EACH = 4, served = Boolean(document.body.dataset.served), root = document.body.dataset.root || "";
  const make = zeren.make;
  let asked = 0, shown = "", active = -1, options = [], running = null;

  // --- where answers come from: the server, or the names that lie beside the pages

  /** Return the address of a page by its path: on the server, or as a file of this folder, whose names come with their paths. */
  zeren.address = function (path, params) {
    const english = document.documentElement.lang === "en", query = new URLSearchParams();
    for (const [name, value] of Object.entries(params || {})) if (value) query.set(name, value);
    if (served && english) query.set("lang", "en");
    const file = () => root + (english ? "en/" : "") + path.slice(1) + ".html";
    const tail = query.toString();
    return (served ? path : file()) + (tail ? "?" + tail : "") + (query.has("at") ? "#at" : "");
  };

  let finder = null;
  function loadNames() {
    finder = finder || loadScripts([root + "assets/app/finder.js", root + "search/index.js"])
      .then(() => loadScripts(zeren.index.parts.map((name) => root + "search/" + name)))
      .then(() => zeren.makeFinder(zeren.index));
    finder.catch(() => { finder = null; });
    return finder;
  }

  function loadScripts(sources) {
    return Promise.all(sources.map((src) => new Promise((resolve, reject) => {
      const script = make("script", { src, async: false, onload: resolve, onerror: () => reject(new Error(src)) });
      document.head.append(script);
    })));
  }

  /** Return what fits the words, by kind; ``signal`` ends the question. */
  zeren.search = async function (text, kind, limit, signal) {
    if (!served) return (await loadNames()).group(text, kind, limit);
    const query = new URLSearchParams({ q: text, limit: String(limit) });
    if (kind) query.set("kind", kind);
    const answer = await fetch("/api/search?" + query, { signal, credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };

  /** Return the nodes of a text with its fitting stretches marked. */
  zeren.marked = function (text, marks) {
    const chars = Array.from(text), nodes = [];
    let at = 0;
    for (const [start, end] of marks) {
      if (start > at) nodes.push(chars.slice(at, start).join(""));
      nodes.push(make("mark", {}, [chars.slice(start, end).join("")]));
      at = end;
    }
    return nodes.concat(chars.slice(at).join(""));
  };

  /** Return what tells a hit from others: alias, number, place. */
  zeren.besides = (hit) => [hit.note, hit.place].filter(Boolean).join(" · ");

  // --- the list below the box

  const list = make("div", { id: "hits", role: "listbox", "aria-label": words.results });
  const said = make("p", { class: "said", role: "status" });
  const foot = make("p", { class: "keys", "aria-hidden": "true" }, [words.keys]);
  const box = make("div", { class: "hits", hidden: true }, [said, list, foot]);
  input.form.append(box);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": "hits", "aria-autocomplete": "list" })) input.setAttribute(name, value);

  const open = (on) => {
    box.hidden = !on;
    input.setAttribute("aria-expanded", String(on && options.length > 0));
    if (!on) choose(-1);
  };

  function choose(number) {
    if (options[active]) options[active].setAttribute("aria-selected", "false");
    active = number;
    if (!options[active]) { input.removeAttribute("aria-activedescendant"); return; }
    options[active].setAttribute("aria-selected", "true");
    options[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[active].id);
  }

  function option(href, children) {
    const one = make("a", { id: "hit-" + options.length, role: "option", "aria-selected": "false", tabIndex: -1, href, class: "hit" }, children);
    options.push(one);
    return one;
  }

  function showHit(hit) {
    const label = make("span", { class: "label", lang: "zh-CN" }, hit.matched ? [hit.label] : zeren.marked(hit.label, hit.marks));
    const alias = hit.matched ? [make("span", { class: "alias", lang: "zh-CN" }, zeren.marked(hit.matched, hit.marks))] : [];
    return option(zeren.address(hit.path, { at: hit.spot }), [label, ...alias, make("small", { lang: "zh-CN" }, [zeren.besides(hit)])]);
  }

  function show(text, found) {
    list.textContent = "";
    options = [];
    active = -1;
    found.groups.forEach((group, number) => {
      const head = make("div", { class: "kind", id: "hits-" + number }, [words[group.kind], make("span", { class: "count" }, [String(group.cut.total)])]);
      list.append(make("div", { role: "group", "aria-labelledby": head.id }, [head, ...group.hits.map(showHit)]));
    });
    const most = found.groups.reduce((sum, group) => sum + group.hits.length, 0);
    if (found.total > most) list.append(option(zeren.address("/search", { q: text }), [make("span", { class: "label" }, [words.all.replace("{}", found.total.toLocaleString("en"))])]));
    said.textContent = found.total ? words.found.replace("{}", found.total.toLocaleString("en")) : words.nothing;
    said.className = found.total ? "said unseen" : "said";
    shown = text;
    open(true);
  }

  function complain(text) {
    list.textContent = "";
    options = [];
    shown = "";
    const again = make("button", { type: "button", onclick: () => ask(text) }, [words.retry]);
    said.className = "said";
    said.textContent = "";
    said.append(words.failed, " ", again);
    open(true);
  }

  /** Ask, and show the answer unless something newer was asked meanwhile. */
  async function ask(text) {
    const number = ++asked;
    if (running) running.abort();
    running = window.AbortController ? new AbortController() : null;
    const slow = setTimeout(() => { if (number === asked) { said.className = "said"; said.textContent = words.loading; open(true); } }, 1000);
    const late = setTimeout(() => { if (number === asked) { said.append(" ", make("button", { type: "button", onclick: stop }, [words.cancel])); } }, 5000);
    try {
      const found = await zeren.search(text, "", EACH, running ? running.signal : undefined);
      if (number === asked) show(text, found);
    } catch (error) {
      if (number === asked) complain(text);
    } finally {
      clearTimeout(slow);
      clearTimeout(late);
    }
  }

  function stop() {
    asked++;
    if (running) running.abort();
    open(false);
  }

  // --- typing

  let pause = 0;
  function typed() {
    clearTimeout(pause);
    const text = input.value.trim();
    if (!text) { stop(); shown = ""; return; }
    pause = setTimeout(() => ask(text), PAUSE);
  }

  input.addEventListener("input", (event) => { if (!event.isComposing) typed(); });
  input.addEventListener("compositionend", typed);
  input.addEventListener("focus", () => {
    if (served) fetch("/api/search?limit=1").catch(() => {}); // the names are gathered before the first word is there
    else loadNames().catch(() => {});
    if (input.value.trim() && input.value.trim() === shown) open(true);
  });
  input.form.addEventListener("focusout", (event) => { if (!input.form.contains(event.relatedTarget)) open(false); });
  box.addEventListener("mousedown", (event) => { if (!event.target.closest("button")) event.preventDefault(); }); // the box keeps the focus
  input.form.addEventListener("submit", (event) => { if (!input.value.trim()) event.preventDefault(); });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // Enter and arrows belong to the input method
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step) {
      event.preventDefault();
      if (box.hidden && options.length && input.value.trim() === shown) open(true);
      else if (options.length) choose(active < 0 && step < 0 ? options.length - 1 : (active + step + options.length) % options.length);
    } else if (event.key === "Enter" && !box.hidden && options[active]) {
      event.preventDefault();
      options[active].click();
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (box.hidden) { input.value = ""; document.getElementById("main").focus(); } else { clearTimeout(pause); stop(); }
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest && event.target.closest("input, textarea, select, [contenteditable], .CodeMirror")) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
})();
