"""The command import_patients: cases become example patients, mistakes keep their lines."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from criteria.actions.example_patients.edit import refresh, standing_of
from criteria.actions.policies.drafts import copy_to_draft
from criteria.models import ExamplePatient, PolicyVersion
from tests.factories.people import paula
from tests.policies.shipped.cases import CASES

KAWASAKI = CASES / "uhc" / "kawasaki.yaml"


def told(*arguments: str) -> str:
    out = StringIO()
    call_command("import_patients", *arguments, stdout=out)
    return out.getvalue()


def refused(*arguments: str) -> str:
    with pytest.raises(CommandError) as error:
        told(*arguments)
    assert error.value.returncode == 2
    return str(error.value)


def test_cases_become_patients_that_a_copy_judges_as_expected(uhc_version: PolicyVersion) -> None:
    said = told("uhc", str(KAWASAKI))
    count = ExamplePatient.objects.count()
    assert count > 20
    assert said == f"{count} added, 0 the same as stored.\n"
    first = ExamplePatient.objects.get(name="kawasaki: meets all, initial")
    assert first.stated["pathway"] == "standard"
    assert "policy" not in first.stated
    new = {"number": "NEXT", "effective_from": uhc_version.effective_from}
    draft = copy_to_draft(version=uhc_version, by=paula(), **new)  # type: ignore[arg-type]
    refresh(version=draft)
    assert standing_of(draft).as_expected == count


def test_second_import_changes_nothing_and_says_what_differs(
    uhc_version: PolicyVersion, tmp_path: Path
) -> None:
    told("uhc", str(KAWASAKI))
    count = ExamplePatient.objects.count()
    assert told("uhc", str(KAWASAKI)) == f"0 added, {count} the same as stored.\n"
    text = KAWASAKI.read_text(encoding="utf-8").replace("{weight_kg: 20}", "{weight_kg: 21}")
    (tmp_path / "kawasaki.yaml").write_text(text, encoding="utf-8")
    general = KAWASAKI.parent / "general.yaml"
    (tmp_path / "general.yaml").write_text(general.read_text(encoding="utf-8"), encoding="utf-8")
    said = told("uhc", str(tmp_path / "kawasaki.yaml"))
    assert "differ, left as they are stored" in said
    assert "kawasaki: meets all, initial: patient.weight_kg: 21, stored 20" in said
    assert not ExamplePatient.objects.filter(stated__patient__weight_kg=21).exists()
    told("uhc", str(tmp_path / "kawasaki.yaml"), "--replace")
    assert ExamplePatient.objects.filter(stated__patient__weight_kg=21).exists()


def test_mistake_in_line_1203_is_said_there_and_nothing_is_kept(
    uhc_version: PolicyVersion, tmp_path: Path
) -> None:
    head = "policy: uhc\non: 2021-06-30\nindication: kawasaki\nphase: initial\ncases:\n"
    cases = [f"  - {{name: case {n}, expect: meets}}\n" for n in range(6, 1203)]
    cases.append("  - {name: wrong, expect: meets, answers: {no_such_question: yes}}\n")
    path = tmp_path / "long.yaml"
    path.write_text(head + "".join(cases), encoding="utf-8")
    said = refused("uhc", str(path))
    assert said == f"{path}:1203: “wrong”: answers.no_such_question: unknown key"
    assert not ExamplePatient.objects.exists()


def test_cases_of_another_policy_are_refused(uhc_version: PolicyVersion) -> None:
    path = CASES / "cms" / "cidp.yaml"
    assert refused("uhc", str(path)) == f"{path}:1: cases of cms, not of uhc"


def test_unknown_policy_edition_and_file_are_named(uhc_version: PolicyVersion) -> None:
    assert refused("xyz", str(KAWASAKI)) == "There is no policy xyz. Stored: uhc."
    assert refused("uhc", str(KAWASAKI), "--edition", "X") == "There is no edition X of uhc."
    assert refused("uhc", "gone.yaml") == "gone.yaml: No such file or directory."
