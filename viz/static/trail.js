// The way that was gone and what was pinned: two rows of links above the picture.
"use strict";
(function () {
  const MOST = 8, KEY = "zeren-trail " + (document.body.dataset.snapshot || location.pathname);
  const say = atlas.say, make = atlas.make;
  let known = new Map(), trail = [];

  const kindOf = (id) => ({ org: "department", policy: "policy" }[id.split("/")[0]] || (atlas.data.kinds[id.split("/")[0]] ? id.split("/")[0] : "task"));

  // The tab keeps it while one goes from page to page; a browser that forbids that keeps it as long as the page stands.
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) || "{}");
    known = new Map(Array.isArray(kept.known) ? kept.known : []);
    trail = (Array.isArray(kept.trail) ? kept.trail : []).filter((id) => known.has(id) && (atlas.app || atlas.nodes.has(id)));
  } catch (error) { trail = []; }
  if (atlas.app) atlas.app.pinned.forEach(([id, label]) => { if (!known.has(id)) known.set(id, { kind: kindOf(id), form: "", label, region: "" }); });
  function keep() {
    try { sessionStorage.setItem(KEY, JSON.stringify({ trail, known: [...known].filter(([id]) => trail.includes(id) || atlas.state().pins.has(id)) })); } catch (error) { known.delete(""); }
  }

  function look(id) {
    const node = atlas.nodes.get(id);
    if (node) known.set(id, { kind: node.kind, form: node.form || "", label: node.label || say("region.none"), region: node.region || "" });
    return known.get(id) || { kind: kindOf(id), form: "", label: id, region: "" };
  }

  // The visited node comes last; one that was visited before moves there.
  atlas.remember = function (state) {
    const id = state.node || (state.view === "ego" ? state.center : null);
    if (id) { look(id); trail = trail.filter((one) => one !== id).concat(id).slice(-MOST); }
    keep();
    paint(state);
  };

  function step(id, extra) {
    const { kind, form, label, region } = look(id), inside = kind === "region" && atlas.nodes.get(id);
    const href = atlas.address(inside ? atlas.within(inside) : { view: "ego", center: id, node: id });
    return make("li", {}, make("a", { href, lang: "zh-CN", title: region && !label.startsWith(region) ? label + "（" + region + "）" : label }, atlas.icon(kind, form), atlas.clip(label, 170, 14)), extra);
  }

  function paint(state) {
    const way = document.getElementById("trail"), pins = document.getElementById("pins");
    const past = trail.filter((id) => id !== state.node).slice(-Math.max(2, Math.floor(window.innerWidth / 260)));
    way.hidden = !past.length;
    atlas.clear(way).append(make("h2", {}, say("trail")), make("ol", {}, ...past.map((id) => step(id))));
    pins.hidden = !state.pins.size;
    atlas.clear(pins).append(make("h2", {}, say("pins")), make("ul", {}, ...[...state.pins].map((id) => {
      const off = make("button", { type: "button", class: "off", "aria-label": say("unpin") + " " + look(id).label }, "×");
      off.onclick = () => atlas.pin(id);
      return step(id, off);
    })));
  }

  atlas.pin = function (id) {
    const pins = new Set(atlas.state().pins);
    if (pins.has(id)) pins.delete(id); else pins.add(id);
    look(id);
    atlas.go({ pins }, true);
  };
})();
