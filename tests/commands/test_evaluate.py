"""The evaluate command: one object, many lines, the keys, and what it refuses."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

pytestmark = pytest.mark.usefixtures("uhc_version")

KAWASAKI = {
    "policy": "uhc",
    "on": "2021-06-30",
    "indication": "kawasaki",
    "pathway": "standard",
    "phase": "initial",
    "icd10": "M30.3",
    "answers": {"history_physical": True, "lab_evidence": True, "kawasaki_diagnosis": True},
    "patient": {"weight_kg": 18},
    "product": "Gamunex-C",
    "dose": {"mg_per_kg": 2000, "basis": "total", "days": 1, "courses": 1},
}


def evaluated(path: Path, *requests: dict[str, Any] | str) -> list[dict[str, Any]]:
    lines = [r if isinstance(r, str) else json.dumps(r) for r in requests]
    path.write_text("\n".join(lines), encoding="utf-8")
    out = StringIO()
    call_command("evaluate", str(path), stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "requests.jsonl"


def test_one_request_whole(file: Path) -> None:
    (found,) = evaluated(file, KAWASAKI)
    assert found["overall"] == "meets"
    assert (found["policy"], found["edition"]) == ("uhc", "2021D0035AD")
    assert found["failed"] == [] and found["open"] == []
    assert {f["state"] for f in found["findings"]} == {"met"}


def test_maxima_are_exact_rounded_to_vials_and_in_units(file: Path) -> None:
    (found,) = evaluated(file, KAWASAKI)
    dose = found["dose"]
    assert (dose["outcome"], dose["hcpcs"]) == ("within", "J1561")
    five_days, single = (m["per_course"] for m in dose["maxima"])
    assert five_days["exact_mg"] == single["exact_mg"] == "36000"
    # 7.2 g a day is 7 g in vials, five times; one dose of 36 g is 20 + 10 + 5 + 1.
    assert (five_days["vial_rounded_g"], five_days["units"]) == ("35", 70)
    assert (single["vial_rounded_g"], single["units"]) == ("36", 72)


def test_indented_object_is_one_request(file: Path) -> None:
    (found,) = evaluated(file, json.dumps(KAWASAKI, indent=2))
    assert found["overall"] == "meets"


def test_many_lines_answer_in_order_with_their_ids(file: Path) -> None:
    failing = KAWASAKI | {"product": "Panzyga"}
    found = evaluated(file, KAWASAKI | {"id": "a"}, "", failing | {"id": "b"})
    assert [(f["id"], f["overall"]) for f in found] == [("a", "meets"), ("b", "does not meet")]
    assert found[1]["failed"][0]["gate"] == "product"


def test_every_mistake_is_named_with_line_and_key_and_nothing_is_printed(file: Path) -> None:
    out = StringIO()
    with pytest.raises(CommandError) as refused:
        file.write_text(
            "\n".join(
                [
                    json.dumps(KAWASAKI),
                    json.dumps(KAWASAKI | {"pathway": "acute"}),
                    json.dumps(KAWASAKI | {"answers": {"kawasaki": True}}),
                    "{not json",
                    '{"policy": "uhc", "policy": "uhc"}',
                    json.dumps(KAWASAKI | {"policy": "other"}),
                    json.dumps(KAWASAKI | {"on": "2020-12-31"}),
                    '{"policy": "uhc", "on": NaN}',
                    "[]",
                ]
            )
        )
        call_command("evaluate", str(file), stdout=out)
    assert refused.value.returncode == 2
    lines = str(refused.value).splitlines()
    assert [line.removeprefix(f"{file}:").split(": ")[:2] for line in lines] == [
        ["2", "pathway"],
        ["3", "answers.kawasaki"],
        ["4", "case"],
        ["5", "policy"],
        ["6", "policy"],
        ["7", "on"],
        ["8", "case"],
        ["9", "case"],
    ]
    assert out.getvalue() == ""


@pytest.mark.parametrize(
    "arguments", [[], ["missing.json"], ["--keys"], ["--keys", "--policy", "x"]]
)
def test_wrong_arguments_end_with_status_2(arguments: list[str]) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("evaluate", *arguments)
    assert refused.value.returncode == 2


def keys(*arguments: str) -> list[dict[str, Any]]:
    out = StringIO()
    call_command("evaluate", "--keys", "--policy", "uhc", *arguments, stdout=out)
    found: list[dict[str, Any]] = json.loads(out.getvalue())
    return found


def test_keys_name_type_unit_wording_and_use() -> None:
    found = {k["key"]: k for k in keys("--indication", "cll")}
    igg = found["igg_mg_dl"]
    assert (igg["type"], igg["unit"], igg["other_units"]) == ("number", "mg/dL", {"g/L": "100"})
    assert igg["wording"].endswith("?")
    assert igg["used_by"][0]["lines"] == "184"
    assert found["response_documented"]["used_by"][0]["block"] == "general, continuation"


def test_keys_of_a_phase_leave_out_the_other() -> None:
    found = {k["key"] for k in keys("--indication", "CIDP", "--pathway", "Continuation of Therapy")}
    assert "objective_scale_response" in found and "titration_documented" in found
    assert "cidp_limbs" not in found and "history_physical" not in found


def test_keys_hold_the_dates_that_the_dose_runs_from() -> None:
    assert {"transplant_date", "therapy_start_date"} <= {
        k["key"] for k in keys("--indication", "bmt")
    }
    assert "bcell_discontinued_on" in {k["key"] for k in keys("--indication", "post-b-cell")}
    assert "fnait_high_risk" in {
        k["key"] for k in keys("--indication", "fnait", "--pathway", "pregnant")
    }


def test_keys_of_an_unknown_pathway_are_refused() -> None:
    with pytest.raises(CommandError, match="unknown pathway"):
        keys("--indication", "cidp", "--pathway", "acute")


def test_every_key_that_is_listed_may_be_answered(file: Path) -> None:
    listed = keys("--indication", "neuromyelitis-optica", "--pathway", "initial")
    answers = {k["key"]: None for k in listed}
    request = KAWASAKI | {
        "indication": "neuromyelitis-optica",
        "pathway": "initial",
        "answers": answers,
    }
    assert evaluated(file, request)[0]["overall"] == "incomplete"


def test_database_without_tables_says_what_to_run(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_tables() -> None:
        raise OperationalError("no such table: criteria_policyversion")

    monkeypatch.setattr("criteria.management.commands.evaluate.EditionFinder", no_tables)
    with pytest.raises(CommandError, match="run demo") as refused:
        evaluated(file, KAWASAKI)
    assert refused.value.returncode == 2
