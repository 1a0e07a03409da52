"use strict";
/* A file on its way: how far it is, and what to do when it does not arrive. It works without. */

const byId = (id) => document.getElementById(id);
const isUpload = (event) => event.detail.elt?.id === "add-document";
const files = () => [...(byId("id_file")?.files ?? [])];
const LOST = "The upload stopped. Nothing else was lost. Choose the file again.";

function tell(words, share) {
  byId("upload-state").hidden = !words;
  byId("upload-words").textContent = words;
  // Without a value the bar only says that something is going on.
  if (share === undefined) byId("upload-progress").removeAttribute("value");
  else byId("upload-progress").value = share;
}

function complain(words) {
  if (!byId("upload-problem")) return;
  tell("");
  // One answer at a time: what was said of the file before is over.
  for (const said of document.querySelectorAll("#documents .note .problem")) said.remove();
  for (const field of document.querySelectorAll("#documents [aria-invalid]")) field.removeAttribute("aria-invalid");
  byId("upload-problem").hidden = !words;
  byId("upload-problem").textContent = words ? `✕ ${words}` : "";
}

// What the server would refuse for its size is not sent at all.
function tooMuch() {
  const { mostBytes, mostFiles } = byId("id_file").dataset;
  const large = files().find((file) => file.size > Number(mostBytes));
  const megabytes = Math.floor(Number(mostBytes) / 1048576);
  if (large) return `${large.name} is larger than ${megabytes} MB. Scan it in grey or at 200 dpi, or attach it in parts.`;
  if (files().length > Number(mostFiles)) return `Add at most ${mostFiles} documents at once. You chose ${files().length}.`;
  return "";
}

document.body.addEventListener("htmx:beforeRequest", (event) => {
  if (!isUpload(event)) return;
  const problem = tooMuch();
  complain(problem);
  if (problem) event.preventDefault();
  else if (files().length) tell("Sending: 0 %", 0);
});

document.body.addEventListener("htmx:xhr:progress", (event) => {
  const { loaded, total, lengthComputable } = event.detail;
  if (!isUpload(event) || !lengthComputable || byId("upload-state").hidden) return;
  const share = Math.floor((100 * loaded) / total);
  // The answer has a progress of its own, which comes when all was sent.
  if (byId("upload-progress").hasAttribute("value")) tell(`Sending: ${share} %`, share);
  if (share === 100) tell("Checking the document");
});

for (const name of ["htmx:sendError", "htmx:sendAbort", "htmx:timeout", "htmx:responseError"]) {
  document.body.addEventListener(name, (event) => {
    if (isUpload(event)) complain(LOST);
  });
}

// What is wrong is read out, and the keyboard goes on from there.
document.body.addEventListener("htmx:afterSettle", () => {
  byId("documents")?.querySelector("input[aria-invalid]")?.focus();
});

const form = document.querySelector(".page-form");
const isOfDocument = (node) => node.closest?.(".add-document") !== null;

// The fields of a document are sent by its own button: typing there saves nothing.
for (const name of ["input", "change"]) {
  form?.addEventListener(name, (event) => {
    if (isOfDocument(event.target)) event.stopImmediatePropagation();
  }, true);
}
form?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.localName !== "input" || !isOfDocument(event.target)) return;
  event.preventDefault();
  byId("add-document").click();
});

// A file that was chosen and not added would be left behind: said once, then it is the person's wish.
let wasTold = false;
form?.addEventListener("submit", (event) => {
  const leavesFile = files().length && !isOfDocument(event.submitter ?? form) && !wasTold;
  if (!leavesFile) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  wasTold = true;
  byId("add-document").closest("details").open = true;
  complain(`${files()[0].name} is chosen but not added. Add it, or press your button again to go on without it.`);
  byId("add-document").focus();
}, true);
