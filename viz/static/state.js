// The state of the page is its address: in a file all that stands behind #, in the explorer path and query string.
"use strict";
(function () {
  const app = atlas.data.app || null;
  const START = { view: "over", node: null, center: null, depth: 1, hide: new Set(), off: new Set(), pins: new Set(), region: "", doc: "", all: false, table: false, language: document.documentElement.lang === "en" ? "en" : "zh" };
  const NAMES = app ? { view: "view", center: "center", depth: "hops", doc: "document" } : { view: "v", center: "c", depth: "d", doc: "doc" };
  const VIEWS = app ? { over: "overview", ego: "ego" } : { over: "over", ego: "ego", all: "all" };
  const OF_SERVER = ["view", "center", "depth", "region", "doc", "language"]; // the explorer gathers anew for these

  function encode(next) {
    const parts = [];
    const add = (key, value) => { if (value) parts.push(key + "=" + encodeURIComponent(value).replace(/%2F/g, "/").replace(/%2C/g, ",")); };
    add(NAMES.view, VIEWS[next.view]);
    if (next.view === "ego") { add(NAMES.center, next.center); if (next.depth !== 1) add(NAMES.depth, String(next.depth)); }
    if (next.node && !(next.view === "ego" && next.node === next.center)) add("n", next.node);
    add("hide", [...next.hide].sort().join(","));
    add("off", [...next.off].sort().join(","));
    add("pin", [...next.pins].join(","));
    add("region", next.region);
    add(NAMES.doc, next.doc);
    add("all", next.all ? "1" : "");
    add("t", next.table ? "1" : "");
    add("lang", next.language === (app ? "zh" : START.language) ? "" : next.language);
    return (app ? location.pathname + "?" : "#") + parts.join("&");
  }

  function fieldsOf(text) {
    const fields = new Map();
    // a broken % sequence: as if it were not there
    text.replace(/^[#?]/, "").split("&").forEach((part) => { const cut = part.indexOf("="); if (cut > 0) try { fields.set(part.slice(0, cut), decodeURIComponent(part.slice(cut + 1).replace(/\+/g, app ? " " : "+"))); } catch (error) { fields.delete(part); } });
    return fields;
  }

  function decode() {
    const fields = fieldsOf(app ? location.search : location.hash);
    const known = (id) => (atlas.nodes.has(id) ? id : null);
    const listed = (key, allowed) => new Set((fields.get(key) || "").split(",").filter((word) => allowed.includes(word)));
    const pins = new Set((fields.get("pin") || "").split(",").filter((id) => (app ? known(id) || app.pinned.some((one) => one[0] === id) : known(id))).slice(0, 12));
    const next = Object.assign({}, START, { hide: listed("hide", atlas.KINDS), off: listed("off", atlas.CLASSES), pins, all: fields.get("all") === "1", table: fields.get("t") === "1", language: ["zh", "en"].includes(fields.get("lang")) ? fields.get("lang") : START.language });
    if (app) {
      Object.assign(next, { view: app.view === "ego" ? "ego" : "over", center: app.center, depth: app.hops, region: app.region, doc: app.document, node: known(fields.get("n")) || (app.view === "ego" ? known(app.center) : null) });
      return [next, ""];
    }
    if (Object.keys(VIEWS).includes(fields.get("v"))) next.view = fields.get("v");
    next.center = known(fields.get("c") || fields.get("n"));
    next.node = known(fields.get("n")) || (next.view === "ego" ? next.center : null);
    next.depth = fields.get("d") === "2" ? 2 : 1;
    next.region = fields.get("region") === "-" || atlas.regions.includes(fields.get("region")) ? fields.get("region") : "";
    next.doc = atlas.documents.some((node) => node.id === fields.get("doc")) ? fields.get("doc") : "";
    const asked = [fields.get("c"), fields.get("n"), fields.get("doc")].filter((id) => id && !atlas.nodes.has(id));
    if (next.view === "ego" && !next.center) next.view = "over";
    return [next, asked[0] || ""];
  }

  // A folder of pages leads here as the explorer would: ?view=ego&center=org/…&hops=2
  function adopt() {
    const fields = fieldsOf(location.search), own = atlas.data.start;
    if (own && !location.hash) history.replaceState(null, "", encode(Object.assign({}, START, { view: "ego", center: own.center, depth: own.hops })));
    const center = fields.get("center");
    if (app || location.hash || !location.search) return;
    const start = Object.assign({}, START, ["zh", "en"].includes(fields.get("lang")) ? { language: fields.get("lang") } : {});
    if (fields.get("view") === "ego" && center) Object.assign(start, { view: "ego", center, depth: fields.get("hops") === "2" ? 2 : 1 });
    history.replaceState(null, "", encode(start));
  }

  function busiest() {
    const filter = atlas.makeFilter(START);
    const ranked = atlas.data.nodes.filter((node) => node.kind === "department" && node.form === "organization").map((node) => [atlas.countLoad(node.id, filter).tasks, node.id]).sort((a, b) => b[0] - a[0]);
    return ranked.length ? ranked[0][1] : atlas.data.nodes.length ? atlas.data.nodes[0].id : null;
  }

  let state = Object.assign({}, START), steps = 0, show = null;
  const merge = (change) => { const next = Object.assign({}, state, change); if (next.view === "ego" && !next.center) next.center = next.node || busiest(); return next; };
  const read = () => { const [next, missing] = decode(); const before = state; state = next; show(before, missing); };

  atlas.address = (change) => encode(merge(Object.assign({ table: false, all: change.view && change.view !== state.view ? false : state.all }, change)));
  atlas.go = function (change, quietly) {
    const next = merge(change), address = encode(next);
    if (app && OF_SERVER.some((name) => next[name] !== state[name])) { location.assign(address); return; }
    if (address === (app ? location.pathname + location.search : location.hash)) { read(); return; }
    if (quietly) { history.replaceState(null, "", address); read(); return; }
    steps++;
    if (app) { history.pushState(null, "", address); read(); } else location.hash = address;
  };
  // Into a thing: a region's own picture, the neighbourhood of anything else.
  atlas.within = (node) => ({ view: "over", region: app ? node.id.split("/")[1] : node.region || "-", doc: "", center: null, node: null });
  atlas.enter = (id) => { const node = atlas.nodes.get(id); atlas.go(Object.assign({ all: false, table: false }, node && node.kind === "region" ? atlas.within(node) : { view: "ego", center: id, node: id })); };
  atlas.back = function () {
    const up = atlas.data.survey && (state.region || state.doc);
    if (state.table) atlas.go({ table: false }, true);
    else if (state.view !== "over" && steps > 0) { steps--; history.back(); }
    else if (state.view !== "over" && app && history.length > 1 && document.referrer.startsWith(location.origin)) history.back();
    else if (state.view !== "over") atlas.go({ view: "over", center: null, node: null });
    else if (state.node) atlas.go({ node: null });
    else if (up) atlas.go({ region: "", doc: "" });
  };
  atlas.begin = function (how) { show = how; adopt(); window.addEventListener(app ? "popstate" : "hashchange", read); read(); };
  Object.assign(atlas, { app, START, busiest, state: () => state });
})();
