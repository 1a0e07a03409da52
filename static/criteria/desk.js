"use strict";
/* Where the person is after another page of an enclosure came; the page works without it. */
document.body.addEventListener("htmx:afterSettle", () => {
  const panel = document.getElementById("enclosure");
  if (!panel || panel.dataset.seen) return;
  panel.dataset.seen = "yes";
  const title = panel.querySelector("h2");
  // Below the criteria on a narrow screen: go there. Beside them: stay, but never lose the focus.
  const isBeside = window.matchMedia("(min-width: 1100px)").matches;
  if (!isBeside) panel.scrollIntoView({ block: "start" });
  if (!isBeside || document.activeElement === document.body) title.focus({ preventScroll: true });
});
const first = document.getElementById("enclosure");
if (first) first.dataset.seen = "yes";
