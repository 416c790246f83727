// What every page of the explorer can do besides being read: copy its link, apply a filter as soon as it is chosen.
(function () {
  "use strict";
  const zeren = (window.zeren = window.zeren || {});

  /** Return an element with properties and children; texts stay texts. */
  zeren.make = function (tag, properties, children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties || {})) {
      if (name === "class") element.className = value;
      else if (name.startsWith("aria-") || name.startsWith("data-") || name === "role") element.setAttribute(name, value);
      else element[name] = value;
    }
    for (const child of children || []) element.append(child);
    return element;
  };

  /** Return data that the page brought along for its scripts. */
  zeren.read = function (id) {
    const place = document.getElementById(id);
    return place ? JSON.parse(place.textContent) : null;
  };

  /** Return the address of this page, with the state of the graph that it shows. */
  zeren.permalink = function () {
    const address = new URL(location.href);
    if (document.body.dataset.snapshot) address.searchParams.set("snap", document.body.dataset.snapshot);
    return address.href;
  };

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch (error) { // no clipboard on a page of another computer, or from a disk
      const field = zeren.make("textarea", { value: text, class: "unseen" });
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
  }

  for (const button of document.querySelectorAll("[data-copy]")) {
    const words = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await copy(zeren.permalink());
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = words; }, 2000);
    });
  }

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  // paper holds every name of a list that was cut for the screen
  const opened = [];
  window.addEventListener("beforeprint", () => {
    for (const rest of document.querySelectorAll("details.rest:not([open])")) { rest.open = true; opened.push(rest); }
  });
  window.addEventListener("afterprint", () => { for (const rest of opened.splice(0)) rest.open = false; });

  // forms that filter: a choice applies at once; empty fields stay out of the address
  for (const form of document.querySelectorAll("form[data-filter]")) {
    form.addEventListener("change", (event) => {
      if (event.target.matches("select, input[type=checkbox], input[type=radio]")) form.requestSubmit ? form.requestSubmit() : form.submit();
    });
    form.addEventListener("formdata", (event) => {
      for (const [name, value] of Array.from(event.formData)) if (value === "") event.formData.delete(name);
    });
    for (const button of form.querySelectorAll("[data-apply]")) button.hidden = true;
  }
})();
