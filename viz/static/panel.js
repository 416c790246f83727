// The panel beside the graph: what a node is, the words it comes from, and what hangs on it. Text enters as text only.
"use strict";
(function () {
  const FEW = 12;
  const panel = document.getElementById("panel");
  const say = atlas.say;

  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    Object.keys(attributes || {}).forEach((key) => { if (key === "class") element.className = attributes[key]; else if (key in element && key !== "list") element[key] = attributes[key]; else element.setAttribute(key, attributes[key]); });
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  }

  function clear(element) { while (element.firstChild) element.removeChild(element.firstChild); return element; }

  const chinese = (text, tag) => make(tag || "span", { lang: "zh-CN" }, text);
  const valueWord = (key, value) => (atlas.knows(key + "." + value) ? say(key + "." + value) : String(value));

  function link(id, text, view) {
    const node = atlas.nodes.get(id);
    return make("a", { href: atlas.address(node.kind === "region" ? atlas.within(node) : { view: view || "ego", center: id, node: id }), lang: "zh-CN" }, text || node.label || say("region.none"));
  }

  function row(id, notes, text) {
    const node = atlas.nodes.get(id), item = make("li", {}, atlas.icon(node.kind, node.form), link(id, text));
    (notes || []).filter(Boolean).forEach((note) => item.append(" ", note));
    return item;
  }

  // A list that shows its first rows, says how many there are, and unfolds.
  function list(rows, few) {
    const limit = few || FEW, body = make("ul", { class: "rows" }), wrap = make("div", {}, body);
    rows.slice(0, limit).forEach((build) => body.append(build()));
    if (rows.length > limit) {
      const more = make("button", { type: "button", class: "more" }, say("more", rows.length - limit));
      more.onclick = () => { rows.slice(limit).forEach((build) => body.append(build())); more.remove(); };
      wrap.append(more);
    }
    return wrap;
  }

  function group(title, count, rows, open) {
    return make("details", { open: open !== false, class: "group" }, make("summary", {}, title, make("b", { class: "count" }, String(count))), list(rows));
  }

  const letter = (edge) => make("span", { class: "letters" }, make("i", { class: "role " + edge.relation, title: say("role." + edge.relation) }, say("letter." + edge.relation)), edge.inherited ? " " : null, edge.inherited ? make("i", { class: "role inherited", title: say("role.inherited") }, say("letter.inherited")) : null);

  function figure([text, start, end, file], title, marks, home) {
    const placed = Number.isInteger(start) && start >= 0, where = [file.split("/").pop(), placed ? say("offsets", start, end) : ""].filter(Boolean).join(" · ");
    const source = make("small", { class: "where", lang: "zh-CN" });
    if (atlas.app && home && placed) {
      const address = new URL(atlas.app.pages.policy.replace("~", home.split("/").slice(1).join("/")), location.href);
      address.searchParams.set("at", start + "-" + end);
      source.append(make("a", { href: address.pathname + address.search + "#at" }, where));
    } else source.append(where);
    return make("figure", {}, make("figcaption", {}, title), mark(text, marks || []), source);
  }

  // The quotation with the given words emphasised, longest first.
  function mark(text, words) {
    const quote = make("blockquote", { lang: "zh-CN" });
    const wanted = words.filter(Boolean).sort((a, b) => b.length - a.length);
    let rest = text;
    while (rest) {
      let at = -1, word = "";
      for (const one of wanted) { const found = rest.indexOf(one); if (found >= 0 && (at < 0 || found < at)) { at = found; word = one; } }
      if (at < 0) break;
      quote.append(rest.slice(0, at), make("mark", {}, word));
      rest = rest.slice(at + word.length);
    }
    quote.append(rest);
    return quote;
  }

  function facts(pairs) {
    const body = make("dl");
    pairs.forEach(([key, value]) => { if (value !== "" && value !== null && value !== undefined) body.append(make("dt", {}, atlas.knows("fact." + key) ? say("fact." + key) : key), make("dd", { lang: "zh-CN" }, value instanceof Node ? value : valueWord(key, value))); });
    return body;
  }

  // ---- one function per kind of node

  const PARTS = {
    region(node, edges) {
      const homes = [...atlas.homes.get(node.id)], tasks = atlas.countTasks(), loads = new Map();
      atlas.data.edges.filter((edge) => atlas.homes.get(node.id).has(edge.document) && edges.filter.edge(edge)).forEach((edge) => loads.set(edge.to, (loads.get(edge.to) || 0) + edges.filter.tasks(edge)));
      const ranked = [...loads].sort((a, b) => b[1] - a[1] || atlas.order.get(a[0]) - atlas.order.get(b[0]));
      const counted = (id, count) => () => row(id, [make("b", { class: "count" }, String(count))]);
      return [group(say("kind.document"), homes.length, homes.map((id) => counted(id, tasks.get(id) || 0))), group(say("bodies"), ranked.length, ranked.map(([id, count]) => counted(id, count)))];
    },
    document(node, edges) {
      if (atlas.data.survey) {
        const some = edges.out.slice().sort((a, b) => edges.filter.tasks(b) - edges.filter.tasks(a));
        return [facts([["tasks", String(atlas.countTasks().get(node.id) || 0)]]), group(say("bodies"), some.length, some.map((edge) => () => row(edge.to, [make("b", { class: "count" }, String(edges.filter.tasks(edge)))]))), part("--document", node.label)];
      }
      const tasks = atlas.data.nodes.filter((one) => one.kind === "task" && one.form !== "measure" && atlas.homes.get(one.id).has(node.id));
      const loads = new Map();
      atlas.data.edges.filter((edge) => edge.role && edge.document === node.id && edges.filter.edge(edge)).forEach((edge) => { if (!loads.has(edge.to)) loads.set(edge.to, new Set()); loads.get(edge.to).add(edge.from); });
      const ranked = [...loads].sort((a, b) => b[1].size - a[1].size);
      return [
        group(say("bodies"), ranked.length, ranked.map(([id, named]) => () => row(id, [make("b", { class: "count" }, String(named.size))]))),
        group(say("kind.task"), tasks.length, tasks.map((task) => () => row(task.id)), false),
        ...byRelation(edges, ["basis", "creates", "reference", "indicator"], false),
      ];
    },
    section(node, edges) { return byRelation(edges, ["up", "contains"], true); },
    task(node, edges) {
      const parts = [];
      for (const role of atlas.CLASSES) {
        const some = edges.out.filter((edge) => edge.role === role);
        if (some.length) parts.push(group(say(role === "inherited" ? "group.inherited" : "role." + role), some.length, some.map((edge) => () => row(edge.to, [letter(edge), asWritten(edge)]))));
      }
      if (!parts.length && node.form !== "measure") parts.push(make("p", { class: "gap" }, say("no.departments")));
      return [...parts, ...byRelation(edges, ["indicator", "basis", "creates", "reference", "up"], true)];
    },
    department(node, edges) {
      const load = atlas.countLoad(node.id, edges.filter), byDocument = new Map(), indicators = [];
      edges.into.filter((edge) => edge.role).forEach((edge) => { if (!byDocument.has(edge.document)) byDocument.set(edge.document, []); byDocument.get(edge.document).push(edge); });
      new Set(edges.into.map((edge) => edge.from)).forEach((task) => atlas.near.get(task).forEach((edge) => { if (edge.from === task && edge.relation === "indicator") indicators.push(edge.to); }));
      const table = make("table", { class: "load" }, make("caption", {}, say("load")), make("tr", {}, ...["total", ...atlas.CLASSES].map((key) => make("th", { scope: "col" }, key === "total" ? say("load.tasks") : say("role." + key)))), make("tr", {}, make("td", {}, String(load.tasks)), ...atlas.CLASSES.map((key) => make("td", {}, String(load.roles[key])))));
      const parts = [table, make("p", { class: "hint" }, say("letters"))];
      if (atlas.data.survey) {
        const some = edges.into.slice().sort((a, b) => edges.filter.tasks(b) - edges.filter.tasks(a));
        return [...parts, group(say("kind.document"), some.length, some.map((edge) => () => row(edge.from, [make("b", { class: "count" }, String(edges.filter.tasks(edge)))]))), part("--around", node.label)];
      }
      byDocument.forEach((some, id) => parts.push(group(chinese(atlas.nodes.get(id).label), some.length, some.map((edge) => () => row(edge.from, [letter(edge)])))));
      if (indicators.length) parts.push(group(say("indicators"), indicators.length, [...new Set(indicators)].map((id) => () => row(id, [target(id)])), false));
      const peers = countPeers(node.id, edges.filter);
      if (peers.length) parts.push(group(say("group.peers"), peers.length, peers.map(([id, count]) => () => row(id, [make("b", { class: "count" }, String(count))])), false));
      return parts;
    },
    indicator(node, edges) {
      const metric = new Map(node.facts || []).get("metric");
      const same = metric ? atlas.data.nodes.filter((one) => one.kind === "indicator" && one.id !== node.id && new Map(one.facts || []).get("metric") === metric) : [];
      const parts = byRelation(edges, ["owner"], true);
      const bodies = [...new Set(edges.into.map((edge) => edge.from))].filter((id) => atlas.nodes.get(id).kind === "task").reduce((all, id) => all.concat(atlas.near.get(id).filter((edge) => edge.from === id && edge.role && edges.filter.edge(edge))), []);
      if (bodies.length) parts.push(group(say("bodies"), bodies.length, bodies.map((edge) => () => row(edge.to, [letter(edge)]))));
      if (same.length) parts.push(group(say("group.same"), same.length, same.map((one) => () => row(one.id, [target(one.id), place(one)]))));
      return parts;
    },
    policy(node, edges) { return byRelation(edges, ["from.basis", "from.creates", "from.reference"], true); },
  };

  // Of a large graph: the command that writes this part with its tasks and words.
  const part = (option, name) => atlas.app ? null : make("div", { class: "stated" }, make("p", {}, say("part.note")), make("code", { lang: "zh-CN" }, "zeren graph " + option + " " + (/^[\w\u4e00-\u9fff]+$/.test(name) ? name : JSON.stringify(name))));
  const asWritten = (edge) => (edge.written && edge.written !== atlas.nodes.get(edge.to).label && edge.written !== atlas.nodes.get(edge.to).short ? make("small", { class: "where", lang: "zh-CN" }, edge.written) : null);
  const target = (id) => make("span", { class: "target", lang: "zh-CN" }, atlas.targetOf(atlas.nodes.get(id)) + yearOf(id));
  const yearOf = (id) => { const year = new Map(atlas.nodes.get(id).facts || []).get("year"); return year === undefined ? "" : "（" + say("year", year) + "）"; };
  const place = (node) => make("small", { class: "where", lang: "zh-CN" }, node.region || "");

  // The relations that are no assignments, one group each; "up", "owner" and "from.…" run towards the node.
  function byRelation(edges, names, open) {
    const parts = [];
    for (const name of names) {
      const towards = name === "up" || name === "owner" || name.startsWith("from.");
      const relation = { up: "contains", owner: "indicator" }[name] || name.replace("from.", "");
      const some = (towards ? edges.into : edges.out).filter((edge) => edge.relation === relation);
      if (!some.length) continue;
      const title = name === "contains" ? "group.tasks" : "group." + name;
      parts.push(group(say(title), some.length, some.map((edge) => () => {
        const id = towards ? edge.from : edge.to, kind = atlas.nodes.get(id).kind, line = row(id, [kind === "indicator" ? target(id) : null]);
        if (edge.quote && relation !== "contains") line.append(figure(edge.quote, say("citing"), [edge.written], edge.document));
        return line;
      }), open));
    }
    return parts;
  }

  function countPeers(id, filter) {
    const shared = new Map();
    new Set(atlas.near.get(id).filter((edge) => edge.role && filter.edge(edge)).map((edge) => edge.from)).forEach((task) => {
      new Set(atlas.near.get(task).filter((edge) => edge.role && edge.from === task && edge.to !== id && filter.edge(edge)).map((edge) => edge.to)).forEach((other) => shared.set(other, (shared.get(other) || 0) + 1));
    });
    return [...shared].sort((a, b) => b[1] - a[1] || atlas.order.get(a[0]) - atlas.order.get(b[0])).slice(0, 40);
  }

  function describe(id, state) {
    const node = atlas.nodes.get(id), filter = atlas.makeFilter(Object.assign({}, state, { hide: new Set() }));
    const open = atlas.near.get(id).filter(filter.edge);
    const edges = { filter, out: open.filter((edge) => edge.from === id), into: open.filter((edge) => edge.to === id) };
    clear(panel);
    panel.append(make("p", { class: "kind" }, atlas.icon(node.kind, node.form), say("kind." + node.kind), node.form && atlas.knows("form." + node.form) && node.form !== "organization" ? " · " + say("form." + node.form) : ""), make("h2", { lang: "zh-CN" }, node.label || say("region.none")));
    panel.append(buttons(node, state));
    if (atlas.data.start && node.id !== atlas.data.start.center) panel.append(make("p", { class: "gap" }, say("part.only", atlas.data.part)));
    // how much would appear, before a hub is opened
    const around = atlas.app && node.id !== state.center ? [] : atlas.countKinds([...atlas.walk(node.id, 1, filter).keys()].slice(1));
    if (around.length) panel.append(make("p", { class: "hint around" }, say("status.around", around.map(([kind, count]) => say("kind." + kind) + " " + count).join(" · "))));
    panel.append(facts([...basics(node), ...(node.kind === "department" ? [["names", (node.names || []).join("、")]] : [])]));
    if (node.stated) panel.append(stated(node));
    panel.append(...corrected(node, edges));
    const marks = edges.out.filter((edge) => edge.role).map((edge) => edge.written);
    (node.quotes || []).slice().reverse().forEach((quote, index, all) => panel.append(figure(quote, say(all.length > 1 && index === 0 ? "bracket" : "quote"), marks, [...atlas.homes.get(node.id)][0])));
    panel.append(...PARTS[node.kind](node, edges).filter(Boolean));
    panel.scrollTop = 0;
  }

  function basics(node) {
    const skip = new Set(["op", "value", "unit", node.kind === "indicator" ? "metric" : ""]);
    const rows = (node.facts || []).filter(([key]) => !skip.has(key));
    if (node.kind === "indicator") {
      const known = new Map(node.facts || []);
      rows.unshift(["target", known.get("value") === undefined ? say("value.none") : atlas.targetOf(node)]);
      if (known.get("metric") && known.get("metric") !== node.label) rows.push(["metric", known.get("metric")]);
    }
    if (node.kind === "region") return ["documents", "tasks", "departments"].map((key, index) => [key, String((node.counts || [0, 0, 0])[index])]);
    if (node.region) rows.unshift(["region", node.region + (node.kind === "document" ? "（" + say((node.stated || []).some(([key]) => key === "region") ? "region.stated" : "region.read") + "）" : "")]);
    return rows;
  }

  function stated(node) {
    return make("section", { class: "stated" }, make("h3", {}, say("stated")), make("p", { class: "hint" }, say("stated.note")), facts(node.stated));
  }

  // What people decided about the node itself, and about whom or what its lines lead to.
  function corrected(node, edges) {
    const rows = (node.corrections || []).map((said) => () => make("li", {}, facts(said)));
    edges.out.concat(edges.into).filter((edge) => edge.correction).forEach((edge) => {
      const other = edge.from === node.id ? edge.to : edge.from;
      rows.push(() => { const item = row(other, [asWritten(edge)]); item.append(facts(edge.correction)); return item; });
    });
    return rows.length ? [make("section", { class: "stated" }, make("h3", {}, say("corrected")), list(rows, 4))] : [];
  }

  function buttons(node, state) {
    const bar = make("p", { class: "actions" });
    const add = (key, change) => bar.append(make("a", { class: "button", href: atlas.address(Object.assign({ node: node.id }, change)) }, say(key)));
    if (node.kind === "region") bar.append(make("a", { class: "button", href: atlas.address(atlas.within(node)) }, say("open.region")));
    else if (!(state.view === "ego" && state.center === node.id)) add("open.ego", { view: "ego", center: node.id });
    if (state.view !== "all" && !atlas.data.survey && !atlas.app && !atlas.data.start) add("open.all", { view: "all" });
    if (state.view !== "over" && !atlas.app && !atlas.data.start && (node.kind === "document" || node.kind === "department")) add("open.over", { view: "over" });
    const own = atlas.app && atlas.app.pages[node.id.split("/")[0]];
    if (own && (node.kind !== "policy") && !(node.kind === "department" && node.form === "unmatched")) bar.append(make("a", { class: "button", href: own.replace("~", node.id.split("/").slice(1).join("/")) }, say("page." + node.kind)));
    const pinned = state.pins.has(node.id), pin = make("button", { type: "button", "aria-pressed": String(pinned), title: say("pin.note") }, say(pinned ? "unpin" : "pin"));
    pin.onclick = () => { atlas.pin(node.id); const again = panel.querySelector(".actions [aria-pressed]"); if (again) again.focus(); };
    if (node.kind !== "region") bar.append(pin);
    const copy = make("button", { type: "button" }, say("copy"));
    copy.onclick = () => atlas.copy(copy);
    bar.append(copy);
    return bar;
  }

  // Nothing chosen: how to read the picture, what is in it, and what the documents leave open.
  function help() {
    clear(panel);
    panel.append(make("h2", {}, say("help")));
    if (atlas.data.survey && !atlas.app) panel.append(make("div", { class: "stated" }, make("p", {}, say("survey.note", atlas.data.things)), ...["--region 石家庄市", "--document 文件标题", "--around 市生态环境局 --hops 2"].map((rest) => make("p", {}, make("code", { lang: "zh-CN" }, "zeren graph " + rest)))), make("p", {}, say("help.tiles")));
    else if (atlas.data.tiles) panel.append(make("p", {}, say("help.tiles")));
    panel.append(make("p", {}, say("help.over")), make("p", {}, say("help.lines")), make("p", {}, say("help.use")), atlas.app ? "" : make("p", { class: "hint" }, say("help.quote")));
    if (atlas.app) { panel.scrollTop = 0; return; } // the whole's numbers are on other pages
    const counts = make("dl", { class: "counts" });
    const kinds = atlas.data.survey ? ["region", "document", "section", "task", "department", "indicator", "policy"] : atlas.KINDS;
    kinds.forEach((kind) => atlas.countForms(kind).forEach(([form, word, count]) => counts.append(make("dt", {}, atlas.icon(kind, form), say(word)), make("dd", {}, String(count)))));
    panel.append(make("h3", {}, say("contents")), counts, make("h3", {}, say("gaps")));
    const tasks = atlas.data.nodes.filter((node) => node.kind === "task"), safe = atlas.data.survey ? atlas.data.totals.measure : tasks.filter((node) => node.form === "measure").length;
    panel.append(make("p", { class: "hint" }, say("gap.note", atlas.data.survey ? atlas.data.totals.task : tasks.length - safe, safe)));
    if (atlas.data.survey) {
      const counts = make("dl", { class: "counts" });
      atlas.data.gaps.forEach((gap) => counts.append(make("dt", {}, say("gap." + gap.name)), make("dd", {}, String(gap.count))));
      panel.append(counts);
      panel.scrollTop = 0;
      return;
    }
    for (const gap of atlas.data.gaps) {
      const count = gap.members.length + gap.notes.length;
      const title = make("summary", {}, say("gap." + gap.name), make("b", { class: "count" + (count ? " open" : "") }, String(count)));
      const body = make("details", { class: "group" }, title);
      // hundreds of links that most readers never unfold would hold the first picture up
      body.fill = () => { body.fill = () => {}; fillGap(body, gap, count); };
      title.addEventListener("click", () => body.fill());
      body.addEventListener("toggle", () => body.fill());
      panel.append(body);
    }
    panel.scrollTop = 0;
  }

  function fillGap(body, gap, count) {
    if (!count) body.append(make("p", { class: "hint" }, say("none")));
    const homes = new Map();
    gap.members.forEach((id) => { const home = [...atlas.homes.get(id)][0]; if (!homes.has(home)) homes.set(home, []); homes.get(home).push(id); });
    homes.forEach((ids, home) => body.append(make("h4", { lang: "zh-CN" }, atlas.nodes.get(home).label, make("b", { class: "count" }, String(ids.length))), list(ids.map((id) => () => row(id)), 8)));
    new Set(gap.notes.map(([subject]) => subject)).forEach((subject) => {
      const some = gap.notes.filter((note) => note[0] === subject);
      if (gap.name === "undecided") body.append(make("h4", {}, say("subject." + subject), make("b", { class: "count" }, String(some.length))));
      body.append(list(some.map(([, words]) => () => chinese(words, "li"))));
    });
  }

  Object.assign(atlas, { make, clear, describe, help });
})();
