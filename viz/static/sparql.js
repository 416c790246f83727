// The page for questions at work: the editor in place of the text field, answers without a reload, the address as state.
(function () {
  'use strict';
  const find = id => document.getElementById(id);
  const setup = JSON.parse(find('setup').textContent);
  const zh = setup.lang === 'zh';
  const LONGEST = 12000; // characters of a query in an address; a longer one stays behind '#'
  let editor = null, results = null, at = '', wrong = null;
  const given = new URLSearchParams(location.search);

  // what the other scripts of the page know of the editor, and hear of answers
  const asking = {
    setup: setup,
    picture: { show: given.get('show') || '', x: given.get('x') || '', y: given.get('y') || '' },
    text: () => (editor ? editor.getValue() : find('plain').elements.q.value),
    kind: () => (editor ? editor.getQueryType() : ''),
    address: () => addressOf(asking.text()),
    say: text => say(text),
    remember: () => { if (!setup.named && addressOf(asking.text()) !== state()) { history.replaceState(null, '', addressOf(asking.text())); at = state(); } },
    asked: [], answered: [], // functions to be called
  };
  window.zeren = window.zeren || {};
  window.zeren.asking = asking;

  // what browsers of 2020 do not have as replaceChildren
  function refill(place, ...children) {
    while (place.firstChild) place.removeChild(place.firstChild);
    place.append(...children);
  }

  // --- the list of questions

  function filterQuestions() {
    const input = find('filter'), links = Array.from(document.querySelectorAll('.catalogue li a'));
    const opened = new Map(Array.from(document.querySelectorAll('.catalogue details'), group => [group, group.open]));
    input.hidden = false;
    input.addEventListener('input', () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let fitting = 0;
      for (const link of links) {
        const fits = words.every(word => link.dataset.said.toLowerCase().includes(word));
        link.parentElement.hidden = !fits;
        fitting += fits;
      }
      for (const [group, open] of opened) {
        group.hidden = !group.querySelector('li:not([hidden])');
        group.open = words.length ? true : open;
      }
      find('unfit').hidden = fitting > 0;
    });
  }

  // --- parameters: names are looked up while one types

  function suggest(input) {
    let timer = 0, asked = '';
    input.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        const text = input.value.trim();
        if (!text || text === asked) return;
        asked = text;
        const answer = await fetch('/sparql/names?' + new URLSearchParams({ type: input.dataset.type, q: text })).catch(() => null);
        if (!answer || !answer.ok || asked !== text) return;
        const options = (await answer.json()).map(name => { const option = document.createElement('option'); option.value = name; return option; });
        refill(input.list, ...options);
      }, 150);
    });
  }

  // --- the address

  function addressOf(text) {
    const params = new URLSearchParams(text.length > LONGEST ? {} : { q: text });
    for (const name of ['show', 'x', 'y']) if (asking.picture[name]) params.append(name, asking.picture[name]);
    if (!zh) params.append('lang', 'en');
    return '/sparql?' + params + (text.length > LONGEST ? '#q=' + encodeURIComponent(text) : '');
  }

  function state() { // the address without a mere place in the page
    return location.pathname + location.search + (location.hash.startsWith('#q=') ? location.hash : '');
  }

  function hidden() { // a query that was too long for the address
    const found = /^#q=(.+)$/s.exec(location.hash);
    try { return found ? decodeURIComponent(found[1]) : ''; } catch (error) { return ''; }
  }

  // --- asking

  function say(text) { find('said').textContent = text; }

  // the sentence of the server in words of the page's language, where they are known
  function explain(message) {
    for (const [pattern, words] of setup.faults) {
      const found = new RegExp(pattern).exec(message);
      if (found) return words.replace(/\{(\d)\}/g, (_, number) => found[Number(number)]);
    }
    return '';
  }

  function point(message) { // to the place in the editor that the message names
    const place = /line (\d+), column (\d+)/.exec(message);
    if (!place || !editor) return;
    const line = Math.min(Number(place[1]), editor.lineCount()) - 1;
    wrong = editor.addLineClass(line, 'background', 'wrong-line');
    editor.setCursor(line, Number(place[2]) - 1);
    editor.scrollIntoView(null, 60);
  }

  function show(message) {
    const box = document.createElement('div'), head = document.createElement('b'), body = document.createElement('p');
    const plainly = document.createElement('p'), words = explain(message);
    plainly.className = 'plainly';
    plainly.textContent = words;
    point(message);
    box.className = 'error';
    box.setAttribute('role', 'alert');
    head.textContent = zh ? '没有得到回答' : 'No answer';
    body.textContent = message;
    box.append(head, ...(words ? [plainly] : []), body);
    refill(find('table'), box);
    find('table').hidden = false;
    find('results').hidden = true;
    find('answer').hidden = false;
  }

  function ask(replace) {
    if (wrong) editor.removeLineClass(wrong, 'background', 'wrong-line');
    wrong = null;
    for (const told of asking.asked) told();
    const address = addressOf(editor.getValue());
    if (setup.named) return location.assign(address); // an own question now
    if (address !== state()) history[replace ? 'replaceState' : 'pushState'](null, '', address);
    at = state();
    find('csv').href = '/sparql/csv?' + new URLSearchParams({ q: editor.getValue() });
    editor.query().catch(() => {});
    return undefined;
  }

  function received(response, duration) {
    find('table').hidden = true;
    find('answer').hidden = false;
    find('results').hidden = false;
    if (response.name === 'AbortError') return show(zh ? '查询已停止。' : 'The query was stopped.');
    if (response instanceof TypeError) return show(zh ? '服务器没有回应；它可能已停止。' : 'The server does not respond; it may have stopped.');
    if (response instanceof Error) return show(response.message.trim()); // the server's own words
    refill(find('table')); // what the server answered with the page is the same
    results.setResponse(response, duration);
    for (const told of asking.answered) told();
    return undefined;
  }

  // --- the editor and the table

  function complete(Yasqe, kind, iris) {
    const known = Yasqe.Autocompleters[kind];
    if (known) Yasqe.registerAutocompleter(Object.assign({}, known, { name: 'zeren-' + kind, bulk: true, get: iris, persistenceId: null }), false);
    return known ? ['zeren-' + kind] : [];
  }

  function start() {
    const Yasqe = window.Yasgui.Yasqe, Yasr = window.Yasgui.Yasr;
    const declarations = Object.keys(setup.prefixes).sort().map(prefix => prefix + ': <' + setup.prefixes[prefix] + '>');
    const completers = [...complete(Yasqe, 'prefixes', declarations), ...complete(Yasqe, 'class', setup.classes), ...complete(Yasqe, 'property', setup.properties)];
    find('editor').hidden = false;
    editor = new Yasqe(find('editor'), {
      persistenceId: null, consumeShareLink: null, createShareableLink: null, showQueryButton: false, editorHeight: '17rem',
      autocompleters: ['variables', ...completers], value: '',
      requestConfig: { endpoint: new URL('/sparql', location).href, method: 'POST' },
    });
    editor.setValue(setup.named ? setup.text : hidden() || setup.text);
    editor.getInputField().setAttribute('aria-label', zh ? 'SPARQL 查询' : 'SPARQL query');
    editor.getWrapperElement().addEventListener('keydown', event => {
      if (event.key === 'Escape') find('run').focus(); // Tab indents: this is the way out
    });
    editor.setOption('extraKeys', Object.assign({}, editor.getOption('extraKeys'), { 'Ctrl-Enter': () => ask(), 'Cmd-Enter': () => ask() }));
    if (zh) Object.assign(Yasr.plugins.table.defaults.tableConfig.language, TABLE);
    results = new Yasr(find('results'), { persistenceId: null, maxPersistentResponseSize: 0, prefixes: setup.prefixes });
    results.plugins.table.persistentConfig = { compact: true };
    keepWords(results.plugins.table);
    results.on('drawn', dress);
    editor.on('query', () => { find('stop').hidden = false; say(zh ? '正在查询…' : 'Asking…'); });
    for (const event of ['queryResponse', 'queryAbort']) editor.on(event, () => { find('stop').hidden = true; say(''); });
    editor.on('queryResponse', (_, response, duration) => received(response, duration));
    find('plain').hidden = true;
    find('tools').hidden = false;
    find('run').addEventListener('click', () => ask());
    find('stop').addEventListener('click', () => editor.abortQuery());
    const details = find('text');
    if (details.tagName === 'DETAILS') details.addEventListener('toggle', () => editor.refresh());
    if (!setup.named && (setup.asks || hidden())) ask(true);
  }

  // To filter and sort, the table would read each value as HTML: an image in a label would be fetched.
  function keepWords(table) {
    const columns = table.getColumns.bind(table);
    const words = value => value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
    table.getColumns = () => columns().map(column => Object.assign({}, column, {
      render: (data, type, ...more) => (type === 'display' || typeof data !== 'object' ? column.render(data, type, ...more) : words(data.value)),
    }));
  }

  async function copy(button) {
    try {
      await navigator.clipboard.writeText(location.href);
      say(button.dataset.done);
    } catch (error) {
      say(location.href);
    }
  }

  const TABLE = { info: '第 _START_–_END_ 行，共 _TOTAL_ 行', infoEmpty: '0 行', infoFiltered: '（筛选自 _MAX_ 行）', zeroRecords: '没有符合的行', emptyTable: '没有结果' };
  const WORDS = { Table: '表格', Response: '原始数据', Boolean: '是否', 'Simple view': '简洁', Ellipse: '截短长文', 'Page size: ': '每页 ', All: '全部' };

  // what the table brings along is English, and leads to addresses elsewhere that this server knows itself
  function dress() {
    const root = find('results');
    for (const link of root.querySelectorAll('a.iri')) lead(link);
    const sizer = root.querySelector('.tableSizer');
    if (sizer) sizer.setAttribute('aria-label', zh ? '每页行数' : 'Rows on a page');
    if (!zh) return;
    for (const text of root.querySelectorAll('.yasr_btn span, .switch .label, .pageSizerLabel, .tableSizer option')) {
      if (WORDS[text.textContent]) text.textContent = WORDS[text.textContent];
    }
    const filter = root.querySelector('.tableFilter'), chip = root.querySelector('.yasr_response_chip');
    if (filter) { filter.placeholder = '筛选结果'; filter.setAttribute('aria-label', '筛选结果'); }
    const said = chip && /^(\d+) results?(?: in ([\d.]+) seconds?)?$/.exec(chip.innerText);
    if (said) chip.innerText = said[1] + ' 行' + (said[2] ? '，' + said[2] + ' 秒' : '');
  }

  function lead(link) {
    const iri = link.getAttribute('href') || '';
    for (const [start, path] of [[setup.base + 'id/', '/doc/id/'], [setup.prefixes.scheme, '/doc/scheme/'], [setup.prefixes.zr, '/ns#']]) {
      if (iri.startsWith(start)) link.href = path + iri.slice(start.length);
    }
  }
  for (const event of ['pointerover', 'focusin', 'click']) { // rows of later pages are drawn when they are turned to
    document.addEventListener(event, happened => {
      const link = happened.target.closest && happened.target.closest('#results a.iri');
      if (link) lead(link);
    }, true);
  }

  filterQuestions();
  const chosen = document.querySelector('.catalogue li [aria-current]'), catalogue = document.querySelector('.catalogue');
  if (chosen) catalogue.scrollTop += chosen.getBoundingClientRect().top - catalogue.getBoundingClientRect().top - catalogue.clientHeight / 3;
  document.querySelectorAll('#named input[data-type]').forEach(suggest);
  for (const button of document.querySelectorAll('button.copy')) {
    button.hidden = false;
    button.addEventListener('click', () => copy(button));
  }
  at = state();
  addEventListener('popstate', () => { if (state() !== at) location.reload(); });
  if (window.Yasgui) start();
  document.documentElement.dataset.ready = 'yes';
})();
