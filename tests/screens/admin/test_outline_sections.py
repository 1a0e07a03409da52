"""The section a line cites: typed once for the lines that share it, and read once."""

import pytest
from django.test import Client

from criteria.models import Criterion, PolicyVersion
from tests.actions.trees import line, tree_of
from tests.factories.people import paula
from tests.factories.policy import draft
from tests.helpers.admin.pages import visit
from tests.screens.admin.editor import base, element

pytestmark = pytest.mark.django_db
SECTION = "Dosing, first request"


@pytest.fixture
def version() -> PolicyVersion:
    """The small policy, whose first group and two of its lines share a section."""
    found = draft()
    pks = [line(found, key).pk for key in ("some", "igg", "kind")]
    Criterion.objects.filter(pk__in=pks).update(section=SECTION)
    return found


@pytest.fixture
def client(version: PolicyVersion) -> Client:
    return visit(paula())


@pytest.mark.parametrize(("where", "target"), [("inside", "some"), ("after", "igg")])
def test_new_line_starts_with_the_section_beside_it(
    version: PolicyVersion, client: Client, where: str, target: str
) -> None:
    at = {"kind": "question", "where": where, "target": line(version, target).pk}
    response = client.get(base(version), at)
    slot = f"slot-{where}-{at['target']}"
    field = element(response, slot).find("input", {"name": "section"})
    assert field is not None and field["value"] == SECTION


def test_section_that_was_emptied_stays_empty(version: PolicyVersion, client: Client) -> None:
    group = line(version, "some").pk
    at = {"kind": "question", "where": "inside", "target": group, "section": "", "step": "find"}
    response = client.post(f"{base(version)}line/", at | {"revision": tree_of(version).revision})
    field = element(response, f"slot-inside-{group}").find("input", {"name": "section"})
    assert field is not None and not field.get("value")


def test_section_is_read_once(version: PolicyVersion, client: Client) -> None:
    response = client.get(base(version))
    cited = {
        key: element(response, f"line-{line(version, key).pk}").select(".outline-citation")[0].text
        for key in ("some", "igg", "steroid")
    }
    assert cited["some"].startswith(f"{SECTION}, lines")
    assert cited["igg"] == "lines 10-12"
    assert cited["steroid"] == "lines 10-12"
