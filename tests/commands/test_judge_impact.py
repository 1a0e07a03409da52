"""The command judge_impact: a whole run, its counts and its table."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from criteria.actions.impact import start
from criteria.models import ImpactRun
from tests.factories.impact import next_edition
from tests.factories.people import paula

pytestmark = pytest.mark.django_db


def told(*arguments: str) -> list[str]:
    out = StringIO()
    call_command("judge_impact", *arguments, stdout=out)
    return out.getvalue().splitlines()


def test_it_counts_what_changes_and_writes_the_table(tmp_path: Path) -> None:
    next_edition()
    table = tmp_path / "impact.csv"
    said = told("commercial-ig", "NEXT", "--csv", str(table))
    assert said == [
        "2 of 2 requests judged",
        "1 of 2 requests change their result.",
        "1: incomplete → does not meet",
        "1 of these are dated before 1 Jan 2030 and keep their own.",
    ]
    lines = table.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 2
    assert lines[1].endswith(",incomplete,does not meet,Title of stated: met → not met")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("commercial-ig", "NOPE"), "There is no edition NOPE of commercial-ig. Stored: "),
        (("nope", "NEXT"), "There is no edition NEXT of nope."),
        (("commercial-ig", "NEXT", "--decided-months", "-3"), "not for -3"),
    ],
)
def test_bad_input_is_refused_in_words(arguments: tuple[str, ...], said: str) -> None:
    next_edition()
    with pytest.raises(CommandError, match=said) as refused:
        told(*arguments)
    assert refused.value.returncode == 2
    assert not ImpactRun.objects.exists()


def test_second_run_is_refused() -> None:
    start(version=next_edition(), by=paula())
    with pytest.raises(CommandError, match="still running"):
        told("commercial-ig", "NEXT")
