"""The evaluate command: one object, many lines, the keys, and what it refuses."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from criteria.management.commands.evaluate import Command
from criteria.requests.case_files.dose import KEYS as DOSE_KEYS
from criteria.requests.case_files.dose import PLANNED
from criteria.requests.case_files.parse import KEYS, PATIENT_KEYS
from tests.helpers.commands import evaluated, refused

pytestmark = pytest.mark.usefixtures("uhc_version")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "requests.jsonl"


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


def test_every_mistake_of_an_indented_object_has_its_own_line(file: Path) -> None:
    wrong = KAWASAKI | {"answers": {"zz": True}, "patient": {"weight_kg": "18"}}
    text = json.dumps(wrong, indent=2)
    lines = text.splitlines()
    assert [line.split(": ")[:2] for line in refused(file, f"\n{text}\n")] == [
        [str(lines.index('    "weight_kg": "18"') + 2), "patient.weight_kg"],
        [str(lines.index('    "zz": true') + 2), "answers.zz"],
    ]


def test_json_mistake_has_its_line(file: Path) -> None:
    text = json.dumps(KAWASAKI, indent=2)
    assert refused(file, text.replace('"uhc",', '"uhc"'))[0].startswith("3: case: not JSON")
    good = json.dumps(KAWASAKI)
    assert [line.split(":")[0] for line in refused(file, f"{{bad\n{good}\n{{bad")] == ["1", "3"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"{}\n\xff", "2: case: not UTF-8 text"),
        (b"[" * 100_000, "1: case: not JSON: too deeply nested"),
        (b'{"dose": {"g": ' + b"9" * 5000 + b"}}", "1: dose.g: expected at most 25 digits"),
    ],
)
def test_what_is_no_request_is_refused(file: Path, text: bytes, words: str) -> None:
    assert any(line.startswith(words) for line in refused(file, text))


def test_byte_order_mark_and_unusual_line_ends_are_read(file: Path) -> None:
    line = json.dumps(KAWASAKI | {"id": "a\u2028b"}, ensure_ascii=False)
    (found, again) = evaluated(file, f"\ufeff{line}\r", f"{line}  ")
    assert found == again
    assert found["id"] == "a\u2028b"


def test_half_a_letter_is_handed_back_escaped(file: Path) -> None:
    (found,) = evaluated(file, KAWASAKI | {"id": "\ud800"})
    assert found["id"] == "\ud800"


def test_open_names_what_is_missing_and_nothing_else(file: Path) -> None:
    pregnant = KAWASAKI | {
        "indication": "fnait",
        "pathway": "pregnant",
        "answers": {
            "history_physical": True,
            "lab_evidence": True,
            "fnait_diagnosis": True,
            "fnait_alloantibodies": True,
        },
    }
    weekly = {"mg_per_kg": 1500, "basis": "per_dose", "interval": "weekly"}
    grams = {"g": 20, "basis": "total", "days": 1, "courses": 1}
    found = evaluated(
        file,
        pregnant | {"dose": weekly},
        pregnant | {"dose": None},
        KAWASAKI | {"patient": {}, "dose": grams},
    )
    assert [one["open"] for one in found] == [["fnait_high_risk"], ["dose"], ["patient.weight_kg"]]


def test_therapy_named_twice_is_one(file: Path) -> None:
    answers = {"mg_immunomodulators_tried": ["Azathioprine", " azathioprine "]}
    refractory = {"indication": "MG", "pathway": "refractory", "answers": answers}
    (found,) = evaluated(file, KAWASAKI | refractory)
    (tried,) = [f for f in found["findings"] if f["key"] == "mg_immunomodulators_tried"]
    assert tried["state"] == "not_met"


def test_every_other_month_is_no_month(file: Path) -> None:
    dose = {"mg_per_kg": 4000, "basis": "total", "days": 5, "interval": "every 2 months"}
    cidp = {"indication": "cidp", "pathway": "initial", "product": None, "dose": dose}
    (found,) = evaluated(file, KAWASAKI | cidp)
    assert (found["dose"]["outcome"], found["dose"]["reason"]) == ("outside", "window_28_days")


def test_help_shows_the_layout_of_a_request() -> None:
    shown = Command().create_parser("manage.py", "evaluate").format_help()
    for word in (*KEYS, *PATIENT_KEYS, *DOSE_KEYS, *PLANNED):
        assert word in shown


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
    assert igg["form"] == "a number, or {value, unit, measured_on as YYYY-MM-DD}"
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


def test_keys_say_what_a_whole_number_and_a_no_are() -> None:
    found = {k["key"]: k for k in keys("--indication", "cidp")}
    assert found["cidp_limbs"]["form"] == "a whole number, or {value, unit}"
    (gabaergic,) = [k for k in keys("--indication", "SPS") if k["key"] == "sps_gabaergic"]
    assert [*gabaergic["choices"]] == ["failure", "contraindication", "intolerance", "none"]
    assert "an answer of no" in gabaergic["choices"]["none"]


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


def test_file_without_a_request_is_refused(file: Path) -> None:
    with pytest.raises(CommandError, match="holds none") as refused:
        evaluated(file, "", "  ")
    assert refused.value.returncode == 2


PID = {
    "policy": "uhc",
    "on": "2026-06-30",
    "indication": "primary-immunodeficiency",
    "phase": "initial",
    "icd10": "D83.9",
    "answers": {
        "history_physical": True,
        "lab_evidence": True,
        "pid_diagnosis": True,
        "pid_antibody_failure": True,
        "pid_igm_alone": False,
    },
    "patient": {"weight_kg": 70},
    "product": "Hizentra",
}
BEFORE = {"kind": "iv", "g": 40, "interval": "every 4 weeks"}


@pytest.mark.parametrize(
    ("dose", "overall", "outcome", "reason"),
    [
        ({"g": 13.7, "earlier": BEFORE}, "meets", "no_limit", "subcutaneous"),
        ({"g": 13.71, "earlier": BEFORE}, "needs review", "outside", "above_label"),
        ({"g": 90}, "meets", "no_limit", "subcutaneous"),
        ({"g": 1, "earlier": {"kind": "new"}}, "needs review", "outside", "label_not_held"),
    ],
)
def test_subcutaneous_dose_by_the_label(
    file: Path, dose: dict[str, Any], overall: str, outcome: str, reason: str
) -> None:
    weekly = {"basis": "per_dose", "interval": "weekly"}
    (found,) = evaluated(file, PID | {"dose": weekly | dose})
    assert found["overall"] == overall
    assert (found["dose"]["outcome"], found["dose"]["reason"]) == (outcome, reason)
    label = found["dose"]["label"]
    assert label["lines"] == "523" and label["source"].startswith("Prescribing information")
    if "earlier" in dose and dose["earlier"]["kind"] == "iv":
        assert label["formula"].startswith("1.37 × 40 g / 4 weeks = 13.7 g a week = 68.5 mL")
        assert label["most_weekly_g"] == "13.7"


def test_ramp_of_the_label_is_told(file: Path) -> None:
    dose = {"g": 30, "basis": "per_dose", "interval_days": 28}
    before = {"kind": "iv", "g": 30, "interval_days": 28}
    (found,) = evaluated(file, PID | {"product": "HyQvia", "dose": dose | {"earlier": before}})
    assert [(step["week"], step["grams"]) for step in found["dose"]["label"]["ramp"]] == [
        (1, "7.5"),
        (2, "15"),
        (4, "22.5"),
        (7, "30"),
    ]


def test_without_a_label_in_play_there_is_none(file: Path) -> None:
    (found,) = evaluated(file, KAWASAKI)
    assert found["dose"]["label"] is None
