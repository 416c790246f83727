// Queries of one's own: saved by name and asked lately, in this browser alone; nothing is sent anywhere.
(function () {
  'use strict';
  const KEY = 'zeren.queries', MOST = 200, LATELY = 8, LONGEST = 200000;
  const find = id => document.getElementById(id);
  const asking = window.zeren && window.zeren.asking;
  if (!asking) return;
  const words = asking.setup.words;

  function read() {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY) || '{}');
      return { saved: tidy(kept.saved), recent: (Array.isArray(kept.recent) ? kept.recent : []).filter(text => typeof text === 'string').slice(0, LATELY) };
    } catch (error) {
      return { saved: [], recent: [] };
    }
  }

  function tidy(queries) { // whatever stands in a file or in the browser: names and texts only
    const fit = one => one && typeof one.name === 'string' && typeof one.text === 'string' && one.name.trim() && one.text.length <= LONGEST;
    return (Array.isArray(queries) ? queries : []).filter(fit).slice(0, MOST).map(one => ({ name: one.name.trim().slice(0, 80), text: one.text }));
  }

  function write(kept) {
    try {
      localStorage.setItem(KEY, JSON.stringify(kept));
      return true;
    } catch (error) {
      asking.say(words.mine_full);
      return false;
    }
  }

  function address(text) {
    return '/sparql?' + new URLSearchParams(asking.setup.lang === 'en' ? { q: text, lang: 'en' } : { q: text });
  }

  function entry(name, text) {
    const link = document.createElement('a'), bold = document.createElement('b');
    link.href = address(text);
    bold.textContent = name;
    link.title = text.slice(0, 400);
    link.append(bold);
    return link;
  }

  function brief(text) { // how a query without a name is called: by its comment, else by its first words
    const comment = /^#\s*(.+)$/m.exec(text), body = text.replace(/^\s*(PREFIX|BASE)\b.*$/gim, '').replace(/\s+/g, ' ').trim();
    return (comment ? comment[1] : body).slice(0, 60) || text.slice(0, 60);
  }

  function remove(name, row) {
    const kept = read(), place = kept.saved.findIndex(one => one.name === name), gone = kept.saved[place];
    if (place < 0) return;
    kept.saved.splice(place, 1);
    if (!write(kept)) return;
    const undo = document.createElement('button');
    undo.type = 'button';
    undo.textContent = words.mine_undo + '：' + name;
    undo.addEventListener('click', () => {
      const now = read();
      now.saved.splice(place, 0, gone);
      if (write(now)) draw();
    });
    while (row.firstChild) row.removeChild(row.firstChild);
    row.append(undo);
    undo.focus();
    find('mine-count').textContent = kept.saved.length;
  }

  function draw() {
    const kept = read(), list = find('mine-list'), recent = find('recent-list');
    for (const place of [list, recent]) while (place.firstChild) place.removeChild(place.firstChild);
    for (const one of kept.saved) {
      const row = document.createElement('li'), button = document.createElement('button');
      button.type = 'button';
      button.className = 'delete';
      button.textContent = '×';
      button.setAttribute('aria-label', words.mine_delete + '：' + one.name);
      button.title = words.mine_delete;
      button.addEventListener('click', () => remove(one.name, row));
      row.append(entry(one.name, one.text), button);
      list.append(row);
    }
    for (const text of kept.recent) {
      const row = document.createElement('li');
      row.append(entry(brief(text), text));
      recent.append(row);
    }
    find('mine-count').textContent = kept.saved.length;
    find('mine-none').hidden = kept.saved.length > 0;
    find('recent').hidden = !kept.recent.length;
    find('mine-export').hidden = !kept.saved.length;
  }

  function save() {
    const field = find('mine-name'), text = asking.text(), name = field.value.trim() || brief(text), kept = read();
    const known = kept.saved.find(one => one.name === name);
    if (known) known.text = text;
    else kept.saved.unshift({ name: name.slice(0, 80), text: text });
    kept.saved = kept.saved.slice(0, MOST);
    if (!write(kept)) return;
    field.value = '';
    asking.say(words.mine_saved + '：' + name);
    find('mine').open = true;
    draw();
  }

  function carryOut() {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([JSON.stringify(read().saved, null, 2) + '\n'], { type: 'application/json' }));
    link.download = asking.setup.lang === 'en' ? 'queries.json' : '我的查询.json';
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  async function carryIn(file) {
    let found = [];
    try {
      found = tidy(JSON.parse(await file.text()));
    } catch (error) {
      found = [];
    }
    if (!found.length) return asking.say(words.mine_wrong);
    const kept = read(), names = new Set(found.map(one => one.name));
    kept.saved = found.concat(kept.saved.filter(one => !names.has(one.name))).slice(0, MOST);
    if (!write(kept)) return undefined;
    find('mine').open = true;
    draw();
    return undefined;
  }

  function recall() {
    const text = asking.text().trim(), kept = read();
    kept.recent = [text].concat(kept.recent.filter(other => other !== text)).slice(0, LATELY);
    if (text && text.length <= LONGEST && write(kept)) draw();
  }

  asking.asked.push(recall);
  find('mine').hidden = false;
  find('mine').open = read().saved.length > 0;
  find('mine-save').addEventListener('click', save);
  find('mine-name').addEventListener('keydown', event => { if (event.key === 'Enter') save(); });
  find('mine-export').addEventListener('click', carryOut);
  find('mine-file').addEventListener('change', event => { if (event.target.files[0]) carryIn(event.target.files[0]); event.target.value = ''; });
  addEventListener('storage', event => { if (event.key === KEY) draw(); });
  draw();
  if (asking.setup.asks && !asking.setup.named) recall(); // a link asks as soon as it is opened
})();
