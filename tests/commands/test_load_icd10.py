"""The table of ICD-10-CM is filled whole, once, and never by a process that serves pages."""

import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from criteria.actions.icd10 import NewCode, load_codes
from criteria.actions.roles import command_line_user
from criteria.management.commands import demo, load_icd10
from criteria.models import Event, IcdCode, IcdWord
from criteria.policies.codes.lookup import describe, release
from criteria.policies.codes.search import by_start, by_words
from criteria.policies.codes.words import SearchWords
from criteria.screens.wizard.search.search import search
from tests.factories.commercial import commercial_edition
from tests.factories.icd10 import RELEASE, load_small_table, new_codes
from tests.screens.wizard.finding import OPPOSITES, first_code, table_misses

ROOT = Path(__file__).parents[2]


def run() -> str:
    out = StringIO()
    call_command("load_icd10", stdout=out)
    return out.getvalue()


# Of all tests the only one that reads the package whole: some ten seconds.
@pytest.mark.filterwarnings("ignore:.* is deprecated. Use files:DeprecationWarning")
@pytest.mark.django_db
def test_whole_package_is_loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    codes = list(load_icd10.packaged_codes())
    monkeypatch.setattr(load_icd10, "packaged_codes", lambda: codes)
    assert not load_icd10.is_loaded()
    said = run()
    assert said.startswith(f"ICD-10-CM, release {release()}: {len(codes):,} codes, 74,")
    assert f"{len(codes):,} added, 0 removed, 0 changed" in said
    assert load_icd10.is_loaded()
    assert len(codes) > 98_000 and len({code.code for code in codes}) == len(codes)
    _check_codes_that_were_divided()
    _check_search()
    _check_own_words()
    stored = list(IcdCode.objects.values_list("pk", "code").order_by("pk"))
    assert "Nothing changed" in run()
    assert list(IcdCode.objects.values_list("pk", "code").order_by("pk")) == stored
    assert Event.objects.filter(verb="load_codes").count() == 1


def _check_codes_that_were_divided() -> None:
    for code, first in {"G35": "G35.A", "M31.1": "M31.10", "D59.1": "D59.10"}.items():
        found = describe(code)
        assert found is not None and not found.billable and found.children[0] == first
    for code in ("B20", "G61.81", "D81.82", "S52.521A"):
        found = describe(code)
        assert found is not None and found.billable
    assert IcdCode.objects.get(code="S52.521A").parent == "S52.521"
    assert IcdCode.objects.get(code="B20").parent == ""
    assert not IcdCode.objects.filter(code__contains="-").exists()


def _check_search() -> None:
    assert by_start("G61.82")[0].description == "Multifocal motor neuropathy"
    assert _found("kawasaki")[0] == "M30.3"
    assert len(_found("unspecified left")) == 20
    assert len(_found("o")) == 20


def _check_own_words() -> None:
    """Of the whole table: a command measures more, see ``tests.benchmarks.bench_found``."""
    edition = commercial_edition()
    searched, missed = table_misses(edition, date(2026, 11, 20), 120, seed=7)
    assert searched == 120 and len(missed) <= 1, missed
    described = dict(IcdCode.objects.filter(code__in=OPPOSITES).values_list("code", "description"))
    assert set(described) == set(OPPOSITES)
    for code, description in described.items():
        assert first_code(search(edition, date(2026, 11, 20), description)) == code


def _found(typed: str) -> list[str]:
    return [code.code for _, code in by_words(SearchWords(typed))]


@pytest.mark.django_db
def test_another_release_takes_the_place_of_the_one_before() -> None:
    load_small_table()
    codes = {code.code: code for code in new_codes()}
    del codes["G61.9"]
    codes["M10.9"] = NewCode(code="M10.9", description="Gouty", billable=True, parent="")
    codes["M10.8"] = NewCode(code="M10.8", description="Another", billable=True, parent="")
    by = command_line_user()
    changes = load_codes(codes=codes.values(), release="October 2026", by=by)
    assert changes is not None
    assert (changes.added, changes.removed, changes.changed) == (1, 1, 1)
    assert release() == "October 2026"
    assert _found("gouty") == ["M10.9"]
    assert describe("G61.9") is None
    assert not IcdWord.objects.filter(start="gout ").exists()
    assert load_codes(codes=codes.values(), release="October 2026", by=by) is None


