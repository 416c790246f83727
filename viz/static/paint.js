// Draws a scene: vis-network pans, zooms and draws the lines; nodes, panels and headings are painted here, and hit here.
"use strict";
(function () {
  const ROLE_LOOK = {
    lead: { color: "#0B4F8A", dashes: false }, responsible: { color: "#5E7C99", dashes: false },
    support: { color: "#8A6D3B", dashes: [7, 5] }, inherited: { color: "#8C8C8C", dashes: [2, 4] },
  };
  const PLAIN = { color: "#8A94A0", dashes: false }, HOT = "#E69F00", INK = "#1B1F24";
  const SMALLEST = 0.45; // of the overview: there a department's name has 8.5 pixels
  const SMALLEST_AROUND = 0.62; // of a neighbourhood: names of 9 pixels
  const LEGIBLE = 6.5; // below that many pixels a label is only noise
  const OPTIONS = {
    physics: { enabled: false }, layout: { improvedLayout: false },
    interaction: { hover: false, dragNodes: false, selectable: true, selectConnectedEdges: false, multiselect: false, keyboard: { enabled: false }, zoomSpeed: 0.6 },
    nodes: { chosen: false }, edges: { smooth: false, chosen: false, selectionWidth: 0, arrows: { to: { enabled: false } } },
  };
  let scene = { items: [], edges: [], panels: [], headings: [], index: new Map(), touching: new Map(), bounds: [0, 0, 1, 1] };
  let lit = new Set(), selected = null, hovered = null, wasDimmed = false;
  let edgeSet = new vis.DataSet();
  const net = new vis.Network(document.getElementById("net"), { nodes: [], edges: [] }, OPTIONS);

  function show(next) {
    scene = next;
    hovered = null;
    lit = new Set();
    edgeSet = new vis.DataSet(scene.edges.map(styleEdge));
    const heavy = scene.edges.length > 600; // lines that would make the picture stutter while it moves
    net.setOptions({ interaction: { hideEdgesOnDrag: heavy, hideEdgesOnZoom: heavy } });
    // cards last: vis draws in this order, and a card lies over the lines that start at it
    const order = scene.items.slice().sort((a, b) => (a.card ? 1 : 0) - (b.card ? 1 : 0));
    const spots = order.concat(scene.ports || []).map((item) => ({ id: item.id, x: item.x, y: item.y, shape: "custom", ctxRenderer: paintNode }));
    net.setData({ nodes: new vis.DataSet(spots), edges: edgeSet });
    fit();
  }

  function styleEdge(edge) {
    const on = lit.has(edge.id), quiet = Boolean(edge.quiet) && !on; // vis takes a missing value for hidden
    const look = ROLE_LOOK[edge.role] || PLAIN;
    const dim = chosen() && !on && !edge.quiet;
    return {
      id: edge.id, from: edge.ends ? edge.ends[0] : edge.from, to: edge.ends ? edge.ends[1] : edge.to, hidden: quiet, width: on && !edge.quiet ? edge.width + 1 : edge.width, dashes: look.dashes,
      color: { color: on ? "#C25700" : look.color, opacity: on ? (edge.quiet ? 0.6 : 0.95) : dim ? 0.12 : edge.faint ? 0.16 : 0.45, inherit: false },
      smooth: edge.smooth ? { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.55 } : { enabled: false },
    };
  }

  // What is selected and stands out; the middle of a neighbourhood does so anyway.
  const chosen = () => (selected && selected !== scene.center && scene.index.has(selected) ? selected : null);

  function light() {
    const wanted = new Set();
    for (const id of [chosen(), hovered]) if (id && scene.touching.has(id)) scene.touching.get(id).forEach((edge) => wanted.add(edge.id));
    const dimmed = Boolean(chosen());
    const changed = scene.edges.filter((edge) => wanted.has(edge.id) !== lit.has(edge.id) || (!edge.quiet && dimmed !== wasDimmed));
    wasDimmed = dimmed;
    lit = wanted;
    if (changed.length) edgeSet.update(changed.map(styleEdge));
    net.redraw();
  }

  function select(id) { selected = id; light(); }
  function hover(id) { if (id !== hovered) { hovered = id; light(); } }

  const isPinned = (item) => Boolean(atlas.state && atlas.state().pins.has(item.id));

  function isNear(item) {
    const middle = chosen();
    return !middle || item.id === middle || scene.touching.get(item.id).some((edge) => edge.from === middle || edge.to === middle);
  }

  // ---- shapes

  function shape(ctx, kind, form, x, y, r) {
    const color = atlas.data.kinds[kind].color;
    ctx.beginPath();
    if (kind === "department") ctx.arc(x, y, r, 0, 7);
    else if (kind === "task") ctx.rect(x - r * 0.8, y - r * 0.8, r * 1.6, r * 1.6);
    else if (kind === "document") ctx.rect(x - r * 0.8, y - r, r * 1.6, r * 2);
    else if (kind === "region") ctx.rect(x - r, y - r * 0.65, r * 2, r * 1.3);
    else trace(ctx, { indicator: [[0, -1.1], [1.1, 0], [0, 1.1], [-1.1, 0]], policy: [[0, -1], [1.05, 0.85], [-1.05, 0.85]], section: [[-0.55, -0.95], [0.55, -0.95], [1.1, 0], [0.55, 0.95], [-0.55, 0.95], [-1.1, 0]] }[kind], x, y, r);
    const hollow = ["generic", "measure", "unmatched", "other"].includes(form);
    ctx.fillStyle = hollow ? "#fff" : color;
    ctx.fill();
    ctx.lineWidth = hollow ? 2.4 : 1;
    ctx.strokeStyle = hollow ? color : "rgba(0,0,0,.55)";
    if (form === "unmatched") ctx.setLineDash([3, 2]);
    ctx.stroke();
    ctx.setLineDash([]);
    if (form === "collaboration") { ctx.beginPath(); ctx.arc(x, y, r + 2.5, 0, 7); ctx.strokeStyle = color; ctx.lineWidth = 1.6; ctx.stroke(); }
  }

  function trace(ctx, points, x, y, r) {
    points.forEach(([dx, dy], index) => (index ? ctx.lineTo(x + dx * r, y + dy * r) : ctx.moveTo(x + dx * r, y + dy * r)));
    ctx.closePath();
  }

  function roundRect(ctx, x, y, width, height, r) {
    ctx.beginPath();
    ctx.moveTo(x + r, y);
    ctx.arcTo(x + width, y, x + width, y + height, r);
    ctx.arcTo(x + width, y + height, x, y + height, r);
    ctx.arcTo(x, y + height, x, y, r);
    ctx.arcTo(x, y, x + width, y, r);
    ctx.closePath();
  }

  function paintNode({ ctx, id }) {
    const item = scene.index.get(id);
    if (!item) return { drawNode() {}, nodeDimensions: { width: 10, height: 10 } };
    const size = item.card ? { width: item.box[2] - item.box[0], height: item.box[3] - item.box[1] } : { width: item.radius * 2, height: item.radius * 2 };
    return { drawNode() { (item.card ? paintCard : paintLabelled)(ctx, item); }, nodeDimensions: size };
  }

  function paintCard(ctx, item) {
    const [left, top, right, bottom] = item.box, dark = ["document", "department", "indicator", "section", "region"].includes(item.kind);
    roundRect(ctx, left, top, right - left, bottom - top, 6);
    ctx.fillStyle = "#fff"; // a faded card still hides the lines behind it
    ctx.fill();
    ctx.globalAlpha = isNear(item) ? 1 : 0.35;
    ctx.fillStyle = { department: "#B84E00", indicator: "#00704F" }[item.kind] || atlas.data.kinds[item.kind].color; // darker, for white letters
    ctx.fill();
    ctx.lineWidth = item.id === selected ? 4 : item.id === hovered ? 3 : 1;
    ctx.strokeStyle = item.id === selected || item.id === hovered ? HOT : "rgba(0,0,0,.5)";
    ctx.stroke();
    ctx.fillStyle = dark ? "#fff" : "#111";
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    if (isPinned(item)) { roundRect(ctx, left - 4, top - 4, right - left + 8, bottom - top + 8, 9); ctx.strokeStyle = INK; ctx.lineWidth = 2; ctx.stroke(); ctx.fillStyle = dark ? "#fff" : "#111"; }
    const [title, line, badge, below] = item.letters;
    ctx.font = "bold " + title + "px " + atlas.SANS;
    item.card.forEach((text, index) => ctx.fillText(text, item.x, top + 8 + line * (index + 0.5)));
    if (item.badge) { ctx.font = badge + "px " + atlas.SANS; ctx.fillText(item.badge, item.x, bottom - 6 - below / 2); }
    ctx.globalAlpha = 1;
  }

  function paintLabelled(ctx, item) {
    const hot = item.id === selected || item.id === hovered, side = item.side < 0 ? -1 : 1, legible = item.size * net.getScale() >= LEGIBLE;
    const faded = isNear(item) || hot ? 1 : 0.35;
    ctx.textBaseline = "middle";
    if (!legible && item.kind === "section") paintTitle(ctx, item);
    if (legible || (hot && item.text)) {
      const name = item.text ? atlas.measure(item.text, item.size, item.bold) : 0;
      const badge = item.badge ? atlas.measure(item.badge, 13, true) : 0;
      const start = item.x + side * (item.radius + 6);
      if (item.text) { // a plate, so that lines pass behind the words and not through them
        ctx.fillStyle = hot ? "#FFF3D6" : scene.panels.length ? "rgba(246,248,250,.9)" : "rgba(255,255,255,.9)";
        roundRect(ctx, side < 0 ? item.box[0] : item.x + item.radius + 1, item.y - 13, Math.abs((side < 0 ? item.box[0] : item.box[2]) - item.x) - item.radius - 1, 26, 4);
        ctx.fill();
      }
      ctx.globalAlpha = faded;
      ctx.textAlign = side < 0 ? "right" : "left";
      ctx.fillStyle = INK;
      ctx.font = (item.bold ? "bold " : "") + item.size + "px " + atlas.SANS;
      ctx.fillText(item.text, start, item.y + 1);
      ctx.fillStyle = "#5A626B";
      ctx.font = "bold 13px " + atlas.SANS;
      if (badge) ctx.fillText(item.badge, start + side * (name + 8), item.y + 1);
    }
    ctx.globalAlpha = 1;
    if (faded < 1) { ctx.beginPath(); ctx.arc(item.x, item.y, item.radius, 0, 7); ctx.fillStyle = "#fff"; ctx.fill(); }
    ctx.globalAlpha = faded;
    shape(ctx, item.kind, item.node.form, item.x, item.y, item.radius);
    if (item.count) {
      ctx.fillStyle = item.node.form === "generic" || item.node.form === "unmatched" ? INK : "#fff";
      ctx.font = "bold 14px " + atlas.SANS;
      ctx.textAlign = "center";
      ctx.fillText(item.count, item.x, item.y + 0.5);
    }
    if (hot) { ctx.beginPath(); ctx.arc(item.x, item.y, item.radius + 4, 0, 7); ctx.strokeStyle = HOT; ctx.lineWidth = 3; ctx.stroke(); }
    if (isPinned(item)) { ctx.beginPath(); ctx.arc(item.x, item.y, item.radius + 7, 0, 7); ctx.strokeStyle = INK; ctx.lineWidth = 2; ctx.stroke(); }
    ctx.globalAlpha = 1;
  }

  // On a map seen from afar a section's name stands for the rows below it, whose own names would only be noise.
  function paintTitle(ctx, item) {
    const size = Math.min(44, Math.round(11 / net.getScale()));
    ctx.textAlign = "left";
    ctx.fillStyle = "#3A434D";
    ctx.font = size + "px " + atlas.SANS;
    ctx.fillText(atlas.clip(item.node.label, 285, size), item.x + item.radius + 4, item.y);
  }

  net.on("beforeDrawing", (ctx) => {
    const scale = net.getScale();
    for (const panel of scene.panels) {
      roundRect(ctx, panel.x, panel.y, panel.width, panel.height, 10);
      ctx.fillStyle = "#F6F8FA";
      ctx.fill();
      ctx.lineWidth = 1;
      ctx.strokeStyle = "#DDE2E8";
      ctx.stroke();
      const big = panel.note ? 22 : Math.max(20, Math.min(90, 15 / scale));
      ctx.textBaseline = panel.note ? "middle" : "bottom";
      ctx.textAlign = "left";
      ctx.fillStyle = "#2B3440";
      ctx.font = "bold " + big + "px " + atlas.SANS;
      const title = panel.note ? panel.title : atlas.clip(panel.title, panel.width, Math.round(big));
      ctx.fillText(title, panel.x + (panel.note ? 16 : 0), panel.note ? panel.y + 25 : panel.y - 6);
      if (panel.note) {
        ctx.fillStyle = panel.total ? "#5A626B" : "#9B1C1C";
        ctx.font = "16px " + atlas.SANS;
        ctx.fillText(panel.note, panel.x + 28 + atlas.measure(panel.title, 22, true), panel.y + 26);
      }
    }
    ctx.textBaseline = "middle";
    for (const caption of scene.captions || []) {
      const size = Math.max(15, Math.min(44, Math.round(11 / scale)));
      ctx.textAlign = "left";
      ctx.font = "bold " + size + "px " + atlas.SANS;
      ctx.fillStyle = "#3A434D";
      ctx.fillText(atlas.say(caption[0]), caption[1], caption[2]);
    }
    for (const heading of scene.headings) {
      ctx.textAlign = heading.side < 0 ? "right" : "left";
      ctx.font = "bold 14px " + atlas.SANS;
      ctx.fillStyle = "#46505B";
      ctx.fillText(heading.text, heading.x, heading.y);
    }
  });

  // ---- where things are

  // All in view; but rather too large for a small screen than too small to read.
  function fit(boxes) {
    const smallest = boxes ? 0 : scene.overview ? SMALLEST : scene.center ? SMALLEST_AROUND : 0;
    const box = document.getElementById("net");
    const [left, top, right, bottom] = boxes ? [Math.min(...boxes.map((b) => b[0])), Math.min(...boxes.map((b) => b[1])), Math.max(...boxes.map((b) => b[2])), Math.max(...boxes.map((b) => b[3]))] : scene.bounds;
    const room = [Math.max(50, box.clientWidth - 40), Math.max(50, box.clientHeight - 76)]; // the status line and the zoom buttons stand below
    const scale = Math.min(1.2, room[0] / Math.max(1, right - left), room[1] / Math.max(1, bottom - top));
    if (scale < smallest && scene.center) { // the middle in the middle, the ends of long columns out of sight
      net.moveTo({ position: { x: right - left < room[0] / smallest ? (left + right) / 2 : 0, y: bottom - top < room[1] / smallest ? (top + bottom) / 2 : 0 }, scale: smallest, animation: false });
      return;
    }
    if (scale < smallest) {
      const start = { x: left + (room[0] / 2 + 4) / smallest, y: top + (box.clientHeight / 2 - 10) / smallest };
      net.moveTo({ position: { x: right - left < room[0] / smallest ? (left + right) / 2 : start.x, y: bottom - top < room[1] / smallest ? (top + bottom) / 2 : start.y }, scale: smallest, animation: false });
      return;
    }
    net.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 + 14 / scale }, scale, animation: false });
  }

  function hit(point) {
    const inside = (item) => point.x >= item.box[0] && point.x <= item.box[2] && point.y >= item.box[1] && point.y <= item.box[3];
    const found = scene.items.filter(inside);
    if (found.length < 2) return found.length ? found[0].id : null;
    const away = (item) => Math.hypot(item.x - point.x, item.y - point.y);
    return found.sort((a, b) => (b.card ? 1 : 0) - (a.card ? 1 : 0) || away(a) - away(b))[0].id;
  }

  // The next node in a direction: the nearest one ahead, neighbours in the graph preferred.
  function step(id, dx, dy) {
    const from = scene.index.get(id);
    if (!from) return scene.items.length ? scene.items[0].id : null;
    const linked = new Set(scene.touching.get(id).map((edge) => (edge.from === id ? edge.to : edge.from)));
    let best = null, least = Infinity;
    for (const item of scene.items) {
      const ahead = (item.x - from.x) * dx + (item.y - from.y) * dy, aside = Math.abs((item.x - from.x) * dy) + Math.abs((item.y - from.y) * dx);
      if (item.id === id || ahead <= 0.5) continue;
      const cost = (ahead + 2 * aside) * (linked.has(item.id) ? 0.5 : 1);
      if (cost < least) { least = cost; best = item.id; }
    }
    return best;
  }

  function reveal(id, around) {
    const item = scene.index.get(id);
    if (!item) return;
    if (around) { fit([item.box, ...scene.touching.get(id).map((edge) => scene.index.get(edge.from === id ? edge.to : edge.from).box)]); return; }
    const box = document.getElementById("net"), at = net.canvasToDOM({ x: item.x, y: item.y });
    const calm = !window.matchMedia || window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const away = at.x < 60 || at.y < 60 || at.x > box.clientWidth - 60 || at.y > box.clientHeight - 60;
    if (away) net.moveTo({ position: { x: item.x, y: item.y }, animation: calm ? false : { duration: 200, easingFunction: "easeInOutQuad" } });
  }

  function zoom(factor) { net.moveTo({ scale: Math.max(0.05, Math.min(4, net.getScale() * factor)), animation: false }); }

  // A small picture of a kind or a role, for the legend and lists.
  function icon(kind, form) {
    const canvas = document.createElement("canvas"), ratio = 2;
    canvas.width = canvas.height = 18 * ratio;
    canvas.className = "icon";
    canvas.setAttribute("aria-hidden", "true");
    const ctx = canvas.getContext("2d");
    ctx.scale(ratio, ratio);
    shape(ctx, kind, form, 9, 9, 6.5);
    return canvas;
  }

  function stroke(role) {
    const canvas = document.createElement("canvas");
    canvas.width = 52; canvas.height = 24;
    canvas.className = "stroke";
    canvas.setAttribute("aria-hidden", "true");
    const ctx = canvas.getContext("2d");
    ctx.scale(2, 2);
    ctx.strokeStyle = ROLE_LOOK[role].color;
    ctx.lineWidth = role === "lead" ? 3.4 : 2;
    if (ROLE_LOOK[role].dashes) ctx.setLineDash(ROLE_LOOK[role].dashes);
    ctx.beginPath(); ctx.moveTo(1, 6); ctx.lineTo(25, 6); ctx.stroke();
    return canvas;
  }

  Object.assign(atlas, { net, show, select, hover, hit, step, reveal, zoom, fit: () => fit(), icon, stroke, scene: () => scene, edgeSet: () => edgeSet });
})();
