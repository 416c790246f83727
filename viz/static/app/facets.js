// The bar of filters: one of them is open at a time, none leaves the window, a long one can be searched.
(function () {
  "use strict";
  const form = document.getElementById("asked");
  if (!form) return;

  function picks() {
    return Array.from(form.querySelectorAll("details.pick"));
  }

  form.addEventListener("toggle", (event) => {
    const pick = event.target;
    if (!pick.open || !pick.matches("details.pick")) return;
    for (const other of picks()) if (other !== pick) other.open = false;
    const panel = pick.querySelector(".panel"), field = pick.querySelector(".within");
    pick.classList.remove("flip");
    if (panel.getBoundingClientRect().right > document.documentElement.clientWidth - 8) pick.classList.add("flip");
    if (field) field.hidden = false;
  }, true);

  document.addEventListener("click", (event) => {
    if (!event.target.closest("details.pick")) for (const pick of picks()) pick.open = false;
  });

  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const pick = event.target.closest("details.pick[open]");
    if (!pick) return;
    pick.open = false;
    pick.querySelector("summary").focus();
  });

  form.addEventListener("input", (event) => {
    if (!event.target.matches(".within")) return;
    const words = event.target.value.trim().toLowerCase();
    for (const item of event.target.closest(".panel").querySelectorAll("li")) item.hidden = !item.textContent.toLowerCase().includes(words);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches(".within")) event.preventDefault();
  });
})();
