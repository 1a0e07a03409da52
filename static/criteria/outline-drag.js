// Dragging lines of the outline: onto the upper part of a line goes before it, the lower part after
// it; of a group, the upper third goes before it and the rest inside.
"use strict";

let dragged = null;

const whereIn = (line, y) => {
  if (line.dataset.where) return line.dataset.where;
  const { top, height } = line.getBoundingClientRect();
  const part = (y - top) / height;
  if ("group" in line.dataset && part > 0.3) return "inside";
  return part < 0.5 ? "before" : "after";
};
const mark = (line, where) => {
  for (const each of document.querySelectorAll("[data-drop]")) delete each.dataset.drop;
  if (line) line.dataset.drop = where;
};
const under = (event) => dragged && event.target.closest?.(".outline-line[data-line]");

document.addEventListener("dragstart", (event) => {
  const handle = event.target.closest?.(".outline-handle");
  if (!handle) return;
  dragged = handle.closest(".outline-line").dataset.line;
  event.dataTransfer.setData("text/plain", dragged);
  event.dataTransfer.effectAllowed = "move";
});
document.addEventListener("dragover", (event) => {
  const line = under(event);
  mark(line, line && whereIn(line, event.clientY));
  if (line) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  const line = under(event);
  if (!line) return;
  event.preventDefault();
  const form = document.getElementById("outline-drop");
  form.elements.line.value = dragged;
  form.elements.target.value = line.dataset.line;
  form.elements.where.value = whereIn(line, event.clientY);
  if (line.dataset.line !== dragged || line.dataset.where) form.querySelector("button").click();
});
document.addEventListener("dragend", () => {
  dragged = null;
  mark(null);
});
