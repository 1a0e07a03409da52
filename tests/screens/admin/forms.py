"""Fills in the forms of the admin as a browser does."""

from typing import Any

from bs4 import BeautifulSoup
from django.test import Client


def fields_of(html: str) -> dict[str, Any]:
    """What a browser would send back of the form of a page."""
    form: Any = BeautifulSoup(html, "html.parser").select_one("form[id$=_form]")
    sent: dict[str, Any] = {}
    for field in form.select("input, textarea, select"):
        name, kind = field.get("name"), field.get("type")
        if not name or kind in ("submit", "file") or name == "csrfmiddlewaretoken":
            continue
        if kind in ("checkbox", "radio") and not field.has_attr("checked"):
            continue
        if field.name == "select":
            values = [o["value"] for o in field.select("option[selected]")]
            if values or not field.has_attr("multiple"):
                sent[name] = values if field.has_attr("multiple") else (values or [""])[0]
        elif field.name == "textarea":
            sent[name] = field.text.removeprefix("\r\n").removeprefix("\n")
        else:
            sent[name] = field.get("value", "on" if kind == "checkbox" else "")
    return sent


def edit(client: Client, url: str, **changes: Any) -> Any:
    """Open a page, change some fields, save."""
    sent = fields_of(client.get(url).text) | changes
    return client.post(url, {k: v for k, v in sent.items() if v is not None})


def errors_of(response: Any) -> dict[str, list[str]]:
    assert response.status_code == 200, response.get("Location")
    found: dict[str, list[str]] = response.context["adminform"].form.errors
    return found
