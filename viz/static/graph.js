// The page at work: the address after # is its whole state; every click, key and filter changes that address.
"use strict";
(function () {
  const $ = (id) => document.getElementById(id);
  const say = atlas.say, make = atlas.make, clear = atlas.clear;
  let state = atlas.START, drawn = "", told = "";
  // a control that this page has: the explorer and a file have different ones
  const on = (id, event, act) => { if ($(id)) $(id).addEventListener(event, act); };

  function show(before, missing) {
    state = atlas.state();
    const picture = atlas.address({ node: null, table: state.table, all: state.all }) + state.center;
    const fresh = picture !== drawn, relabel = state.language !== atlas.language || !drawn;
    atlas.language = state.language;
    if (relabel) label();
    if (fresh) { atlas.show(atlas.buildScene(state)); drawn = picture; }
    atlas.select(state.node);
    if (state.view === "all" && state.node && fresh) atlas.reveal(state.node, true);
    if (state.node) atlas.describe(state.node, state); else atlas.help();
    atlas.remember(state);
    if (missing) told = missing;
    paintControls();
    notice(missing);
  }

  // ---- controls

  function label() {
    if (!atlas.app) { document.documentElement.lang = state.language === "zh" ? "zh-CN" : "en"; document.title = say("title"); }
    document.querySelectorAll("[data-word]").forEach((element) => { element.textContent = say(element.dataset.word); });
    document.querySelectorAll("[data-name]").forEach((element) => element.setAttribute("aria-label", say(element.dataset.name)));
    if (atlas.data.part) document.querySelector("h1").textContent = say("part.title", atlas.data.part);
    document.querySelectorAll("[data-view]").forEach((button) => { button.hidden = Boolean(atlas.data.start) && button.dataset.view !== "ego"; });
    if ($("query")) $("query").placeholder = say("search");
    if ($("language")) $("language").lang = state.language === "zh" ? "en" : "zh-CN";
    const legend = clear($("legend")), roles = clear($("roles"));
    atlas.KINDS.forEach((kind) => legend.append(chip("hide", kind, atlas.icon(kind), say("kind." + kind))));
    atlas.CLASSES.forEach((role) => roles.append(chip("off", role, atlas.stroke(role), say("role." + role))));
    if (atlas.app) return;
    fill($("region"), atlas.regions.map((name) => [name, name]));
    fill($("document"), atlas.documents.map((node) => [node.id, node.label]));
  }

  function chip(field, name, picture, text) {
    const button = make("button", { type: "button", class: "chip" }, picture, text);
    button.setAttribute("data-" + field, name);
    button.onclick = () => { const set = new Set(state[field]); if (set.has(name)) set.delete(name); else set.add(name); atlas.go({ [field]: set }, true); };
    return button;
  }

  function fill(select, options) {
    clear(select).append(make("option", { value: "" }, say("everything")), ...options.map(([value, text]) => make("option", { value, lang: "zh-CN" }, text)));
  }

  function paintControls() {
    const scene = atlas.scene();
    document.querySelectorAll("[data-view]").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.view === state.view)));
    document.querySelectorAll("[data-hide]").forEach((button) => {
      button.setAttribute("aria-pressed", String(!state.hide.has(button.dataset.hide)));
      button.disabled = state.view === "over" && !(scene.tiles ? ["region"] : ["document", "department"]).includes(button.dataset.hide);
    });
    document.querySelectorAll("[data-off]").forEach((button) => button.setAttribute("aria-pressed", String(!state.off.has(button.dataset.off))));
    if (!atlas.app) { $("region").value = state.region; $("document").value = state.doc; }
    if (!atlas.app) { $("depth").value = String(state.depth); $("depth").disabled = state.view !== "ego"; }
    if ($("to-ego")) $("to-ego").disabled = !state.node || atlas.nodes.get(state.node).kind === "region";
    $("clear").hidden = !((state.region && !atlas.app) || (state.doc && !atlas.app) || state.hide.size || state.off.size);
    $("table-switch").setAttribute("aria-pressed", String(state.table));
    $("table").hidden = !state.table;
    $("net").classList.toggle("away", state.table);
    if (state.table) fillTable(); else clear($("table"));
    $("status").textContent = describeScene(scene);
    const rest = $("rest"), over = state.view === "over";
    rest.hidden = !(scene.cut || state.all) || state.view === "all";
    rest.textContent = state.all ? say("rest.hide") : over ? say("rest.show", scene.total) : say("rest.ego", scene.total);
    $("empty").hidden = scene.items.length > 0 || Boolean(scene.refused);
    $("empty").textContent = say(atlas.data.nodes.length ? "empty" : "empty.data");
    const node = state.node && atlas.nodes.get(state.node);
    $("spoken").textContent = node ? say("kind." + node.kind) + " " + node.label : "";
  }

  function describeScene(scene) {
    const forms = scene.forms || {}, rest = Object.keys(forms).filter((form) => forms[form]);
    if (scene.tiles) return say("status.tiles", scene.items.length, scene.counts[0], scene.counts[1]);
    if (scene.refused) return "";
    if (state.view === "over") return say("status.over", scene.documents || 0, rest.reduce((sum, form) => sum - forms[form], scene.total)) + rest.map((form) => " · " + say("form." + form) + " " + forms[form]).join("") + (scene.shown < scene.total ? " · " + say("shown", scene.shown, scene.total) : "") + (scene.many ? " · " + say("status.many", atlas.MANY) : "");
    const kinds = (scene.kinds || []).map(([kind, count]) => say("kind." + kind) + " " + count).join("，");
    return say("status.nodes", scene.items.length, scene.edges.length) + (scene.shown < scene.total ? " · " + say("shown", scene.shown, scene.total) + "（" + kinds + "），" + say("status.rest") : "") + (scene.many ? " · " + (state.view === "all" ? say("many") + " · " : "") + say("status.many", atlas.MANY) : "");
  }

  function notice(missing) {
    const scene = atlas.scene();
    const text = missing ? say("unknown", missing.slice(0, 80)) : scene.refused ? (atlas.data.survey ? say("survey.refused", atlas.data.things) : say("toomany")) : state.node && !scene.index.has(state.node) && state.view !== "over" ? say("hidden") : "";
    $("notice").hidden = !text;
    $("notice").textContent = text;
  }

  // The picture's contents as a table, with what the picture had to leave out.
  function fillTable() {
    const filter = atlas.makeFilter(state), scene = atlas.scene();
    const ids = scene.tiles ? scene.items.map((item) => item.id) : state.view === "over" ? atlas.data.nodes.filter((node) => ["document", "department"].includes(node.kind) && filter.node(node.id)).map((node) => node.id) : state.view === "ego" ? [...atlas.walk(state.center, state.depth, filter).keys()] : scene.items.map((item) => item.id);
    const loads = new Map(ids.map((id) => [id, atlas.countLoad(id, filter)]));
    const tasks = atlas.countTasks();
    const rows = ids.map((id) => atlas.nodes.get(id)).sort((a, b) => atlas.KINDS.indexOf(a.kind) - atlas.KINDS.indexOf(b.kind) || loads.get(b.id).tasks - loads.get(a.id).tasks || atlas.order.get(a.id) - atlas.order.get(b.id));
    // around one thing what matters is how each stands to it; elsewhere, how much each bears
    const center = state.view === "ego" ? atlas.nodes.get(state.center) : null;
    const head = center ? ["table.kind", "table.name", "table.relation", "document"].map((key) => say(key)) : ["table.kind", "table.name", "table.place", "table.tasks"].map((key) => say(key)).concat(atlas.CLASSES.map((role) => say("role." + role)));
    const body = make("tbody");
    rows.forEach((node) => {
      const cells = center ? relate(center, node, filter) : weigh(node, loads.get(node.id), tasks);
      body.append(make("tr", {}, make("td", {}, atlas.icon(node.kind, node.form), say("kind." + node.kind)), make("th", { scope: "row" }, make("a", { href: atlas.address(node.kind === "region" ? atlas.within(node) : { view: "ego", center: node.id, node: node.id }), lang: "zh-CN" }, node.label || say("region.none"))), ...cells));
    });
    clear($("table")).append(make("table", {}, make("caption", {}, say("table.caption") + "（" + rows.length + "）"), make("thead", {}, make("tr", {}, ...head.map((word) => make("th", { scope: "col" }, word)))), body));
  }

  function weigh(node, load, tasks) {
    const counted = node.kind === "department", number = node.kind === "document" ? tasks.get(node.id) || 0 : node.kind === "region" ? node.counts[1] || 0 : "";
    return [make("td", { lang: "zh-CN" }, node.region || ""), make("td", { class: "number" }, String(counted ? load.tasks : number)), ...atlas.CLASSES.map((role) => make("td", { class: "number" }, counted && load.roles[role] ? String(load.roles[role]) : ""))];
  }

  function relate(center, node, filter) {
    const edges = atlas.near.get(center.id).filter((edge) => (edge.from === node.id || edge.to === node.id) && filter.edge(edge));
    const words = edges.map((edge) => (edge.role ? say("role." + edge.role) : atlas.groupOf(center, edge, node)[2])).filter((word, index, all) => all.indexOf(word) === index);
    const homes = edges.map((edge) => atlas.nodes.get(edge.document).label).filter((word, index, all) => all.indexOf(word) === index);
    const step = node.id === center.id ? "" : words.join("、") || say("group.step2");
    return [make("td", {}, step), make("td", { lang: "zh-CN" }, homes.join("；"))];
  }

  atlas.copy = function (button) {
    const done = () => { button.textContent = say("copied"); setTimeout(() => { button.textContent = say("copy"); }, 1500); };
    const area = make("textarea", { value: location.href, class: "quiet" });
    if (navigator.clipboard && window.isSecureContext) { navigator.clipboard.writeText(location.href).then(done, () => {}); return; }
    document.body.append(area); // a file:// page is no secure context: the old way
    area.select();
    if (document.execCommand("copy")) done();
    area.remove();
  };

  // ---- mouse

  const box = $("net");
  atlas.net.on("click", (event) => {
    const id = atlas.hit(event.pointer.canvas);
    box.focus({ preventScroll: true });
    if (id !== state.node) atlas.go({ node: id });
  });
  atlas.net.on("doubleClick", (event) => { const id = atlas.hit(event.pointer.canvas); if (id) atlas.enter(id); });
  box.addEventListener("mousemove", (event) => {
    const frame = box.getBoundingClientRect(), at = { x: event.clientX - frame.left, y: event.clientY - frame.top };
    const id = event.buttons ? null : atlas.hit(atlas.net.DOMtoCanvas(at));
    const edge = id || event.buttons ? null : atlas.net.getEdgeAt(at);
    const found = edge && atlas.scene().edges.find((one) => one.id === edge);
    atlas.hover(id);
    box.style.cursor = id ? "pointer" : "";
    tip(id ? hint(id) : found ? found.title : "", at, frame);
  });
  box.addEventListener("mouseleave", () => { atlas.hover(null); tip(""); });

  function hint(id) {
    const node = atlas.nodes.get(id), load = node.kind === "department" ? atlas.countLoad(id, atlas.makeFilter(state)) : null;
    return node.label + (node.kind === "indicator" ? "：" + atlas.targetOf(node) : "") + (load ? "：" + say("panel.tasks", load.tasks) + "（" + atlas.CLASSES.filter((role) => load.roles[role]).map((role) => say("role." + role) + " " + load.roles[role]).join("，") + "）" : "");
  }

  function tip(text, at, frame) {
    const tooltip = $("tip");
    tooltip.hidden = !text;
    tooltip.textContent = text;
    if (!text) return;
    tooltip.style.left = Math.max(4, Math.min(at.x + 14, frame.width - tooltip.offsetWidth - 8)) + "px";
    tooltip.style.top = (at.y + 22 + tooltip.offsetHeight > frame.height ? at.y - tooltip.offsetHeight - 10 : at.y + 18) + "px";
  }

  // ---- keys

  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  box.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key];
    if (arrow) {
      event.preventDefault();
      const next = atlas.step(state.node || state.center, arrow[0], arrow[1]);
      if (next) { atlas.go({ node: next }, true); atlas.reveal(next); }
    } else if (event.key === "Enter" && state.node) { event.preventDefault(); atlas.enter(state.node); }
    else if (event.key === "+" || event.key === "=") atlas.zoom(1.25);
    else if (event.key === "-") atlas.zoom(0.8);
    else if (event.key === "0") atlas.fit();
  });
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/" && $("query")) { event.preventDefault(); $("query").focus(); $("query").select(); }
    else if (event.key === "t" || event.key === "T") atlas.go({ table: !state.table }, true);
    else if (event.key === "Escape") { atlas.back(); box.focus(); }
    else if ((event.key === "p" || event.key === "P") && state.node) atlas.pin(state.node);
  });

  // ---- wiring

  document.querySelectorAll("[data-view]").forEach((button) => { button.onclick = () => atlas.go({ view: button.dataset.view, center: button.dataset.view === "ego" ? state.node || state.center || atlas.busiest() : state.center, node: button.dataset.view === "ego" ? state.node || state.center || atlas.busiest() : state.node, all: false, table: false }); });
  on("depth", "change", (event) => { if (!atlas.app) atlas.go({ depth: +event.target.value }); }); // in the explorer a form does it
  on("region", "change", (event) => { if (!atlas.app) atlas.go({ region: event.target.value, doc: "" }, true); });
  on("document", "change", (event) => { if (!atlas.app) atlas.go({ doc: event.target.value, region: "" }, true); });
  on("clear", "click", () => { atlas.go(Object.assign({ hide: new Set(), off: new Set() }, atlas.app ? {} : { region: "", doc: "" }), true); box.focus(); });
  on("rest", "click", () => atlas.go({ all: !state.all }, true));
  on("table-switch", "click", () => atlas.go({ table: !state.table }, true));
  on("to-ego", "click", () => { if (state.node) atlas.enter(state.node); });
  on("home", "click", () => atlas.go({ node: null, view: state.view === "ego" ? "over" : state.view, table: false }));
  on("language", "click", () => { drawn = ""; atlas.go({ language: state.language === "zh" ? "en" : "zh" }, true); });
  on("zoom-in", "click", () => atlas.zoom(1.25));
  on("zoom-out", "click", () => atlas.zoom(0.8));
  on("zoom-fit", "click", () => atlas.fit());
  on("skip", "click", (event) => { event.preventDefault(); $("panel").focus(); });
  on("print", "click", () => window.print());
  window.addEventListener("beforeprint", () => { const canvas = box.querySelector("canvas"); if (canvas && $("picture") && !state.table) { $("picture").src = canvas.toDataURL("image/png"); $("picture").hidden = false; } document.querySelectorAll("#panel details").forEach((one) => { if (one.fill) one.fill(); one.open = true; }); document.querySelectorAll("#panel .more").forEach((button) => button.click()); });
  window.addEventListener("afterprint", () => { if ($("picture")) $("picture").hidden = true; });
  let resized = 0;
  window.addEventListener("resize", () => { clearTimeout(resized); resized = setTimeout(() => atlas.fit(), 150); });
  atlas.told = () => told;
  // what only a script can fill is shown from now on, and the table gives way to the picture
  document.querySelectorAll(".scripted").forEach((element) => element.classList.remove("scripted"));
  document.querySelectorAll(".atlas").forEach((element) => element.classList.add("drawn"));
  atlas.begin(show);
})();
