"use strict";
// Whoever signed in again in another window has another token than the forms that are open.
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  if (!token || event.detail.verb === "get") return;
  event.detail.headers["X-CSRFToken"] = token[1];
  event.detail.parameters.set("csrfmiddlewaretoken", token[1]);
});
