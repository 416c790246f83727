// The data of the page, its filters, and what each view shows: plain records with positions, drawn elsewhere.
"use strict";
(function () {
  const data = atlas.unfold(JSON.parse(document.getElementById("data").textContent));
  const KINDS = data.survey ? (data.tiles ? ["region"] : []).concat(["document", "department"]) : Object.keys(data.kinds);
  const ROLES = ["lead", "responsible", "support"];
  const CLASSES = [...ROLES, "inherited"];
  const HUBS = new Set(["department", "policy", "document"]); // a walk ends here, or it would reach everything in two steps
  const MOST = 60, MOST_DRAWN = 10000, MANY = 300;
  const FONT = 15, ROW = 30, LARGE = 19, SANS = '"Microsoft YaHei","PingFang SC","Noto Sans CJK SC","Source Han Sans SC","WenQuanYi Micro Hei",sans-serif';

  const nodes = new Map(data.nodes.map((node) => [node.id, node]));
  const order = new Map(data.nodes.map((node, index) => [node.id, index]));
  const documents = data.nodes.filter((node) => node.kind === "document");
  const regions = [...new Set(documents.map((node) => node.region || "").filter(Boolean))];
  const near = new Map(data.nodes.map((node) => [node.id, []]));
  data.edges.forEach((edge, index) => {
    edge.id = "e" + index;
    edge.role = ROLES.includes(edge.relation) ? (edge.inherited ? "inherited" : edge.relation) : null;
    near.get(edge.from).push(edge);
    near.get(edge.to).push(edge);
  });
  const homes = new Map(data.nodes.map((node) => [node.id, new Set()]));
  documents.forEach((node) => homes.get(node.id).add(node.id));
  data.edges.forEach((edge) => { homes.get(edge.from).add(edge.document); homes.get(edge.to).add(edge.document); });
  data.nodes.filter((node) => node.kind === "region").forEach((node) => documents.forEach((one) => { if ((one.region || "") === (node.region || "")) homes.get(node.id).add(one.id); }));

  // A filter says which kinds and roles are hidden and which documents count; everything below asks it.
  function makeFilter(state) {
    const open = new Set(documents.filter((node) => data.app || ((!state.region || (node.region || "-") === state.region) && (!state.doc || node.id === state.doc))).map((node) => node.id));
    const inside = (id) => { for (const home of homes.get(id)) if (open.has(home)) return true; return false; };
    return {
      node: (id) => !state.hide.has(nodes.get(id).kind) && inside(id),
      edge: (edge) => open.has(edge.document) && (edge.load ? CLASSES.some((role) => edge.load.roles[role] && !state.off.has(role)) : !(edge.role && state.off.has(edge.role))),
      // how many tasks a relation stands for: of a large graph, only numbers are here
      tasks: (edge) => (state.off.size ? Math.min(edge.load.tasks, CLASSES.reduce((sum, role) => sum + (state.off.has(role) ? 0 : edge.load.roles[role]), 0)) : edge.load.tasks),
      off: state.off,
      document: (id) => open.has(id) && !state.hide.has("document"),
      open, plain: !state.region && !state.doc && !state.hide.size && !state.off.size,
    };
  }

  // How many tasks a department has, in all and by role, as far as the filter lets through.
  function countLoad(id, filter) {
    const tasks = new Set(), roles = { lead: 0, responsible: 0, support: 0, inherited: 0 };
    let counted = 0;
    for (const edge of near.get(id)) {
      if (!edge.role || edge.to !== id || !filter.edge(edge)) continue;
      if (edge.load) { counted += filter.tasks(edge); CLASSES.forEach((role) => { if (!filter.off.has(role)) roles[role] += edge.load.roles[role]; }); } else { tasks.add(edge.from); roles[edge.role]++; }
    }
    return { tasks: counted || tasks.size, roles };
  }

  // What there is of a kind, in rows of form, word and number: 各县（市、区）政府 is no department, a safeguard no task,
  // and of the cited policies only those that something is based on are parents, also where their own text is here.
  function countForms(kind) {
    if (data.totals && kind !== "region" && kind !== "document" && kind !== "department") {
      const parents = kind === "policy" ? [["parent", "form.parent", data.totals.parent]] : [];
      return [["", "kind." + kind, data.totals[kind]], ...parents];
    }
    const some = data.nodes.filter((node) => node.kind === kind), of = (...forms) => some.filter((node) => forms.includes(node.form)).length;
    if (kind === "task") return [["", "kind.task", some.length - of("measure")]];
    if (kind === "policy") return [["", "kind.policy", some.length], ["parent", "form.parent", new Set(data.edges.filter((edge) => edge.relation === "basis").map((edge) => edge.to)).size]];
    if (kind !== "department") return [["", "kind." + kind, some.length]];
    const rest = [["generic", "form.generic", of("generic")], ["unmatched", "form.unmatched", of("unmatched")]];
    return [["", "kind.department", of("organization", "collaboration")], ...rest.filter(([, , count]) => count)];
  }

  const pen = document.createElement("canvas").getContext("2d");
  const widths = new Map();
  function measure(text, size, bold) {
    const key = (bold ? "b" : "n") + size + text;
    if (!widths.has(key)) { pen.font = (bold ? "bold " : "") + size + "px " + SANS; widths.set(key, pen.measureText(text).width); }
    return widths.get(key);
  }

  function clip(text, room, size) {
    if (measure(text, size) <= room) return text;
    const letters = Array.from(text); // whole characters: 𠮷 is two code units
    let low = 0, high = letters.length;
    while (low < high) { const middle = (low + high + 1) >> 1; if (measure(letters.slice(0, middle).join("") + "…", size) <= room) low = middle; else high = middle - 1; }
    return letters.slice(0, low).join("") + "…";
  }

  function wrap(text, room, size, most) {
    const count = Math.min(most, Math.ceil(measure(text, size) / room)), lines = [];
    const wish = Math.min(room, measure(text, size) / count + size);
    let line = "";
    for (const letter of text.match(/[A-Za-z0-9.%]+|[\s\S]/gu) || []) { // a number is never split
      if (lines.length < most - 1 && line && measure(line + letter, size) > wish && !/[）》”、，。)]/.test(letter)) { lines.push(line); line = ""; }
      line += letter;
    }
    lines.push(clip(line, room, size));
    return lines;
  }

  // ---- items: one node with its place, its look and the box that a click may hit

  function makeItem(id, x, y, side, look) {
    const node = nodes.get(id);
    const item = Object.assign({ id, node, x, y, side, kind: node.kind, radius: 7, size: FONT, text: node.label, badge: "", count: "", bold: false, card: null }, look);
    if (item.card) {
      item.letters = item.large ? [20, 28, 15, 22] : [16, 23, 13, 20]; // title, its line, badge, its line
      const width = Math.max(item.large ? 122 : 70, ...item.card.map((line) => measure(line, item.letters[0], true)), item.badge ? measure(item.badge, item.letters[2]) : 0) + (item.large ? 16 : 24);
      const height = item.card.length * item.letters[1] + (item.badge ? item.letters[3] : 0) + 16;
      item.box = [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
    } else {
      const length = (item.text ? measure(item.text, item.size, item.bold) + 8 : 0) + (item.badge ? measure(item.badge, 13, true) + 8 : 0);
      const reach = item.radius + 3 + length;
      item.box = side < 0 ? [x - reach, y - 14, x + item.radius, y + 14] : [x - item.radius, y - 14, x + reach, y + 14];
      if (item.radius > 14) { item.box[1] = y - item.radius; item.box[3] = y + item.radius; }
    }
    return item;
  }

  function makeScene(items, edges, panels, headings, extra) {
    const index = new Map(items.map((item) => [item.id, item]));
    const touching = new Map(items.map((item) => [item.id, []]));
    edges.forEach((edge) => { touching.get(edge.from).push(edge); touching.get(edge.to).push(edge); });
    const boxes = [...items.map((item) => item.box), ...panels.map((p) => [p.x, p.y, p.x + p.width, p.y + p.height]), ...headings.map((h) => h.box)];
    const bounds = boxes.length ? [Math.min(...boxes.map((b) => b[0])), Math.min(...boxes.map((b) => b[1])), Math.max(...boxes.map((b) => b[2])), Math.max(...boxes.map((b) => b[3]))] : [0, 0, 1, 1];
    return Object.assign({ items, edges, panels, headings, index, touching, bounds, shown: items.length, total: items.length }, extra);
  }

  // ---- overview: documents × departments

  function notePanel(panel, documents, tasksIn) {
    const tasks = documents.reduce((sum, id) => sum + (tasksIn.get(id) || 0), 0);
    const bodies = panel.shown < panel.total ? atlas.say("shown", panel.shown, panel.total) + " " + atlas.say("bodies")
      : panel.total ? atlas.say("panel.deps", panel.total) : tasks ? atlas.say("no.departments") : "";
    return [atlas.say("panel.docs", documents.length), atlas.say("panel.tasks", tasks), bodies].filter(Boolean).join(" · ");
  }

  function buildOverview(state, filter) {
    const plan = planOf(state);
    const pairs = new Map();
    for (const edge of data.edges) {
      if (!edge.role || !filter.edge(edge)) continue;
      const key = edge.document + "\n" + edge.to;
      if (!pairs.has(key)) pairs.set(key, { id: "p" + pairs.size, from: edge.document, to: edge.to, named: new Set(), tasks: 0, roles: { lead: 0, responsible: 0, support: 0, inherited: 0 } });
      const pair = pairs.get(key);
      if (edge.load) { pair.tasks = filter.tasks(edge); CLASSES.forEach((role) => { pair.roles[role] = state.off.has(role) ? 0 : edge.load.roles[role]; }); continue; }
      pair.tasks = pair.named.add(edge.from).size;
      pair.roles[edge.role]++;
    }
    const load = new Map(), all = makeFilter({ hide: new Set(), off: new Set() });
    const busiest = Math.max(1, ...plan.places.map(([id]) => (nodes.get(id).kind === "department" ? countLoad(id, all).tasks : 0)));
    pairs.forEach((pair) => load.set(pair.to, (load.get(pair.to) || 0) + pair.tasks));
    const tasksIn = countTasks();
    const items = [];
    for (const [id, x, y, side, lines] of plan.places) {
      const node = nodes.get(id);
      if (node.kind === "document" && filter.document(id)) items.push(makeItem(id, x, y, 0, { card: lines, badge: atlas.say("panel.tasks", tasksIn.get(id) || 0) }));
      if (node.kind === "department" && load.get(id) && !state.hide.has("department")) {
        items.push(makeItem(id, x, y, side, { text: clip(node.short || node.label, 9.1 * LARGE, LARGE), size: LARGE, count: String(load.get(id)), radius: 10 + 9 * Math.sqrt(load.get(id) / busiest) }));
      }
    }
    const there = new Set(items.map((item) => item.id));
    const edges = [...pairs.values()].filter((pair) => there.has(pair.from) && there.has(pair.to)).map((pair) => ({
      id: pair.id, from: pair.from, to: pair.to, role: CLASSES.find((role) => pair.roles[role]), width: 0.8 + 0.8 * Math.sqrt(pair.tasks), smooth: true,
      title: nodes.get(pair.to).label + "：" + atlas.say("panel.tasks", pair.tasks) + "（" + CLASSES.filter((role) => pair.roles[role]).map((role) => atlas.say("role." + role) + " " + pair.roles[role]).join("，") + "）",
    }));
    const panels = plan.panels.map((panel) => Object.assign({}, panel, { title: panel.title || atlas.say("region.none"), dim: !panel.members.some(filter.document) }))
      .filter((panel) => !panel.dim)
      .map((panel) => Object.assign(panel, { note: notePanel(panel, panel.members.filter(filter.document), tasksIn) }));
    const count = (kind) => items.filter((item) => item.kind === kind).length;
    const named = [...load.keys()].filter((id) => filter.node(id)), forms = { generic: 0, unmatched: 0 };
    named.forEach((id) => { if (nodes.get(id).form in forms) forms[nodes.get(id).form]++; });
    return makeScene(items, edges, panels, [], { many: items.length > MANY, shown: count("department"), total: named.length, forms, documents: count("document"), overview: true, cut: (data.overview || data.regions.get(regionOf(state))).panels.some((panel) => panel.shown < panel.total) });
  }

  // The picture that Python made: of everything, or of a large graph the region that was chosen.
  function planOf(state) {
    if (data.overview) return state.all ? data.everyone : data.overview;
    const name = regionOf(state);
    return (state.all && data.everyone.get(name)) || data.regions.get(name);
  }
  const regionOf = (state) => (state.doc ? nodes.get(state.doc).region || "" : state.region === "-" ? "" : state.region);

  // ---- many regions: a tile for each

  function buildTiles(state, filter) {
    const items = data.tiles.places.filter(([id]) => filter.node(id) || (data.app && !state.hide.has("region"))).map(([id, x, y]) => {
      const node = nodes.get(id), counts = node.counts || [0, 0, 0];
      return makeItem(id, x, y, 0, { card: [node.label || atlas.say("region.none")], large: true, badge: atlas.say("panel.tasks", counts[1]) });
    });
    const grounds = data.tiles.panels.map((panel, index) => {
      const members = data.groups[index][1].map((number) => data.nodes[number]);
      const sum = (field) => members.reduce((all, node) => all + (node.counts || [0, 0, 0])[field], 0);
      return Object.assign({}, panel, { title: panel.title || atlas.say("region.none"), note: atlas.say("panel.docs", sum(0)) + " · " + atlas.say("panel.tasks", sum(1)) });
    });
    return makeScene(items, [], items.length ? grounds : [], [], { overview: true, tiles: true, counts: [0, 1].map((field) => items.reduce((sum, item) => sum + (item.node.counts ? item.node.counts[field] : 0), 0)) });
  }

  function countTasks() {
    if (data.tasks) return data.tasks;
    const counts = new Map();
    data.nodes.forEach((node) => { if (node.kind === "task" && node.form !== "measure") homes.get(node.id).forEach((home) => counts.set(home, (counts.get(home) || 0) + 1)); });
    return counts;
  }

  // ---- neighbourhood: what stands around one node, in columns to both sides, each kind of relation under its heading

  // The group that a neighbour belongs to: [order, side, heading].
  function groupOf(center, edge, other) {
    const out = edge.from === center.id;
    if (edge.role) {
      if (out && edge.load) return [10, 0, atlas.say("bodies")];
      if (out) return [CLASSES.indexOf(edge.role) + 10, 1, edge.role === "inherited" ? atlas.say("group.inherited") : atlas.say("role." + edge.role)];
      if (edge.load) return [10, 0, atlas.say("kind.document")];
      const home = nodes.get(edge.document);
      return [100 + order.get(home.id), 0, home.label];
    }
    if (edge.relation === "indicator") return out ? [20, center.kind === "document" ? -1 : 1, atlas.say("group.indicator")] : [1, -1, atlas.say("group.owner")];
    if (edge.relation === "contains") {
      if (!out) return [0, -1, atlas.say(other.kind === "document" ? "document" : "group.up")];
      return other.kind === "section" ? [30, 0, atlas.say("group.parts")] : [31, center.kind === "section" ? 1 : 0, atlas.say("group.tasks")];
    }
    const place = ["basis", "creates", "reference"].indexOf(edge.relation);
    return out ? [2 + place, -1, atlas.say("group." + edge.relation)] : [40 + place, other.kind === "document" ? -1 : 1, atlas.say("group.from." + edge.relation)];
  }

  function walk(centerId, depth, filter) {
    const distance = new Map([[centerId, 0]]), queue = [centerId];
    while (queue.length) {
      const id = queue.shift(), steps = distance.get(id);
      if (steps >= depth || (steps > 0 && HUBS.has(nodes.get(id).kind))) continue;
      for (const edge of near.get(id)) {
        const other = edge.from === id ? edge.to : edge.from;
        if (!distance.has(other) && filter.edge(edge) && filter.node(other)) { distance.set(other, steps + 1); queue.push(other); }
      }
    }
    return distance;
  }

  function buildEgo(state, filter) {
    const center = nodes.get(state.center);
    const distance = walk(center.id, state.depth, filter);
    const groups = new Map(), seen = new Set([center.id]);
    for (const edge of near.get(center.id)) {
      const other = nodes.get(edge.from === center.id ? edge.to : edge.from);
      if (seen.has(other.id) || !distance.has(other.id) || !filter.edge(edge)) continue;
      seen.add(other.id);
      const [rank, side, title] = groupOf(center, edge, other), key = rank + title;
      if (!groups.has(key)) groups.set(key, { rank, side, title, members: [], total: 0 });
      groups.get(key).members.push({ node: other, edge });
      groups.get(key).total++;
    }
    const most = state.all ? MANY : MOST, pinned = (one) => (state.pins && state.pins.has(one.node.id) ? 0 : 1);
    groups.forEach((group) => group.members.sort((a, b) => pinned(a) - pinned(b))); // else in the order of the documents
    const sorted = [...groups.values()].sort((a, b) => a.rank - b.rank);
    let room = most;
    sorted.forEach((group, index) => { // small groups whole, large ones share what is left
      const fair = Math.max(3, Math.floor(room / (sorted.length - index)));
      group.members = group.members.slice(0, sorted.length === 1 ? most : Math.max(fair, room - sorted.slice(index + 1).reduce((sum, g) => sum + g.members.length, 0)));
      room -= group.members.length;
    });
    const placed = [], headings = [], sides = { "-1": [], 1: [] };
    balance(sorted, sides);
    const card = wrap(center.label, 10 * 16, 16, 5);
    const middle = makeItem(center.id, 0, 0, 0, { card, badge: atlas.say("kind." + center.kind) });
    placed.push(middle);
    const first = (middle.box[2] - middle.box[0]) / 2 + 120;
    const reach = { "-1": first, 1: first };
    for (const side of [-1, 1]) {
      const rows = sides[side].reduce((sum, group) => sum + group.members.length + 1.3, -0.3);
      let y = -(rows * ROW) / 2 + ROW / 2;
      for (const group of sides[side]) {
        const title = clip(group.title, 15 * 14, 14) + "（" + (group.members.length < group.total ? atlas.say("shown", group.members.length, group.total) : group.total) + "）";
        const long = measure(title, 14, true), x = side * (first - 10);
        headings.push({ text: title, x, y, side, box: side < 0 ? [x - long, y - 10, x, y + 10] : [x, y - 10, x + long, y + 10] });
        y += ROW;
        for (const { node, edge } of group.members) {
          const item = makeItem(node.id, side * first, y, side, { text: clip(node.label, 17 * FONT, FONT), badge: badgeOf(node, edge, center) });
          placed.push(item);
          reach[side] = Math.max(reach[side], Math.abs(side < 0 ? item.box[0] : item.box[2]));
          y += ROW;
        }
        y += ROW * 0.3;
      }
    }
    const rest = [...distance.keys()].filter((id) => distance.get(id) === 2);
    placeFar(rest, placed, reach, headings, most - placed.length + 1, filter);
    const there = new Set(placed.map((item) => item.id));
    placed.index = new Map(placed.map((item) => [item.id, item]));
    const ports = new Map();
    const edges = data.edges.filter((edge) => there.has(edge.from) && there.has(edge.to) && filter.edge(edge) && isWalked(edge, distance, center.id))
      .map((edge) => ({ id: edge.id, from: edge.from, to: edge.to, ends: findEnds(edge, placed.index, distance, ports), role: edge.role, relation: edge.relation, width: edge.relation === "lead" ? 2.6 : 1.4, smooth: true, title: titleOf(edge) }));
    if (edges.length > 100) edges.forEach((edge) => { edge.faint = edge.from !== center.id && edge.to !== center.id; }); // they stand out under the mouse
    return makeScene(placed, edges, [], headings, { ports: [...ports.values()], shown: placed.length - 1, total: distance.size - 1, cut: placed.length < distance.size, center: center.id, many: placed.length > MANY, kinds: countKinds([...distance.keys()].slice(1)) });
  }

  // How many there are of each kind, in the order of the legend: [[kind, number]].
  function countKinds(ids) {
    const counts = new Map();
    ids.forEach((id) => counts.set(nodes.get(id).kind, (counts.get(nodes.get(id).kind) || 0) + 1));
    return KINDS.filter((kind) => counts.has(kind)).map((kind) => [kind, counts.get(kind)]);
  }

  // Only steps away from the middle are drawn; what hangs on a department or policy that was reached is its own neighbourhood.
  function isWalked(edge, distance, center) {
    const inner = distance.get(edge.from) <= distance.get(edge.to) ? edge.from : edge.to;
    return distance.get(edge.from) !== distance.get(edge.to) && (inner === center || !HUBS.has(nodes.get(inner).kind));
  }

  // Where a line is tied: to a node, or behind its words where the line leads on outwards on the same side.
  function findEnds(edge, index, distance, ports) {
    const inner = distance.get(edge.from) < distance.get(edge.to) ? edge.from : edge.to, outer = inner === edge.from ? edge.to : edge.from;
    const item = index.get(inner);
    if (!item.side || item.side !== index.get(outer).side) return [edge.from, edge.to];
    const port = { id: "port " + inner, x: item.side < 0 ? item.box[0] : item.box[2], y: item.y };
    ports.set(inner, port);
    return inner === edge.from ? [port.id, edge.to] : [edge.from, port.id];
  }

  // Give each group its side; those that may stand on either go where there is more room, the largest is split when it stands alone.
  function balance(groups, sides) {
    const rows = (side) => sides[side].reduce((sum, group) => sum + group.members.length + 1, 0);
    groups.filter((group) => group.side).forEach((group) => sides[group.side].push(group));
    for (const group of groups.filter((one) => !one.side).sort((a, b) => b.members.length - a.members.length || a.rank - b.rank)) {
      const left = rows(-1), right = rows(1);
      if (group.members.length > 24) {
        const wish = Math.round((group.members.length + left - right) / 2), cut = wish > group.members.length - 4 ? group.members.length : wish < 4 ? 0 : wish;
        const parts = [group.members.slice(0, cut), group.members.slice(cut)];
        parts.forEach((members, index) => { if (members.length) sides[index ? -1 : 1].push(Object.assign({}, group, { members })); });
      } else sides[left < right ? -1 : 1].push(group);
    }
    [-1, 1].forEach((side) => sides[side].sort((a, b) => a.rank - b.rank));
  }

  // The second step: further out on the side of the neighbour that leads there, at that neighbour's height.
  function placeFar(ids, placed, reach, headings, room, filter) {
    const where = new Map(placed.map((item) => [item.id, item]));
    const found = [];
    for (const id of ids) {
      const parents = near.get(id).filter(filter.edge).map((edge) => where.get(edge.from === id ? edge.to : edge.from)).filter((item) => item && item.side);
      if (parents.length) found.push({ id, side: parents[0].side, y: parents.reduce((sum, item) => sum + item.y, 0) / parents.length });
    }
    const kept = found.slice(0, Math.max(0, room));
    for (const side of [-1, 1]) {
      const column = kept.filter((one) => one.side === side).sort((a, b) => a.y - b.y || KINDS.indexOf(nodes.get(a.id).kind) - KINDS.indexOf(nodes.get(b.id).kind) || order.get(a.id) - order.get(b.id));
      if (!column.length) continue;
      const x = side * (reach[side] + 90);
      const centre = column.reduce((sum, one) => sum + one.y, 0) / column.length;
      const title = atlas.say("group.step2") + "（" + column.length + "）", top = centre - (column.length * ROW) / 2;
      headings.push({ text: title, x: x - side * 10, y: top, side, box: [x - 60, top - 10, x + 60, top + 10] });
      column.forEach((one, index) => placed.push(makeItem(one.id, x, top + (index + 1) * ROW, side, { text: clip(nodes.get(one.id).label, 15 * FONT, FONT) })));
    }
  }

  function badgeOf(node, edge, center) {
    if (edge.load) return atlas.say("panel.tasks", edge.load.tasks);
    if (edge.role && center.kind === "department") return (edge.inherited ? atlas.say("letter.inherited") : atlas.say("letter." + edge.relation));
    if (node.kind === "indicator") return targetOf(node);
    return "";
  }

  function titleOf(edge) {
    const role = edge.role ? atlas.say("role." + edge.relation) + (edge.inherited ? "（" + atlas.say("role.inherited") + "）" : "") : "";
    return nodes.get(edge.from).label + " → " + nodes.get(edge.to).label + (role ? "：" + role : "");
  }

  // "≥ 95 %", or why there is no figure
  function targetOf(node) {
    const facts = new Map(node.facts || []);
    const sign = facts.get("op") === undefined ? "" : facts.get("op");
    if (facts.get("value") === undefined) return atlas.say("measure_kind." + (facts.get("measure_kind") || "trend"));
    const shown = { ">=": "≥", "<=": "≤", "=": "", ">": ">", "<": "<" }[sign];
    return (shown === undefined ? atlas.say("op." + sign) : shown) + " " + facts.get("value") + (facts.get("unit") ? " " + facts.get("unit") : "");
  }

  // ---- everything: the map from Python, its lines only around what is selected

  function buildWhole(state, filter) {
    const items = [];
    for (const [id, x, y, side, lines] of data.whole.places) {
      const node = nodes.get(id);
      if (!filter.node(id) || (node.kind === "department" && !countLoad(id, filter).tasks)) continue;
      const bold = node.kind === "section";
      items.push(makeItem(id, x, y, side, node.kind === "document" ? { card: lines } : { text: node.kind === "indicator" && hasTaskAbove(id) ? "" : clip(node.label, 17 * FONT, FONT), bold, radius: bold ? 6 : 7 }));
    }
    const there = new Set(items.map((item) => item.id));
    const edges = data.edges.filter((edge) => there.has(edge.from) && there.has(edge.to) && filter.edge(edge)).map((edge) => ({ id: edge.id, from: edge.from, to: edge.to, role: edge.role, relation: edge.relation, width: 1.5, smooth: false, quiet: true, title: titleOf(edge) }));
    const panels = data.whole.panels.map((panel) => Object.assign({}, panel, { note: "" })).filter((panel) => panel.members.some((id) => filter.open.has(id)));
    return makeScene(items, edges, panels, [], { many: items.length > MANY, captions: data.whole.captions.filter(([, , , home]) => filter.open.has(home)) });
  }

  const hasTaskAbove = (id) => near.get(id).some((edge) => edge.relation === "indicator" && nodes.get(edge.from).kind === "task");

  function buildScene(state) {
    const filter = makeFilter(state);
    if (state.view === "ego") return buildEgo(state, filter);
    if (data.survey && state.view === "all") return makeScene([], [], [], [], { refused: true });
    if (data.tiles && !state.region && !state.doc) return buildTiles(state, filter);
    if (state.view === "all" && data.nodes.filter((node) => filter.node(node.id)).length > MOST_DRAWN) return makeScene([], [], [], [], { refused: true });
    return state.view === "all" ? buildWhole(state, filter) : buildOverview(state, filter);
  }

  Object.assign(atlas, { data, KINDS, ROLES, CLASSES, FONT, SANS, nodes, order, documents, regions, near, homes, makeFilter, countLoad, countForms, countTasks, measure, clip, countKinds, groupOf, MANY, targetOf, titleOf, walk, buildScene });
})();
