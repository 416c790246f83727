// The page at work: the address after # is its whole state; every click, key and filter changes that address.
"use strict";
(function () {
  const $ = (id) => document.getElementById(id);
  const say = zeren.say, make = zeren.make, clear = zeren.clear;
  const START = { view: "over", node: null, center: null, depth: 1, hide: new Set(), off: new Set(), region: "", doc: "", all: false, table: false, language: "zh" };
  let state = Object.assign({}, START), drawn = "", steps = 0, told = "";

  // ---- address

  function encode(next) {
    const parts = [];
    const add = (key, value) => { if (value) parts.push(key + "=" + encodeURIComponent(value).replace(/%2F/g, "/").replace(/%2C/g, ",")); };
    add("v", next.view);
    if (next.view === "ego") { add("c", next.center); if (next.depth !== 1) add("d", String(next.depth)); }
    if (next.node && !(next.view === "ego" && next.node === next.center)) add("n", next.node);
    add("hide", [...next.hide].sort().join(","));
    add("off", [...next.off].sort().join(","));
    add("region", next.region);
    add("doc", next.doc);
    add("all", next.all ? "1" : "");
    add("t", next.table ? "1" : "");
    add("lang", next.language === "zh" ? "" : next.language);
    return "#" + parts.join("&");
  }

  function decode(hash) {
    const fields = new Map();
    hash.replace(/^#/, "").split("&").forEach((part) => { const cut = part.indexOf("="); if (cut > 0) try { fields.set(part.slice(0, cut), decodeURIComponent(part.slice(cut + 1))); } catch (error) { /* a broken % sequence: as if it were not there */ } });
    const known = (id) => (zeren.nodes.has(id) ? id : null);
    const listed = (key, allowed) => new Set((fields.get(key) || "").split(",").filter((word) => allowed.includes(word)));
    const next = Object.assign({}, START, { hide: listed("hide", zeren.KINDS), off: listed("off", zeren.CLASSES), all: fields.get("all") === "1", table: fields.get("t") === "1", language: fields.get("lang") === "en" ? "en" : "zh" });
    if (["over", "ego", "all"].includes(fields.get("v"))) next.view = fields.get("v");
    next.center = known(fields.get("c") || fields.get("n"));
    next.node = known(fields.get("n")) || (next.view === "ego" ? next.center : null);
    next.depth = fields.get("d") === "2" ? 2 : 1;
    next.region = fields.get("region") === "-" || zeren.regions.includes(fields.get("region")) ? fields.get("region") : "";
    next.doc = zeren.documents.some((node) => node.id === fields.get("doc")) ? fields.get("doc") : "";
    const asked = [fields.get("c"), fields.get("n"), fields.get("doc")].filter((id) => id && !zeren.nodes.has(id));
    if (next.view === "ego" && !next.center) next.view = "over";
    return [next, asked[0] || ""];
  }

  const merge = (change) => { const next = Object.assign({}, state, change); if (next.view === "ego" && !next.center) next.center = next.node || busiest(); return next; };
  zeren.address = (change) => encode(merge(Object.assign({ table: false, all: change.view && change.view !== state.view ? false : state.all }, change)));

  zeren.go = function (change, quietly) {
    const hash = encode(merge(change));
    if (hash === location.hash) { read(); return; }
    if (quietly) { history.replaceState(null, "", hash); read(); } else { steps++; location.hash = hash; }
  };

  // Into a thing: a region's own picture, the neighbourhood of anything else.
  zeren.within = (node) => ({ view: "over", region: node.region || "-", doc: "", center: null, node: null });
  zeren.enter = (id) => { const node = zeren.nodes.get(id); zeren.go(Object.assign({ all: false, table: false }, node.kind === "region" ? zeren.within(node) : { view: "ego", center: id, node: id })); };

  function busiest() {
    const filter = zeren.makeFilter(START);
    const ranked = zeren.data.nodes.filter((node) => node.kind === "department" && node.form === "organization").map((node) => [zeren.countLoad(node.id, filter).tasks, node.id]).sort((a, b) => b[0] - a[0]);
    return ranked.length ? ranked[0][1] : zeren.data.nodes.length ? zeren.data.nodes[0].id : null;
  }

  function read() {
    const [next, missing] = decode(location.hash);
    const picture = (one) => encode(Object.assign({}, one, { node: null })) + one.center;
    const fresh = picture(next) !== drawn, relabel = next.language !== state.language || !drawn;
    state = next;
    zeren.language = state.language;
    if (relabel) label();
    if (fresh) { zeren.show(zeren.buildScene(state)); drawn = picture(state); }
    zeren.select(state.node);
    if (state.view === "all" && state.node && fresh) zeren.reveal(state.node, true);
    if (state.node) zeren.describe(state.node, state); else zeren.help();
    if (missing) told = missing;
    paintControls();
    notice(missing);
  }

  // ---- controls

  function label() {
    document.documentElement.lang = state.language === "zh" ? "zh-CN" : "en";
    document.title = say("title");
    document.querySelectorAll("[data-word]").forEach((element) => { element.textContent = say(element.dataset.word); });
    document.querySelectorAll("[data-name]").forEach((element) => element.setAttribute("aria-label", say(element.dataset.name)));
    $("query").placeholder = say("search");
    $("language").lang = state.language === "zh" ? "en" : "zh-CN";
    const legend = clear($("legend")), roles = clear($("roles"));
    zeren.KINDS.forEach((kind) => legend.append(chip("hide", kind, zeren.icon(kind), say("kind." + kind))));
    zeren.CLASSES.forEach((role) => roles.append(chip("off", role, zeren.stroke(role), say("role." + role))));
    fill($("region"), zeren.regions.map((name) => [name, name]));
    fill($("document"), zeren.documents.map((node) => [node.id, node.label]));
  }

  function chip(field, name, picture, text) {
    const button = make("button", { type: "button", class: "chip" }, picture, text);
    button.setAttribute("data-" + field, name);
    button.onclick = () => { const set = new Set(state[field]); if (set.has(name)) set.delete(name); else set.add(name); zeren.go({ [field]: set }, true); };
    return button;
  }

  function fill(select, options) {
    clear(select).append(make("option", { value: "" }, say("everything")), ...options.map(([value, text]) => make("option", { value, lang: "zh-CN" }, text)));
  }

  function paintControls() {
    const scene = zeren.scene();
    document.querySelectorAll("[data-view]").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.view === state.view)));
    document.querySelectorAll("[data-hide]").forEach((button) => {
      button.setAttribute("aria-pressed", String(!state.hide.has(button.dataset.hide)));
      button.disabled = state.view === "over" && !(scene.tiles ? ["region"] : ["document", "department"]).includes(button.dataset.hide);
    });
    document.querySelectorAll("[data-off]").forEach((button) => button.setAttribute("aria-pressed", String(!state.off.has(button.dataset.off))));
    $("region").value = state.region;
    $("document").value = state.doc;
    $("depth").value = String(state.depth);
    $("depth").disabled = state.view !== "ego";
    $("clear").hidden = !(state.region || state.doc || state.hide.size || state.off.size);
    $("table-switch").setAttribute("aria-pressed", String(state.table));
    $("table").hidden = !state.table;
    $("net").classList.toggle("away", state.table);
    if (state.table) fillTable(); else clear($("table"));
    $("status").textContent = describeScene(scene);
    const rest = $("rest"), over = state.view === "over";
    rest.hidden = !(scene.cut || state.all) || state.view === "all";
    rest.textContent = state.all ? say("rest.hide") : over ? say("rest.show", scene.total) : say("rest.ego", scene.total);
    $("empty").hidden = scene.items.length > 0 || Boolean(scene.refused);
    $("empty").textContent = say(zeren.documents.length ? "empty" : "empty.data");
    const node = state.node && zeren.nodes.get(state.node);
    $("spoken").textContent = node ? say("kind." + node.kind) + " " + node.label : "";
  }

  function describeScene(scene) {
    const forms = scene.forms || {}, rest = Object.keys(forms).filter((form) => forms[form]);
    if (scene.tiles) return say("status.tiles", scene.items.length, scene.documents, zeren.countForms("department")[0][2]);
    if (scene.refused) return "";
    if (state.view === "over") return say("status.over", scene.documents || 0, rest.reduce((sum, form) => sum - forms[form], scene.total)) + rest.map((form) => " · " + say("form." + form) + " " + forms[form]).join("") + (scene.shown < scene.total ? " · " + say("shown", scene.shown, scene.total) : "");
    return say("status.nodes", scene.items.length, scene.edges.length) + (scene.shown < scene.total ? " · " + say("shown", scene.shown, scene.total) + "，" + say("status.rest") : "") + (scene.many ? " · " + say("many") : "");
  }

  function notice(missing) {
    const scene = zeren.scene();
    const text = missing ? say("unknown", missing.slice(0, 80)) : scene.refused ? (zeren.data.survey ? say("survey.refused", zeren.data.things) : say("toomany")) : state.node && !scene.index.has(state.node) && state.view !== "over" ? say("hidden") : "";
    $("notice").hidden = !text;
    $("notice").textContent = text;
  }

  // The picture's contents as a table, with what the picture had to leave out.
  function fillTable() {
    const filter = zeren.makeFilter(state), scene = zeren.scene();
    const ids = scene.tiles ? scene.items.map((item) => item.id) : state.view === "over" ? zeren.data.nodes.filter((node) => ["document", "department"].includes(node.kind) && filter.node(node.id)).map((node) => node.id) : state.view === "ego" ? [...zeren.walk(state.center, state.depth, filter).keys()] : scene.items.map((item) => item.id);
    const loads = new Map(ids.map((id) => [id, zeren.countLoad(id, filter)]));
    const tasks = zeren.countTasks();
    const rows = ids.map((id) => zeren.nodes.get(id)).sort((a, b) => zeren.KINDS.indexOf(a.kind) - zeren.KINDS.indexOf(b.kind) || loads.get(b.id).tasks - loads.get(a.id).tasks || zeren.order.get(a.id) - zeren.order.get(b.id));
    const head = ["table.kind", "table.name", "table.place", "table.tasks"].map((key) => make("th", { scope: "col" }, say(key))).concat(zeren.CLASSES.map((role) => make("th", { scope: "col" }, say("role." + role))));
    const body = make("tbody");
    rows.forEach((node) => {
      const load = loads.get(node.id), counted = node.kind === "department";
      body.append(make("tr", {}, make("td", {}, zeren.icon(node.kind, node.form), say("kind." + node.kind)), make("th", { scope: "row" }, make("a", { href: zeren.address(node.kind === "region" ? zeren.within(node) : { view: "ego", center: node.id, node: node.id }), lang: "zh-CN" }, node.label || say("region.none"))), make("td", { lang: "zh-CN" }, node.region || ""),
        make("td", { class: "number" }, counted ? String(load.tasks) : node.kind === "document" ? String(tasks.get(node.id) || 0) : node.kind === "region" ? String(node.counts[1] || 0) : ""), ...zeren.CLASSES.map((role) => make("td", { class: "number" }, counted && load.roles[role] ? String(load.roles[role]) : ""))));
    });
    clear($("table")).append(make("table", {}, make("caption", {}, say("table.caption") + "（" + rows.length + "）"), make("thead", {}, make("tr", {}, ...head)), body));
  }

  zeren.copy = function (button) {
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
  zeren.net.on("click", (event) => {
    const id = zeren.hit(event.pointer.canvas);
    box.focus({ preventScroll: true });
    if (id !== state.node) zeren.go({ node: id });
  });
  zeren.net.on("doubleClick", (event) => { const id = zeren.hit(event.pointer.canvas); if (id) zeren.enter(id); });
  box.addEventListener("mousemove", (event) => {
    const frame = box.getBoundingClientRect(), at = { x: event.clientX - frame.left, y: event.clientY - frame.top };
    const id = event.buttons ? null : zeren.hit(zeren.net.DOMtoCanvas(at));
    const edge = id || event.buttons ? null : zeren.net.getEdgeAt(at);
    const found = edge && zeren.scene().edges.find((one) => one.id === edge);
    zeren.hover(id);
    box.style.cursor = id ? "pointer" : "";
    tip(id ? hint(id) : found ? found.title : "", at, frame);
  });
  box.addEventListener("mouseleave", () => { zeren.hover(null); tip(""); });

  function hint(id) {
    const node = zeren.nodes.get(id), load = node.kind === "department" ? zeren.countLoad(id, zeren.makeFilter(state)) : null;
    return node.label + (node.kind === "indicator" ? "：" + zeren.targetOf(node) : "") + (load ? "：" + say("panel.tasks", load.tasks) + "（" + zeren.CLASSES.filter((role) => load.roles[role]).map((role) => say("role." + role) + " " + load.roles[role]).join("，") + "）" : "");
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
      const next = zeren.step(state.node || state.center, arrow[0], arrow[1]);
      if (next) { zeren.go({ node: next }, true); zeren.reveal(next); }
    } else if (event.key === "Enter" && state.node) { event.preventDefault(); zeren.enter(state.node); }
    else if (event.key === "+" || event.key === "=") zeren.zoom(1.25);
    else if (event.key === "-") zeren.zoom(0.8);
    else if (event.key === "0") zeren.fit();
  });
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") { event.preventDefault(); $("query").focus(); $("query").select(); }
    else if (event.key === "t" || event.key === "T") zeren.go({ table: !state.table }, true);
    else if (event.key === "Escape") back();
  });

  function back() {
    if (state.table) zeren.go({ table: false }, true);
    else if (state.view !== "over" && steps > 0) { steps--; history.back(); }
    else if (state.view !== "over") zeren.go({ view: "over" });
    else if (state.node) zeren.go({ node: null });
    else if (zeren.data.survey && (state.region || state.doc)) zeren.go({ region: "", doc: "" });
    box.focus();
  }

  // ---- wiring

  document.querySelectorAll("[data-view]").forEach((button) => { button.onclick = () => zeren.go({ view: button.dataset.view, center: button.dataset.view === "ego" ? state.node || state.center || busiest() : state.center, node: button.dataset.view === "ego" ? state.node || state.center || busiest() : state.node, all: false, table: false }); });
  $("depth").onchange = (event) => zeren.go({ depth: +event.target.value });
  $("region").onchange = (event) => zeren.go({ region: event.target.value, doc: "" }, true);
  $("document").onchange = (event) => zeren.go({ doc: event.target.value, region: "" }, true);
  $("clear").onclick = () => { zeren.go({ hide: new Set(), off: new Set(), region: "", doc: "" }, true); $("region").focus(); };
  $("rest").onclick = () => zeren.go({ all: !state.all }, true);
  $("table-switch").onclick = () => zeren.go({ table: !state.table }, true);
  $("home").onclick = () => zeren.go({ node: null, view: state.view === "ego" ? "over" : state.view, table: false });
  $("language").onclick = () => { drawn = ""; zeren.go({ language: state.language === "zh" ? "en" : "zh" }, true); };
  $("zoom-in").onclick = () => zeren.zoom(1.25);
  $("zoom-out").onclick = () => zeren.zoom(0.8);
  $("zoom-fit").onclick = () => zeren.fit();
  $("skip").onclick = (event) => { event.preventDefault(); $("panel").focus(); };
  $("print").onclick = () => window.print();
  window.addEventListener("beforeprint", () => { const canvas = box.querySelector("canvas"); if (canvas && !state.table) { $("picture").src = canvas.toDataURL("image/png"); $("picture").hidden = false; } document.querySelectorAll("#panel details").forEach((one) => { one.open = true; }); document.querySelectorAll("#panel .more").forEach((button) => button.click()); });
  window.addEventListener("afterprint", () => { $("picture").hidden = true; });
  window.addEventListener("hashchange", read);
  let resized = 0;
  window.addEventListener("resize", () => { clearTimeout(resized); resized = setTimeout(() => zeren.fit(), 150); });
  zeren.state = () => state;
  zeren.told = () => told;
  read();
})();
