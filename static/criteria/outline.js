// The outline editor. htmx sends the forms; this keeps focus and typed text, and adds the keys.
// Everything else works without it.
"use strict";

const byId = (id) => document.getElementById(id);
const list = () => byId("outline-list");
const tell = (words) => {
  byId("outline-done").textContent = words;
};

// What was changed in an open form is never thrown away by opening another in its place.
const isChanged = (form) =>
  [...form.elements].some((field) =>
    field.type === "checkbox" || field.type === "radio"
      ? field.checked !== field.defaultChecked
      : field.tagName === "SELECT"
        ? [...field.options].some((option) => option.selected !== option.defaultSelected)
        : "defaultValue" in field && field.type !== "hidden" && field.value !== field.defaultValue
  );

const changedIn = (slot) => {
  const form = slot?.querySelector("form");
  return form && (form.dataset.touched || isChanged(form)) ? form : null;
};

document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt, target, requestConfig } = event.detail;
  const opens = requestConfig.verb === "get" && target?.classList.contains("outline-slot");
  const form = opens && changedIn(target);
  if (form) {
    event.preventDefault();
    tell("This form is open and holds changes: save or close it first.");
    form.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  } else if (opens) {
    elt.closest("details")?.removeAttribute("open");
  }
});

// A form that was sent on to its next step holds typed text although it was drawn just now.
let sent = null;
document.addEventListener("htmx:configRequest", (event) => {
  const { verb, parameters } = event.detail;
  if (verb !== "post") return;
  sent = { revision: parameters.revision, step: parameters.step };
});

// Signed out meanwhile: the sign-in page must not take the place of what was asked for.
const pathOf = (url) => new URL(url, location.href).pathname;
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig } = event.detail;
  if (xhr.responseURL && pathOf(xhr.responseURL) !== pathOf(requestConfig.path)) {
    event.detail.shouldSwap = false;
    tell("You are signed out. Sign in again in another window, then press once more.");
  }
});
for (const name of ["htmx:sendError", "htmx:responseError"]) {
  document.addEventListener(name, () => tell("That did not work, and nothing was saved. Press again."));
}

// Forms of lines that are gone keep what was typed: they move to the top of the outline.
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const { target, fragment } = event.detail;
  if (target.id !== "outline-list") return;
  for (const slot of target.querySelectorAll(".outline-slot")) {
    if (!changedIn(slot) || fragment.querySelector(`#${slot.id}`)) continue;
    const kept = slot.cloneNode(false);
    kept.setAttribute("hx-preserve", "true");
    fragment.querySelector(".outline-orphans").append(kept);
  }
});

// Open forms that saw what this answer was made from have seen its outcome too.
document.addEventListener("htmx:afterSwap", (event) => {
  const { xhr } = event.detail;
  const revision = list().dataset.revision;
  if (!sent || !xhr) return;
  if (xhr.status < 300) {
    for (const field of document.querySelectorAll("form input[name=revision]")) {
      const isOpen = field.closest(".outline-slot");
      if (!isOpen || field.value === sent.revision) field.value = revision;
    }
  }
  const form = event.detail.target?.querySelector?.(".outline-form");
  if (form && sent.step) form.dataset.touched = "yes";
});

// After a change the person goes on where it happened, unless the focus is somewhere already.
document.addEventListener("outline:focus", (event) => {
  const lost = !document.activeElement || document.activeElement === document.body;
  if (lost) byId(event.detail.id)?.focus({ preventScroll: event.detail.id === "undo" });
});

document.addEventListener("click", (event) => {
  const close = event.target.closest("[data-close]");
  if (close) {
    event.preventDefault();
    shut(close.closest(".outline-slot"));
  }
});

const shut = (slot) => {
  const item = slot.closest(".outline-item");
  slot.replaceChildren();
  item?.querySelector(".outline-title")?.focus();
};

// Keys: presses that come while an answer is under way wait for it.
const KEYS = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "out", ArrowRight: "in" };
const waiting = [];
let busy = false;

const pressNext = () => {
  const next = waiting.shift();
  if (next) byId(`line-${next.line}`)?.querySelector(`:scope > .outline-line button[value=${next.act}]`)?.click();
};
const press = (line, act) => {
  waiting.push({ line, act });
  if (!busy) pressNext();
};
document.addEventListener("htmx:beforeSend", () => (busy = true));
document.addEventListener("htmx:afterRequest", () => {
  busy = false;
  setTimeout(pressNext);
});

document.addEventListener("keydown", (event) => {
  const line = event.target.closest?.(".outline-line");
  if (event.key === "Escape") {
    const slot = event.target.closest?.(".outline-slot");
    if (slot && !changedIn(slot)) shut(slot);
    return;
  }
  if (!line || event.target.matches("input, select, textarea")) return;
  const act = KEYS[event.key];
  if (event.altKey && act) {
    event.preventDefault();
    press(line.dataset.line, act);
  } else if (event.target.matches(".outline-title") && !event.altKey) {
    step(event, line);
  }
});

const step = (event, line) => {
  if (event.key === "Delete") {
    event.preventDefault();
    press(line.dataset.line, "delete");
  } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
    event.preventDefault();
    const titles = [...document.querySelectorAll(".outline-title")];
    titles[titles.indexOf(event.target) + (event.key === "ArrowUp" ? -1 : 1)]?.focus();
  }
};
