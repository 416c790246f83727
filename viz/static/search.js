// The search box: a combobox over names, names as written, titles and file names.
"use strict";
(function () {
  const MOST = 30, RANK = { region: 0, department: 0, task: 1, document: 2, indicator: 3, policy: 4, section: 5 };
  const input = document.getElementById("query"), box = document.getElementById("hits"), hits = document.getElementById("hit-list"), count = document.getElementById("hit-count");
  const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
  const entries = atlas.data.nodes.map((node, index) => ({ node, index, keys: [...new Set([node.label, node.short || node.label, ...(node.names || [])])].map((name) => [fold(name), name]), sounds: atlas.data.sounds ? atlas.data.sounds[index].split(" ").filter(Boolean) : [] }));
  const all = atlas.makeFilter({ hide: new Set(), off: new Set() });
  let active = -1;

  // 发改委 is 发展和改革委员会 with letters left out: so offices are shortened.
  function abbreviates(short, long) {
    let at = 0;
    for (const letter of long) if (letter === short[at]) at++;
    return short.length > 1 && at === short.length;
  }

  // fgw is 发改委: the first letters of a name's syllables, from its beginning or from any of them on.
  const sounds = (wanted, entry) => (entry.sounds.some((sound) => sound.startsWith(wanted)) ? 3 : entry.sounds.some((sound) => sound.includes(wanted)) ? 4 : 5);

  // Exact names first, then what starts with the words, holds them, or is shortened to them; departments and tasks before the rest.
  function search(text) {
    const wanted = fold(text), found = [], letters = /^[a-z0-9]{2,}$/.test(wanted);
    if (!wanted) return found;
    for (const entry of entries) {
      let best = letters ? sounds(wanted, entry) : 5, name = entry.node.label;
      for (const [key, written] of entry.keys) {
        const grade = key === wanted ? 0 : key.startsWith(wanted) ? 1 : key.includes(wanted) ? 2 : entry.node.kind === "department" && abbreviates(wanted, key) ? 3 : 5;
        if (grade < best) { best = grade; name = written; }
      }
      if (best < 5) found.push({ node: entry.node, grade: best, name, index: entry.index });
    }
    return found.sort((a, b) => a.grade - b.grade || RANK[a.node.kind] - RANK[b.node.kind] || a.index - b.index);
  }

  function show() {
    const found = search(input.value), say = atlas.say;
    atlas.clear(hits);
    active = -1;
    input.removeAttribute("aria-activedescendant");
    found.slice(0, MOST).forEach(({ node, name }, index) => {
      const more = [say("kind." + node.kind), node.kind === "indicator" ? atlas.targetOf(node) : "", node.region || "", node.kind === "department" ? say("panel.tasks", atlas.countLoad(node.id, all).tasks) : "", name !== node.label && name !== node.short ? say("fact.names") + " " + name : ""].filter(Boolean).join(" · ");
      const option = atlas.make("li", { id: "hit-" + index, role: "option", "aria-selected": "false" }, atlas.icon(node.kind, node.form), atlas.make("span", { class: "name", lang: "zh-CN" }, node.label || say("region.none")), atlas.make("small", { class: "where" }, more));
      option.onmousedown = (event) => event.preventDefault(); // the box keeps the focus until the choice is made
      option.onclick = () => pick(node.id);
      option.nodeId = node.id;
      hits.append(option);
    });
    const asked = Boolean(fold(input.value));
    count.textContent = !asked ? "" : !found.length ? say("search.none") : found.length > MOST ? say("search.cut", MOST, found.length) : say("search.some", found.length);
    open(asked);
  }

  function open(on) { box.hidden = !on; input.setAttribute("aria-expanded", String(on && hits.children.length > 0)); }

  function move(by) {
    const options = hits.children;
    if (!options.length) return;
    if (active >= 0) options[active].setAttribute("aria-selected", "false");
    active = active < 0 ? (by > 0 ? 0 : options.length - 1) : (active + by + options.length) % options.length;
    options[active].setAttribute("aria-selected", "true");
    options[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[active].id);
  }

  function pick(id) {
    open(false);
    input.value = "";
    atlas.enter(id);
    document.getElementById("net").focus();
  }

  input.addEventListener("input", show);
  input.addEventListener("focus", () => { if (input.value) show(); });
  input.addEventListener("blur", () => open(false));
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // a Chinese input method is still at work: its Enter and arrows are its own
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); if (box.hidden) show(); else move(event.key === "ArrowDown" ? 1 : -1); }
    else if (event.key === "Enter" && hits.children.length && !box.hidden) { event.preventDefault(); pick(hits.children[Math.max(0, active)].nodeId); }
    else if (event.key === "Escape") { event.preventDefault(); if (box.hidden) { input.value = ""; document.getElementById("net").focus(); } else open(false); }
  });
  Object.assign(atlas, { search });
})();
