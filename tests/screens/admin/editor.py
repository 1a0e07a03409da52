"""Uses the outline editor as a browser does, with htmx and without."""

from typing import Any

from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.urls import reverse

from criteria.models import PolicyVersion, Question
from tests.actions.trees import line, tree_of

HTMX = {"HX-Request": "true"}


def base(version: PolicyVersion) -> str:
    """The editor of the first pathway."""
    return reverse("admin:criteria_outline", args=[tree_of(version).pk])


def soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.text, "html.parser")


def element(response: Any, id: str) -> Tag:
    found = soup(response).find(id=id)
    assert isinstance(found, Tag), response.text[:2000]
    return found


def do(client: Client, version: PolicyVersion, verb: str, key: str = "", **given: Any) -> Any:
    """Press a button of a line; ``plain=True`` without htmx."""
    headers = {} if given.pop("plain", False) else HTMX
    sent: dict[str, Any] = {"do": verb, "revision": tree_of(version).revision}
    if key:
        sent["line"] = line(version, key).pk
    return client.post(f"{base(version)}do/", sent | given, headers=headers)


def send(client: Client, version: PolicyVersion, **given: Any) -> Any:
    """Send the form of a line; ``plain=True`` without htmx."""
    headers = {} if given.pop("plain", False) else HTMX
    sent = {"step": "save", "revision": tree_of(version).revision}
    return client.post(f"{base(version)}line/", sent | given, headers=headers)


def new(version: PolicyVersion, key: str, where: str = "after", **given: Any) -> dict[str, Any]:
    """What the form of a new line sends: a question, at a place, with what every line needs."""
    place = {"kind": "question", "where": where, "target": line(version, key).pk}
    return place | {"title": "New line", "lines": "10"} | given


def asking(version: PolicyVersion, key: str) -> dict[str, Any]:
    """The question of a line, and that the form showed its passing condition."""
    question = Question.objects.get(version=version, key=key)
    return {"question": question.pk, "asked": question.type}


def fields_of(form: Tag) -> dict[str, Any]:
    """What a browser would send of a form of the outline, but for its buttons."""
    sent: dict[str, Any] = {}
    for field in form.select("input, textarea, select"):
        name, kind = str(field.get("name")), field.get("type")
        if kind in ("checkbox", "radio") and not field.has_attr("checked"):
            continue
        if field.name == "select":
            sent[name] = next((o["value"] for o in field.select("option[selected]")), "")
        elif kind == "checkbox":
            sent.setdefault(name, []).append(field.get("value", "on"))
        elif field.name == "textarea":
            sent[name] = field.text.removeprefix("\r\n").removeprefix("\n")
        else:
            sent[name] = field.get("value", "")
    sent.pop("csrfmiddlewaretoken", None)
    return sent
