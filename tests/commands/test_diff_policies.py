"""The command that prints what changed between two editions."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from tests.factories.policy import draft
from tests.screens.library.shelf import KEY, first_and_second

FILES = Path(settings.BASE_DIR) / "fixtures" / "policies"


def diff(*said: str) -> str:
    out = StringIO()
    call_command("diff_policies", *said, stdout=out)
    return out.getvalue()


def refused(*said: str) -> str:
    with pytest.raises(CommandError) as caught:
        diff(*said)
    assert caught.value.returncode == 2
    return str(caught.value)


def revision(number: str) -> str:
    return str(FILES / f"cms-{number}.yaml")


def test_two_files() -> None:
    text = diff(revision("R4"), revision("R5"))
    assert "1 ICD-10-CM code added." in text
    assert "**D81.82**" in text


def test_as_data() -> None:
    data = json.loads(diff(revision("R4"), revision("R5"), "--json"))
    assert data["counts"] == {"icd10": {"added": 1}}


def test_nothing_differs_is_no_failure() -> None:
    assert "Nothing differs" in diff(revision("R4"), revision("R4"))


@pytest.mark.django_db
def test_stored_editions_also_drafts() -> None:
    first_and_second()
    draft(number="3", effective_from="2023-01-01")
    assert "1 ICD-10-CM code added." in diff(f"{KEY}:1", f"{KEY}:2/b")
    assert "what changed from 2/b to 3" in diff(f"{KEY}:2/b", f"{KEY}:3")


@pytest.mark.django_db
def test_unknown_edition_names_those_there_are() -> None:
    first_and_second()
    assert f"{KEY}:1" in refused(f"{KEY}:9", f"{KEY}:1")


def test_file_that_is_not_there() -> None:
    assert "policy:number" in refused("no-such.yaml", revision("R1"))


def test_file_that_is_no_policy(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("policy: 1\n")
    assert "bad.yaml:1" in refused(str(path), revision("R1"))


def test_two_policies_are_not_compared() -> None:
    text = refused(revision("R1"), str(FILES / "uhc-2021D0035AD.yaml"))
    assert "Choose two editions of one policy" in text
