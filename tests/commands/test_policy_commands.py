"""Policy files in and out from the command line."""

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from criteria.models import Criterion, Event, PolicyVersion, Question, Status
from criteria.policies.file.document import read_document
from criteria.policies.file.places import line_in
from criteria.policies.file.yamlfile import dump_policy_file
from tests.factories.people import paula, person
from tests.factories.policy import draft
from tests.factories.policy_file import policy_file

pytestmark = pytest.mark.django_db
REAL = sorted(Path(settings.BASE_DIR, "fixtures", "policies").glob("*.yaml"))


def run(*args: Any, **options: Any) -> str:
    out = StringIO()
    call_command(*map(str, args), stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "policy.yaml"
    path.write_text(dump_policy_file(policy_file()), encoding="utf-8")
    return path


# load_policy


def test_load_stores_a_draft(file: Path) -> None:
    assert run("load_policy", file).endswith("edition 2021D0035AD: taken in\n")
    assert PolicyVersion.objects.get().status == Status.DRAFT
    assert Event.objects.get(verb="load").actor_name == "command-line"


def test_load_and_publish(file: Path) -> None:
    assert "taken in, published" in run("load_policy", file, "--publish")
    assert PolicyVersion.objects.get().status == Status.PUBLISHED


def test_load_again_changes_nothing(file: Path) -> None:
    run("load_policy", file, "--publish")
    events = Event.objects.count()
    assert run("load_policy", file, "--publish").endswith("already stored, unchanged\n")
    assert Event.objects.count() == events


def test_draft_is_published_later(file: Path) -> None:
    run("load_policy", file)
    assert "already stored, unchanged, published" in run("load_policy", file, "--publish")


def test_load_names_who_did_it(file: Path) -> None:
    paula()
    run("load_policy", file, "--by", "paula")
    assert Event.objects.get(verb="load").actor_name == "paula"


@pytest.mark.parametrize(
    ("name", "message"), [("nobody", "no user nobody"), ("otto", "may not do that")]
)
def test_load_by_someone_who_may_not(file: Path, name: str, message: str) -> None:
    person("otto")
    with pytest.raises(CommandError, match=message):
        run("load_policy", file, "--by", name)
    assert not PolicyVersion.objects.exists()


def test_load_never_overwrites(file: Path) -> None:
    Question.objects.filter(version=draft(), key="igg").update(wording="Edited")
    with pytest.raises(CommandError, match="never overwritten"):
        run("load_policy", file)
    assert Question.objects.get(key="igg").wording == "Edited"


def test_load_stores_all_files_or_none(file: Path, tmp_path: Path) -> None:
    wrong, missing = tmp_path / "wrong.yaml", tmp_path / "missing.yaml"
    wrong.write_text(file.read_text().replace("type: yes_no", "type: maybe"))
    with pytest.raises(CommandError) as error:
        run("load_policy", file, wrong, missing)
    assert "wrong.yaml:" in str(error.value)
    assert "missing.yaml" in str(error.value)
    assert not PolicyVersion.objects.exists()


def test_publishing_an_overlap_stores_nothing(file: Path, tmp_path: Path) -> None:
    run("load_policy", file, "--publish")
    later = tmp_path / "later.yaml"
    said = policy_file(number="2", effective_from="2022-01-01")
    later.write_text(dump_policy_file(said), encoding="utf-8")
    with pytest.raises(CommandError, match="in force at the same time"):
        run("load_policy", later, "--publish")
    assert PolicyVersion.objects.count() == 1
    assert "published" in run("load_policy", later, "--publish", "--close-previous")
    assert str(PolicyVersion.objects.get(number="2021D0035AD").effective_until) == "2022-01-01"


# export_policy


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_real_policy_comes_back_to_the_byte(path: Path, tmp_path: Path) -> None:
    run("load_policy", path)
    version = PolicyVersion.objects.get()
    key, number = version.policy.key, version.number
    again = tmp_path / "again.yaml"
    run("export_policy", key, number, again)
    assert again.read_bytes() == path.read_bytes()
    assert run("export_policy", key, number) == path.read_text(encoding="utf-8")


def test_export_of_an_unknown_edition_names_the_known_ones() -> None:
    draft()
    with pytest.raises(CommandError, match="commercial-ig 2021D0035AD"):
        run("export_policy", "commercial-ig", "1999")


def test_export_of_an_unfinished_draft_says_where() -> None:
    version = draft()
    Criterion.objects.filter(version=version, tree__pathway__key="again").delete()
    with pytest.raises(CommandError, match=r"(?s)unfinished.*again"):
        run("export_policy", "commercial-ig", version.number)


def test_export_to_a_place_that_is_not_there(tmp_path: Path) -> None:
    version = draft()
    with pytest.raises(CommandError, match="No such file"):
        run("export_policy", "commercial-ig", version.number, tmp_path / "no" / "file.yaml")


# check_policies


def test_check_counts_and_finds_problems() -> None:
    draft()
    out = run("check_policies")
    assert out.startswith("commercial-ig 2021D0035AD draft\n")
    assert "indications: 3 (criteria 1, general 1, unproven 1)" in out
    assert "pathways: 2" in out
    assert "codes: 2 (icd10 1, hcpcs 1, cpt 0)" in out
    assert "codes not listed: 1 (icd10 1, hcpcs 0, cpt 0)" in out


def test_check_as_json_is_stable() -> None:
    draft(number="B", effective_from="2023-01-01")
    draft(number="A")
    out = run("check_policies", "--json")
    assert out == run("check_policies", "--json")
    reports = json.loads(out)
    assert [r["number"] for r in reports] == ["A", "B"]
    counts = reports[0]["counts"]
    assert (counts["questions"], counts["dosing_limits"], counts["products"]) == (7, 3, 2)
    assert (counts["criteria"], counts["groups"], counts["reviewer_notes"]) == (15, 4, 3)


def test_codes_of_the_policy_are_counted_apart_from_those_mapped_beside_it() -> None:
    (path,) = [path for path in REAL if path.stem == "uhc-2021D0035AD"]
    counts = json.loads(run("check_policies", "--json", "--files", path))[0]["counts"]
    assert counts["codes"] == {"icd10": 502, "hcpcs": 14, "cpt": 2}
    assert counts["codes_not_listed"]["icd10"] > 0


def test_check_finds_a_question_nobody_asks() -> None:
    Question.objects.create(version=draft(), key="spare", wording="Spare?", type="yes_no")
    assert "warning: questions: spare: no criterion uses" in run("check_policies")


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_check_fails_on_errors_after_reporting_them(options: tuple[str, ...]) -> None:
    version = draft()
    Criterion.objects.filter(version=version, key="some").update(n=9)
    out = StringIO()
    with pytest.raises(CommandError, match="1 error.") as error:
        call_command("check_policies", *options, stdout=out)
    assert error.value.returncode == 1
    assert "9 of only 3" in out.getvalue()


def test_check_of_files_needs_no_stored_policy(file: Path) -> None:
    report = json.loads(run("check_policies", "--json", "--files", file))[0]
    assert (report["policy"], report["file"]) == ("commercial-ig", str(file))
    assert not PolicyVersion.objects.exists()


def test_check_of_a_file_that_does_not_fit(file: Path) -> None:
    file.write_text(file.read_text().replace("question: stated", "question: stted"))
    out = StringIO()
    with pytest.raises(CommandError, match="error"):
        call_command("check_policies", "--files", str(file), stdout=out)
    assert "unknown question 'stted'" in out.getvalue()


UHC = next(path for path in REAL if path.stem == "uhc-2021D0035AD")


def mutated(tmp_path: Path, old: str, new: str, after: str) -> tuple[Path, int]:
    """The commercial file with the first ``old`` behind ``after`` replaced, and its line."""
    text = UHC.read_text()
    at = text.index(old, text.index(after))
    path = tmp_path / "mutated.yaml"
    path.write_text(text[:at] + new + text[at + len(old) :])
    return path, text.count("\n", 0, at) + 1


@pytest.mark.parametrize(
    ("old", "new", "after", "said"),
    [
        ("type: yes_no", "type: yes_noo", "  history_physical:", "expected one of"),
        ("at_least: 2", "at_least: 9", "  asthma:", "9 of only 3"),
        ("max_mg_per_kg: 2000", "max_mg_per_kg: 20000", "  cidp:", "at most 10000"),
        ("question: diagnosis_stated", "question: diagnosis_sated", "general:", "unknown question"),
    ],
)
def test_check_of_a_file_prints_the_line_of_each_mistake(
    tmp_path: Path, old: str, new: str, after: str, said: str
) -> None:
    path, line = mutated(tmp_path, old, new, after)
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("check_policies", "--files", str(path), stdout=out)
    (told,) = [row for row in out.getvalue().splitlines() if said in row]
    assert told.startswith(f"  error: {path}:{line}: ")


def test_check_of_a_file_prints_the_line_of_what_deserves_a_look(tmp_path: Path) -> None:
    spare = "  spare:\n    ask: S?\n    type: yes_no\n  history_physical:"
    path, line = mutated(tmp_path, "  history_physical:", spare, "questions:")
    (told,) = [row for row in run("check_policies", "--files", path).splitlines() if "spare" in row]
    assert told.startswith(f"  warning: {path}:{line}: questions: spare: ")


def test_check_of_a_file_places_a_criterion_by_its_name() -> None:
    """A problem of the tree names criteria by their keys, which are no keys of the file."""
    text = UHC.read_text()
    rows, document = text.splitlines(), read_document(text)
    for indication, data in document.data["indications"].items():
        for pathway, held in (data.get("pathways") or {}).items():
            at = ("indications", indication, "pathways", pathway, "criteria")
            for name in criterion_names(held["criteria"]):
                line = line_in(document, (*at, name))
                assert any(f"question: {name}" in row for row in rows[line - 1 : line + 11]), name


def criterion_names(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if "question" in part:
            yield part["question"]
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            yield from criterion_names(inner)


def test_check_of_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        run("check_policies", "--files", tmp_path / "missing.yaml")


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_real_policy_has_no_problems_but_of_codes_in_time(path: Path) -> None:
    """A code or a product the document lists outside its own days is told, and stays."""
    [report] = json.loads(run("check_policies", "--json", "--files", path))
    found = {problem["code"] for problem in report["problems"]}
    assert found <= {"code-ended", "no-billing-code"}
    assert path.stem.startswith("cms") or not found
