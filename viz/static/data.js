// The data of the page unfolded: viz/pack.py says every text once, and names, quotes and titles by where they stand in it.
"use strict";
atlas.unfold = function (packed) {
  const KINDS = ["document", "section", "task", "department", "indicator", "policy", "region"];
  const RELATIONS = ["contains", "lead", "responsible", "support", "indicator", "basis", "creates", "reference"];
  const said = (value) => (typeof value === "number" ? packed.texts[value] : Array.isArray(value) ? packed.texts[value[0]].substr(value[1], value[2]) : value || "");
  const named = (id) => (Array.isArray(id) ? id[0] : id.replace(/~(\d+)/, (_, owner) => packed.owners[+owner]));
  const quoted = (row) => [said(row[0]), row[1], row[2], said(row[3])];

  const nodes = packed.nodes.map(([kind, id, label, region, short, form, facts, quotes, names, stated, corrections, counts], index) => {
    const node = { id: named(id), kind: KINDS[kind], label: said(label), x: packed.x ? packed.x[index] : 0, y: packed.y ? packed.y[index] : 0 };
    const more = { region: said(region), short: said(short), form: form || "", facts: (facts || []).map(([key, value]) => [said(key), Array.isArray(value) && value.length === 1 ? value[0] : said(value)]), quotes: (quotes || []).map(quoted), names: (names || []).map(said), stated: stated || [], corrections: corrections || [], counts: counts || [] };
    Object.keys(more).forEach((key) => { if (more[key].length) node[key] = more[key]; });
    return node;
  });
  const at = (number) => nodes[number].id;
  const edges = (packed.edges || []).map(([from, to, relation, home, written, quote, correction]) => {
    const edge = { from: at(from), to: at(to), relation: RELATIONS[relation >> 1], document: at(home) };
    if (relation & 1) edge.inherited = true;
    if (quote && quote.length) edge.quote = quoted(quote);
    if (written === -1) edge.written = edge.quote[0]; else if (written || written === 0) edge.written = said(written);
    if (correction && correction.length) edge.correction = correction;
    return edge;
  });
  // Of a large graph: how many tasks bind a document and a department; it stands under the weightiest role.
  const bound = (packed.pairs || []).map(([from, to, tasks, ...numbers]) => {
    const roles = {};
    ["lead", "responsible", "support", "inherited"].forEach((role, index) => { roles[role] = numbers[index] || 0; });
    const role = Object.keys(roles).find((one) => roles[one]) || "responsible";
    return { from: at(from), to: at(to), relation: role === "inherited" ? "responsible" : role, inherited: role === "inherited", document: at(from), load: { tasks, roles } };
  });
  const drawn = (layout) => layout && { places: layout.places.map(([node, x, y, side, lines]) => [at(node), x, y, side || 0, lines || []]), panels: framed(layout.panels) };
  const framed = (panels) => panels.map(([title, x, y, width, height, shown, total, members]) => ({ title, x, y, width, height, shown, total, members: members.map(at) }));
  const overview = drawn(packed.overview), whole = packed.whole;
  let card = 0;
  return Object.assign({}, packed, {
    texts: null, nodes, edges: edges.concat(bound), survey: Boolean(packed.pairs), overview, everyone: packed.regions ? new Map(packed.everyone.map(([name, layout]) => [name, drawn(layout)])) : drawn(packed.everyone) || overview,
    gaps: packed.gaps.map((gap) => Object.assign({ notes: [] }, gap, { members: (gap.members || []).map(at) })),
    tasks: packed.tasks && new Map(packed.tasks.map(([node, count]) => [at(node), count])),
    tiles: drawn(packed.tiles), regions: packed.regions && new Map(packed.regions.map(([name, layout]) => [name, drawn(layout)])),
    whole: whole && { places: nodes.map((node) => [node.id, node.x, node.y, node.kind === "document" ? 0 : 1, node.kind === "document" ? whole.cards[card++] : []]), panels: framed(whole.panels), captions: whole.captions.map(([word, x, y, home]) => [word, x, y, at(home)]) },
  });
};
