// The page of what was found, where no server makes it: from the words in the address and the names beside the pages.
(function () {
  "use strict";
  if (document.body.dataset.served) return;
  const zeren = window.zeren, make = zeren.make, place = document.getElementById("found"), field = document.getElementById("q");
  const asked = new URLSearchParams(location.search), text = (asked.get("q") || "").trim();
  const words = Object.assign({}, JSON.parse(document.getElementById("search").dataset.words), place.dataset);
  const own = (params) => zeren.address("/search", Object.assign({ q: text }, params));
  const number = (value) => value.toLocaleString("en");

  function showKinds(found, kind) {
    const one = (href, name, count, current) => make("li", {}, [make("a", Object.assign({ href }, current ? { "aria-current": "true" } : {}), [name, ...(count === null ? [] : [make("span", { class: "count" }, [number(count)])])])]);
    const kinds = found.counts.map(([name, count]) => one(own({ kind: name }), words[name], count, name === kind));
    return make("ul", { class: "kindlist", "aria-label": words.filter }, [one(own({}), words.every, null, !kind), ...kinds]);
  }

  function showHit(hit) {
    const name = make("a", { href: zeren.address(hit.path, { at: hit.spot }) }, hit.matched ? [hit.label] : zeren.marked(hit.label, hit.marks));
    const alias = hit.matched ? [make("span", { class: "alias" }, [words.alsoCalled + " ", ...zeren.marked(hit.matched, hit.marks)])] : [];
    return make("li", {}, [name, ...alias, make("small", {}, [zeren.besides(hit)])]);
  }

  function showGroup(group, kind) {
    const parts = [make("h2", { id: "kind-" + group.kind }, [words[group.kind]]), make("ul", { class: "found", lang: "zh-CN" }, group.hits.map(showHit))];
    const cut = group.cut.shown < group.cut.total;
    if (cut && kind) parts.splice(1, 0, make("p", { class: "cut" }, [words.cut.replace("{shown}", number(group.cut.shown)).replace("{total}", number(group.cut.total))]));
    if (cut && !kind) parts.push(make("p", {}, [make("a", { href: own({ kind: group.kind }) }, [words.showAll.replace("{}", number(group.cut.total)) + " →"])]));
    return make("section", { "aria-labelledby": "kind-" + group.kind }, parts);
  }

  function show(found, kind) {
    place.textContent = "";
    if (!found.total) { place.append(make("div", { class: "empty" }, [make("p", {}, [words.nothing])])); return; }
    place.append(make("p", { class: "lead", role: "status" }, [words.found.replace("{}", number(found.total))]));
    if (found.counts.length > 1) place.append(showKinds(found, kind));
    for (const group of found.groups) place.append(showGroup(group, kind));
  }

  if (!text) return;
  const kind = words[asked.get("kind")] ? asked.get("kind") : "";
  field.value = text;
  place.textContent = words.loading;
  zeren.search(text, kind, kind ? 100 : 6).then((found) => show(found, kind)).catch(() => { place.textContent = words.failed; });
})();