@pytest.mark.django_db
def test_half_a_table_is_never_left() -> None:
    load_small_table()
    before = list(IcdCode.objects.values())
    broken = [*new_codes()[:3], NewCode(code="M10.9" * 9, description="", billable=None, parent="")]  # type: ignore[arg-type]
    with pytest.raises(Exception, match="."):
        load_codes(codes=broken, release="October 2026", by=command_line_user())
    assert list(IcdCode.objects.values()) == before


@pytest.mark.django_db
def test_who_may_not_change_policies_may_not_load() -> None:
    with pytest.raises(PermissionDenied):
        load_codes(codes=[], release=RELEASE, by=User.objects.create_user("ann"))


def test_release_is_known_without_reading_the_package() -> None:
    said = _in_a_new_process(
        "from criteria.management.commands import load_icd10",
        "print(load_icd10.packaged_release())",
    )
    assert said[0].split()[1].isdecimal()
    assert said[-1] == "absent"


def test_package_that_is_missing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load_icd10, "PACKAGE", "no-such-package")
    with pytest.raises(CommandError, match="no-such-package is not installed"):
        load_icd10.packaged_release()


def test_process_that_serves_pages_never_reads_the_package() -> None:
    said = _in_a_new_process(
        "import ivigportal.wsgi",
        "from django.urls import get_resolver",
        "def walk(patterns):",
        "    for one in patterns:",
        "        walk(getattr(one, 'url_patterns', ()))",
        "walk(get_resolver().url_patterns)",
    )
    assert said[-1] == "absent"


# In the demonstration


def ran(monkeypatch: pytest.MonkeyPatch, *, code: int = 0) -> list[Sequence[str]]:
    """The commands the demonstration runs, each ending with ``code``."""
    calls: list[Sequence[str]] = []

    def run_one(command: Sequence[str], **how: object) -> subprocess.CompletedProcess[str]:
        calls.append(command)
        return subprocess.CompletedProcess(command, code, "Loaded.\n", "Traceback\nNo space left\n")

    monkeypatch.setattr(demo.subprocess, "run", run_one)
    return calls


@pytest.mark.django_db
def test_demonstration_fills_the_table_in_a_process_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls, out = ran(monkeypatch), StringIO()
    demo.Command(stdout=out)._load_codes()
    assert [command[0] for command in calls] == [sys.executable]
    assert [command[-1] for command in calls] == ["load_icd10"]
    assert out.getvalue() == "Loaded.\n"


@pytest.mark.django_db
def test_demonstration_leaves_a_table_of_this_release(monkeypatch: pytest.MonkeyPatch) -> None:
    name = load_icd10.packaged_release()
    load_codes(codes=new_codes(), release=name, by=command_line_user())
    calls = ran(monkeypatch)
    demo.Command()._load_codes()
    assert calls == []


@pytest.mark.django_db
def test_demonstration_says_why_the_table_was_not_filled(monkeypatch: pytest.MonkeyPatch) -> None:
    ran(monkeypatch, code=1)
    with pytest.raises(CommandError, match="was not filled: No space left"):
        demo.Command()._load_codes()


def _in_a_new_process(*lines: str) -> list[str]:
    """What it prints; the last line says whether the package was imported."""
    last = "print('there' if 'simple_icd_10_cm' in sys.modules else 'absent')"
    start = "import os, sys; os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'ivigportal.settings')"
    ready = "import django; django.setup()"
    done = subprocess.run(
        [sys.executable, "-c", "\n".join((start, ready, *lines, last))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()
