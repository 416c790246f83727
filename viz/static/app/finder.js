// The search of kg/search, for pages without a server: the same columns, the same grades, the same order (tests compare).
(function () {
  "use strict";
  const zeren = (window.zeren = window.zeren || {});
  const EXACT = 0, PREFIX = 1, INSIDE = 2, LETTERS = 3, LETTERS_INSIDE = 4, NOT = 5;
  const WORDS = 8, LONGEST = 60;
  const SILENT = /[\p{C}\p{P}\p{Z}]/u, LATIN = /^[0-9]*[a-z][a-z0-9]*$/, SMALL = /[a-z]+/g;

  /** Return a function that folds texts: width, case, Traditional characters, spaces and punctuation make no difference. */
  function makeFold(simple) {
    const pairs = Array.from(simple), known = new Map(), folded = new Map();
    for (let i = 0; i < pairs.length; i += 2) known.set(pairs[i], pairs[i + 1]);
    const foldChar = (char) => {
      if (!folded.has(char)) {
        const parts = Array.from(char.normalize("NFKC").toLowerCase()).filter((part) => !SILENT.test(part));
        folded.set(char, parts.map((part) => known.get(part) || part).join(""));
      }
      return folded.get(char);
    };
    const fold = (text) => Array.from(text, foldChar).join("");
    return { fold, foldChar };
  }

  const isSmall = (char) => char >= "a" && char <= "z";
  const initials = (sound) => sound.replace(SMALL, "").toLowerCase();
  const longestFirst = (one, other) => Array.from(other).length - Array.from(one).length || (one < other ? -1 : 1);

  /** Return how well each of many texts fits a word. */
  function gradeTexts(texts, word) {
    const grades = new Uint8Array(texts.length).fill(NOT);
    texts.forEach((text, i) => {
      const at = text.indexOf(word);
      if (at >= 0) grades[i] = at > 0 ? INSIDE : text.length === word.length ? EXACT : PREFIX;
    });
    return grades;
  }

  function gradeSound(sound, word) {
    const letters = initials(sound).indexOf(word), whole = sound.toLowerCase();
    if (letters === 0) return LETTERS;
    let grade = letters > 0 ? LETTERS_INSIDE : NOT;
    for (let at = whole.indexOf(word); at >= 0; at = whole.indexOf(word, at + 1)) {
      if (at === 0) return LETTERS;
      if (!isSmall(sound[at])) grade = LETTERS_INSIDE;
    }
    return word.length > 1 ? grade : NOT;
  }

  /** Take the rows of one file; files may come in any order. */
  zeren.addNames = function (start, columns) {
    for (const [name, values] of Object.entries(columns)) values.forEach((value, i) => { zeren.index[name][start + i] = value; });
  };

  zeren.makeFinder = function (index) {
    const { fold, foldChar } = makeFold(index.simple);
    const names = index.names.map(fold), places = index.places.map(fold), count = index.paths.length;
    const better = (grades, others) => { others.forEach((grade, i) => { if (grade < grades[i]) grades[i] = grade; }); };

    function split(text) {
      const words = text.replace(/\ufeff/g, "").split(/[\s\x1c-\x1f\x85]+/).filter(Boolean).slice(0, WORDS);
      return Array.from(new Set(words.map((word) => Array.from(fold(word)).slice(0, LONGEST).join("")).filter(Boolean)));
    }

    // 石家庄市发改委 is 市发改委 in 石家庄, too
    function readings(word) {
      const found = [[word, ""]];
      for (const [region, letters] of index.regions) {
        if (word.startsWith(region) && word !== region) found.push([word.slice(region.length), region]);
        else if (word.startsWith(letters) && Math.min(letters.length, word.length - letters.length) >= 2) found.push([word.slice(letters.length), region]);
      }
      return found;
    }

    function search(text) {
      const words = split(text), graded = new Map(), placed = new Map(), read = new Map(words.map((word) => [word, readings(word)]));

      function gradeNames(part) {
        if (!graded.has(part)) {
          const grades = gradeTexts(names, part);
          if (LATIN.test(part)) index.sounds.forEach((sound, i) => { if (grades[i] > LETTERS) grades[i] = Math.min(grades[i], gradeSound(sound, part)); });
          graded.set(part, grades);
        }
        return graded.get(part);
      }

      function inPlace(word) {
        if (!placed.has(word)) placed.set(word, gradeTexts(places, word));
        return placed.get(word);
      }

      function spread(grades) {
        const sets = index.sets.map((members) => members.reduce((best, name) => Math.min(best, grades[name]), NOT));
        return Uint8Array.from(index.labels, (label, i) => Math.min(grades[label], sets[index.others[i]]));
      }

      function gradeThings(word) {
        const grades = new Uint8Array(count).fill(NOT);
        for (const [part, region] of read.get(word)) {
          const byName = gradeNames(part);
          if (byName.every((grade) => grade === NOT)) continue;
          const fits = spread(byName), there = region ? inPlace(region) : null;
          if (there) fits.forEach((_, i) => { if (there[index.where[i]] === NOT) fits[i] = NOT; });
          better(grades, fits);
        }
        return grades;
      }

      const total = new Uint8Array(count), named = new Uint8Array(count);
      for (const word of words) {
        const grades = gradeThings(word), there = inPlace(word);
        for (let i = 0; i < count; i++) {
          if (grades[i] < NOT) { named[i] = 1; total[i] = Math.max(total[i], grades[i]); }
          else total[i] = there[index.where[i]] < NOT ? Math.max(total[i], INSIDE) : NOT;
        }
      }
      for (let i = 0; i < count; i++) if (!named[i]) total[i] = NOT;

      const badly = (name) => words.reduce((sum, word) => sum + Math.min(...read.get(word).map(([part]) => gradeNames(part)[name])), 0);

      function entry(i) {
        const label = index.labels[i];
        let matched = label, least = badly(label);
        for (const name of index.sets[index.others[i]]) {
          const score = badly(name);
          if (score < least) { matched = name; least = score; }
        }
        const parts = words.map((word) => read.get(word).map(([part]) => part));
        return {
          kind: index.kinds[i], path: index.paths[i], spot: index.spots[i], label: index.names[label], place: index.places[index.where[i]], note: index.notes[i],
          matched: matched === label ? "" : index.names[matched], marks: findMarks(index.names[matched], index.sounds[matched], parts, foldChar), grade: total[i],
        };
      }

      return { words, total, entry };
    }

    function pick(found, kind, limit) {
      const places = [];
      for (let grade = EXACT; grade < NOT && places.length < limit; grade++) {
        for (let i = 0; i < count && places.length < limit; i++) if (found.total[i] === grade && (!kind || index.kinds[i] === kind)) places.push(i);
      }
      return places.map(found.entry);
    }

    /** Return what was found by kind, that of the best one first: as /api/search answers. */
    function group(text, kind, limit) {
      const found = search(text), counts = new Map();
      let total = 0;
      for (let i = 0; i < count; i++) {
        if (found.total[i] === NOT) continue;
        const known = counts.get(index.kinds[i]) || { kind: index.kinds[i], best: NOT, total: 0, at: i };
        if (found.total[i] < known.best) { known.best = found.total[i]; known.at = i; }
        known.total++; total++;
        counts.set(known.kind, known);
      }
      const order = Array.from(counts.values()).sort((one, other) => one.best - other.best || one.at - other.at);
      const shown = order.filter((one) => !kind || one.kind === kind);
      const groups = shown.map((one) => {
        const hits = pick(found, one.kind, limit);
        return { kind: one.kind, hits, cut: { shown: hits.length, total: one.total } };
      });
      return { words: text, kind: kind || "", total, counts: order.map((one) => [one.kind, one.total]), groups };
    }

    const find = (text, limit) => pick(search(text), "", limit || 20);
    return { find, group, fold };
  };

  // --- which characters of a name fit the words

  function findMarks(name, sound, words, foldChar) {
    const owner = [], folded = [];
    Array.from(name).forEach((char, number) => { for (const part of Array.from(foldChar(char))) { owner.push(number); folded.push(part); } });
    const letters = Array.from(initials(sound)), found = new Set();
    const add = (start, length) => { for (let i = owner[start]; i <= owner[start + length - 1]; i++) found.add(i); };
    for (const readings of words) {
      const parts = readings.slice().sort(longestFirst).map((part) => Array.from(part));
      const hit = parts.map((part) => [Math.max(locate(folded, part), letters.length === folded.length ? locate(letters, part) : -1), part.length]).find(([at]) => at >= 0);
      if (hit) add(hit[0], hit[1]);
      else markSpoken(parts, sound, owner.length, add);
    }
    return stretches(found);
  }

  function locate(chars, part) {
    for (let at = 0; at + part.length <= chars.length; at++) if (part.every((char, i) => chars[at + i] === char)) return at;
    return -1;
  }

  function markSpoken(parts, sound, length, add) {
    const chars = Array.from(sound), starts = chars.map((char, at) => (isSmall(char) ? -1 : at)).filter((at) => at >= 0);
    if (starts.length !== length) return;
    const whole = Array.from(sound.toLowerCase());
    for (const part of parts) {
      for (let first = 0; first < starts.length; first++) {
        if (!part.every((char, i) => whole[starts[first] + i] === char)) continue;
        add(first, starts.filter((at) => at < starts[first] + part.length).length - first);
        return;
      }
    }
  }

  function stretches(places) {
    const ordered = Array.from(places).sort((one, other) => one - other);
    const starts = ordered.filter((place) => !places.has(place - 1)), ends = ordered.filter((place) => !places.has(place + 1));
    return starts.map((start, i) => [start, ends[i] + 1]);
  }
})();
