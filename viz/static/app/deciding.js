// Forms that write decisions: the browser remembers who decides.
(function () {
  "use strict";
  const NAME = "zeren-by";

  function remembered() {
    try { return localStorage.getItem(NAME) || ""; } catch (error) { return ""; }
  }

  function remember(name) {
    try { localStorage.setItem(NAME, name); } catch (error) { /* a browser that keeps nothing */ }
  }

  for (const field of document.querySelectorAll("[data-remember]")) if (!field.value) field.value = remembered();

  document.addEventListener("submit", (event) => {
    const field = event.target.querySelector("[data-remember]");
    if (field && field.value.trim()) remember(field.value.trim());
  });

  const done = document.getElementById("done");
  if (done && location.hash === "#done") done.focus({ preventScroll: false });
})();
