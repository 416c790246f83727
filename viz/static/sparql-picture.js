// The answer to a query of one's own as a chart or a graph: the server draws, this puts it beside the table.
(function () {
  'use strict';
  const find = id => document.getElementById(id);
  const asking = window.zeren && window.zeren.asking;
  if (!asking || asking.setup.named) return;
  const words = asking.setup.words, place = find('pictures');
  let turn = 0; // the latest request; an older answer comes too late

  function clear() {
    while (place.firstChild) place.removeChild(place.firstChild);
  }

  function forms() {
    const kind = asking.kind();
    return kind === 'SELECT' ? ['', 'bar', 'line'] : kind === 'CONSTRUCT' || kind === 'DESCRIBE' ? ['', 'graph'] : [];
  }

  function menu() {
    const nav = document.createElement('nav');
    nav.className = 'shows';
    nav.setAttribute('aria-label', words.show_as);
    for (const form of forms()) {
      const link = document.createElement('a');
      link.textContent = words['show_' + (form || 'table')];
      link.dataset.show = form;
      if (form === asking.picture.show) link.setAttribute('aria-current', 'true');
      nav.append(link);
    }
    return nav;
  }

  function link() { // each way of showing has an address of its own
    const now = Object.assign({}, asking.picture);
    for (const one of place.querySelectorAll('.shows a')) {
      Object.assign(asking.picture, one.dataset.show ? { show: one.dataset.show } : { show: '', x: '', y: '' });
      one.href = asking.address();
      Object.assign(asking.picture, now);
    }
  }

  async function draw() {
    const own = ++turn, show = asking.picture.show;
    clear();
    if (!forms().length) return;
    place.append(menu());
    place.hidden = false;
    link();
    if (!show) return;
    asking.say(words.picture_waits);
    const params = { q: asking.text(), show: show, x: asking.picture.x, y: asking.picture.y, lang: asking.setup.lang };
    let content = '';
    try {
      content = await (await fetch('/sparql/picture?' + new URLSearchParams(params))).text();
    } catch (error) {
      content = '';
    }
    if (own !== turn) return;
    asking.say(content ? '' : words.picture_gone);
    const picture = new DOMParser().parseFromString(content, 'text/html').getElementById('picture');
    if (!picture) return;
    clear();
    const nav = picture.querySelector('.shows');
    if (nav) nav.parentNode.replaceChild(menu(), nav);
    else picture.prepend(menu());
    place.append(document.adoptNode(picture));
    link();
  }

  function turnTo(changed) {
    Object.assign(asking.picture, changed);
    asking.remember();
    draw();
  }

  place.addEventListener('click', event => {
    const chosen = event.target.closest('.shows a');
    if (!chosen || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    turnTo(chosen.dataset.show ? { show: chosen.dataset.show } : { show: '', x: '', y: '' });
    const now = place.querySelector('.shows [aria-current]');
    if (now) now.focus();
  });
  place.addEventListener('change', event => {
    if (event.target.matches('#pictured select')) turnTo({ x: find('pictured').elements.x.value, y: find('pictured').elements.y.value });
  });
  place.addEventListener('submit', event => event.preventDefault());

  let last = asking.setup.text;
  asking.asked.push(() => { // another question has columns of its own
    clear();
    turn += 1;
    if (asking.text() !== last) Object.assign(asking.picture, { show: '', x: '', y: '' });
    last = asking.text();
  });
  asking.answered.push(draw);
})();
