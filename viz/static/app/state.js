// What can become of a page while it is open: the data are built anew, the server goes away, its link is of other data; and what takes long.
(function () {
  "use strict";
  const zeren = (window.zeren = window.zeren || {});
  const states = document.getElementById("states"), mine = document.body.dataset.snapshot, served = Boolean(document.body.dataset.served);
  const EVERY = 30000, SLOW = 1000, LATE = 5000, PATIENCE = 8000;
  if (!states) return;
  const words = states.dataset, make = zeren.make;

  // --- banners

  function say(name, text, action, act) {
    if (document.getElementById("state-" + name)) return;
    const button = action ? [make("button", { type: "button", onclick: act }, [action])] : [];
    states.append(make("p", { id: "state-" + name, class: "notice state" }, [make("span", {}, [text]), ...button]));
  }

  function unsay(name) {
    const banner = document.getElementById("state-" + name);
    if (banner) banner.remove();
  }

  // --- the server: is it there, and does it have the data of this page?

  let looking = false;
  /** Look whether the server is there, say what became of it, and return whether it is. */
  async function look() {
    if (!window.fetch) return true; // a link finds out
    if (looking) return !document.getElementById("state-gone");
    looking = true;
    const giving = window.AbortController ? new AbortController() : null, patience = setTimeout(() => giving && giving.abort(), PATIENCE);
    try {
      const answer = await fetch("/api/meta", { cache: "no-store", credentials: "same-origin", signal: giving ? giving.signal : undefined });
      unsay("gone");
      const now = answer.ok ? (await answer.json()).snapshot : mine;
      if (mine && now && now !== mine) say("changed", words.changed, words.reload, reload);
      else unsay("changed");
      return true;
    } catch (error) {
      say("gone", words.gone, words.retry, look);
      return false;
    } finally {
      clearTimeout(patience);
      looking = false;
    }
  }

  function reload() {
    const address = new URL(location.href);
    address.searchParams.delete("snap"); // the page will be of the data that are there now
    if (address.href === location.href) location.reload(); else location.replace(address.href);
  }

  if (served) {
    setInterval(() => { if (!document.hidden) look(); }, EVERY);
    document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
    window.addEventListener("focus", look);
    window.addEventListener("online", look);
  } else {
    const named = new URLSearchParams(location.search).get("snap");
    if (named && mine && named !== mine) say("stale", words.stale);
    const asked = document.getElementById("asked"), page = new URLSearchParams(location.search).get("page");
    if (asked && page) { asked.querySelector("code").textContent = page; asked.hidden = false; }
  }

  zeren.look = look;

  /**
   * Fetch JSON, and say in a place of the page what becomes of it: after a second that it is being read, after five that it can be
   * given up, and if it fails that it can be tried again. Return the answer, or null.
   */
  zeren.load = async function (url, place) {
    const giving = window.AbortController ? new AbortController() : null;
    const note = make("p", { class: "waiting", role: "status" });
    let ended = false;
    const stop = () => { ended = true; if (giving) giving.abort(); note.remove(); };
    const slow = setTimeout(() => { note.append(words.loading); place.prepend(note); }, SLOW);
    const late = setTimeout(() => { note.append(" ", make("button", { type: "button", onclick: stop }, [words.cancel])); }, LATE);
    try {
      const answer = await fetch(url, { credentials: "same-origin", signal: giving ? giving.signal : undefined });
      if (!answer.ok) throw new Error(String(answer.status));
      const content = await answer.json();
      note.remove();
      return ended ? null : content;
    } catch (error) {
      if (ended) return null;
      note.textContent = "";
      place.prepend(note);
      return new Promise((resolve) => {
        const again = () => { note.remove(); resolve(zeren.load(url, place)); };
        note.append(words.failed, " ", make("button", { type: "button", onclick: again }, [words.retry]));
      });
    } finally {
      clearTimeout(slow);
      clearTimeout(late);
    }
  };
})();
