"use strict";
/* Small helps for people with JavaScript; every page works without them. */

const saved = () => document.getElementById("saved");

function say(text) {
  if (saved()) saved().innerHTML = "<strong class=\"not-saved\"></strong>";
  if (saved()) saved().firstChild.textContent = text;
}

// Each save of this window has a number: one that is overtaken on its way is not written.
const press = document.getElementById("press");
function counted() {
  if (press) press.value = String(Number(press.value) + 1);
  return press?.value;
}
let isLeaving = false;
document.querySelector(".page-form")?.addEventListener("submit", () => {
  counted();
  isLeaving = true;
});
window.addEventListener("pageshow", () => { isLeaving = false; });

document.body.addEventListener("htmx:configRequest", (event) => {
  if (isLeaving && event.detail.verb === "post") event.preventDefault();
  if (event.detail.verb === "post") event.detail.parameters.set("press", counted());
});

document.body.addEventListener("htmx:sendError", () => say("Not saved: no connection. Go on, then save again."));
document.body.addEventListener("htmx:timeout", () => say("Not saved: the server is slow. Save again in a moment."));
document.body.addEventListener("htmx:responseError", () => say("Not saved: something went wrong. Press Save to try again."));

// A problem under a field is told to screen readers on the field itself.
function markInvalid() {
  for (const field of document.querySelectorAll("[data-field], .question")) {
    const name = field.dataset.field ?? field.id.replace("id_", "");
    const wrong = !field.classList.contains("is-typing") && document.querySelector(`#note-${CSS.escape(name)} :is(.problem, .confirm:not(.confirm-done))`) !== null;
    for (const input of field.querySelectorAll(":is(input:not([type=hidden]), select, textarea):not(details *, .note *)")) {
      if (wrong) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
  }
}
document.body.addEventListener("htmx:afterSettle", markInvalid);
markInvalid();

// Words in a code field are a search: that they are no code is said once the person has left it.
for (const field of document.querySelectorAll("[data-codes]")) {
  const isInside = (node) => field.contains(node) || document.getElementById(field.dataset.codes)?.contains(node);
  field.addEventListener("input", () => {
    field.classList.add("is-typing");
    markInvalid();
  });
  document.addEventListener("focusin", (event) => {
    if (isInside(event.target)) return;
    field.classList.remove("is-typing");
    markInvalid();
  });
  field.addEventListener("focusout", (event) => {
    // Nothing else took the focus: a click beside the fields.
    if (event.relatedTarget && isInside(event.relatedTarget)) return;
    field.classList.remove("is-typing");
    markInvalid();
  });
}

document.getElementById("error-summary")?.focus();

// On a narrow screen the panel starts folded, so that the question comes first.
const panel = document.querySelector("#panel > details");
if (panel && window.matchMedia("(max-width: 991px)").matches) panel.open = false;
let isOpen = panel?.open;
document.body.addEventListener("htmx:beforeSwap", () => {
  isOpen = document.querySelector("#panel > details")?.open;
});
document.body.addEventListener("htmx:afterSwap", () => {
  const now = document.querySelector("#panel > details");
  if (now && isOpen !== undefined) now.open = isOpen;
});

for (const button of document.querySelectorAll(".js-only")) button.hidden = false;
for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}
for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy);
    text.select();
    await navigator.clipboard?.writeText(text.value);
    button.textContent = "Copied";
  });
}

// What was typed into the search before the page was ready is searched for too.
document.addEventListener("DOMContentLoaded", () => {
  const search = document.getElementById("search");
  if (search && search.value !== search.defaultValue) {
    search.dispatchEvent(new Event("input", { bubbles: true }));
  }
});
