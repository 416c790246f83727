/* Says in a browser that is too old for the scripts of these pages that they can still be read. Itself in the oldest syntax. */
(function () {
  var said = false;
  function say() {
    if (said) return;
    said = true;
    var states = document.getElementById("states"), note = document.createElement("p");
    note.className = "notice state";
    note.appendChild(document.createTextNode(states.getAttribute("data-old")));
    states.appendChild(note);
  }
  var able = typeof Promise === "function" && typeof Promise.allSettled === "function" && typeof URLSearchParams === "function" && typeof fetch === "function";
  if (!able) say();
  window.addEventListener("error", function (event) { if (event.error && event.error.name === "SyntaxError") say(); });
})();
