"""Mistakes in a case: each is refused with the key it is at and what was expected there."""

from decimal import Decimal
from typing import Any

import pytest

from criteria.rules.json_values import CaseProblemError
from tests.requests.case_files.stating import ON, parsed


@pytest.mark.parametrize(
    ("stated", "key", "words"),
    [
        ({"polcy": "uhc"}, "polcy", "did you mean 'policy'"),
        ({"on": "30/06/2021"}, "on", "YYYY-MM-DD"),
        ({"on": None}, "on", "missing"),
        ({"phase": "renewal"}, "phase", "expected one of initial, continuation"),
        ({"indication": "cipd"}, "indication", "unknown indication"),
        ({"indication": 7}, "indication", "expected a text"),
        ({"indication": "RA"}, "indication", "did you mean rheumatoid-arthritis"),
        ({"indication": "uveitis"}, "indication", "did you mean autoimmune-uveitis"),
        ({"pathway": "acute"}, "pathway", "expected one of initial, continuation"),
        ({"phase": "continuation"}, "pathway", "does not serve phase continuation"),
        ({"indication": "autoimmune-uveitis"}, "pathway", "this indication has none"),
        ({"icd10": "G6"}, "icd10", "ICD-10-CM code"),
        ({"icd10": ["G61.81", "61.81"]}, "icd10[1]", "ICD-10-CM code"),
        ({"answers": []}, "answers", "expected an object"),
        ({"answers": {"cidp_limb": 3}}, "answers.cidp_limb", "did you mean 'cidp_limbs'"),
        ({"answers": {"cidp_limbs": "3"}}, "answers.cidp_limbs", "expected a number"),
        ({"answers": {"cidp_limbs": True}}, "answers.cidp_limbs", "expected a number"),
        ({"answers": {"cidp_limbs": Decimal("2.5")}}, "answers.cidp_limbs", "whole number"),
        ({"answers": {"cidp_limbs": 5}}, "answers.cidp_limbs", "expected 0 to 4"),
        ({"answers": {"cidp_diagnosis": "yes"}}, "answers.cidp_diagnosis", "true or false"),
        ({"answers": {"igg_mg_dl": {"value": 5, "unit": "g"}}}, "answers.igg_mg_dl.unit", "g/L"),
        (
            {"answers": {"platelet_count": {"value": 22, "measured_on": "2021-07-01"}}},
            "answers.platelet_count.measured_on",
            "after the request date",
        ),
        ({"answers": {"transplant_date": "2021-07-01"}}, "answers.transplant_date", "after"),
        (
            {"answers": {"asthma_anti_ige": "tried"}},
            "answers.asthma_anti_ige",
            "expected one of failure",
        ),
        (
            {
                "answers": {
                    "asthma_anti_ige": {"outcome": "failure", "from": ON, "to": "2021-01-01"}
                }
            },
            "answers.asthma_anti_ige.to",
            "is before",
        ),
        ({"answers": {"nmo_ist_change": "less"}}, "answers.nmo_ist_change", "maintained"),
        ({"patient": {"weight": 70}}, "patient.weight", "did you mean 'weight_"),
        ({"patient": {"weight_kg": 0}}, "patient.weight_kg", "above 0.3"),
        ({"patient": {"weight_kg": -5}}, "patient.weight_kg", "above 0.3"),
        ({"patient": {"weight_kg": "abc"}}, "patient.weight_kg", "expected a number"),
        ({"patient": {"weight_kg": 7000}}, "patient.weight_kg", "up to 500 kg"),
        ({"patient": {"weight_kg": 70, "weight_lb": 154}}, "patient.weight_lb", "already given"),
        ({"patient": {"date_of_birth": "2022-01-01"}}, "patient.date_of_birth", "after"),
        ({"place": "hotel"}, "place", "home, self, office"),
        ({"prescriber": {"name": "X"}}, "prescriber.name", "unknown key"),
        ({"prescriber": {"specialty": 3}}, "prescriber.specialty", "a text"),
        ({"prescriber": {"consulted": "no"}}, "prescriber.consulted", "true or false"),
        (
            {"prescriber": {"consulted": False, "consultant_specialty": "Neurology"}},
            "prescriber.consulted",
            "a consultant is stated",
        ),
        ({"dose": {"mg": 500}}, "dose.mg", "unknown key"),
        ({"dose": {"mg_per_kg": 0, "basis": "total"}}, "dose.mg_per_kg", "above 0"),
        ({"dose": {"mg_per_kg": 400, "g": 30, "basis": "total"}}, "dose.g", "already given"),
        ({"dose": {"mg_per_kg": 400}}, "dose.basis", "expected one of per_day"),
        ({"dose": {"days": 5}}, "dose", "days without an amount"),
        ({"dose": {"g": 30, "basis": "total", "days": 0}}, "dose.days", "1 or more"),
        (
            {"dose": {"g": 30, "basis": "total", "interval": "sometimes"}},
            "dose.interval",
            "every 3 weeks",
        ),
        (
            {"dose": {"g": 30, "basis": "total", "interval": "weekly", "interval_days": 8}},
            "dose.interval_days",
            "8 days is not",
        ),
        ({"dose": {"route": "oral"}}, "dose.route", "expected one of IV, SC"),
        ({"dose": {"courses_before": -1}}, "dose.courses_before", "whole number of 0 or more"),
        (
            {"dose": {"courses_before": Decimal("1.5")}},
            "dose.courses_before",
            "whole number of 0 or more",
        ),
        ({"dose": {"courses_before": "none"}}, "dose.courses_before", "number"),
        ({"dose": {"induction": True}}, "dose", "induction without an amount"),
        ({"dose": {"planned": {"day_of_therapy": 2}}}, "dose", "planned without an amount"),
        (
            {"dose": {"g": 30, "basis": "total", "planned": {"day_of_therapy": Decimal("1.5")}}},
            "dose.planned.day_of_therapy",
            "whole number",
        ),
        (
            {"dose": {"g": 30, "basis": "total", "interval": "monthly", "interval_days": 32}},
            "dose.interval_days",
            "32 days is not",
        ),
        ({"on": "20210630"}, "on", "YYYY-MM-DD"),
        ({"on": "2021-W26-3"}, "on", "YYYY-MM-DD"),
        ({"dose": {"g": Decimal("1e400"), "basis": "total"}}, "dose.g", "at most 25 digits"),
        ({"dose": {"g": Decimal("1e999999999"), "basis": "total"}}, "dose.g", "at most 25"),
        ({"patient": {"weight_kg": Decimal(f"7{30 * '0'}1")}}, "patient.weight_kg", "at most 25"),
        ({"patient": {"weight": 70}}, "patient.weight", "'weight_kg'"),
        ({"patient": {"age_years": 5000}}, "patient.age_years", "at most 120 years"),
        ({"patient": {"date_of_birth": "1821-06-30"}}, "patient.date_of_birth", "at most 120"),
        ({"id": Decimal("1.5")}, "id", "expected a text or a whole number"),
        ({"id": {"a": 1}}, "id", "expected a text or a whole number"),
        (
            {"answers": {"mg_immunomodulators_tried": "azathioprine"}},
            "answers.mg_immunomodulators_tried",
            "expected a list",
        ),
        (
            {"answers": {"mg_immunomodulators_tried": ["azathioprine", " "]}},
            "answers.mg_immunomodulators_tried[1]",
            "the name of the therapy",
        ),
        (
            {"answers": {"mg_immunomodulators_tried": [{"outcome": "failure"}]}},
            "answers.mg_immunomodulators_tried[0]",
            "the name of the therapy",
        ),
        ({"product": ""}, "product", "expected a product"),
    ],
)
def test_mistake_is_refused_with_its_key(stated: dict[str, Any], key: str, words: str) -> None:
    with pytest.raises(CaseProblemError) as refused:
        parsed(**stated)
    assert refused.value.key == key
    assert words in refused.value.message


def test_every_mistake_of_a_case_is_named_at_once() -> None:
    with pytest.raises(CaseProblemError) as refused:
        parsed(
            polcy="uhc",
            indication="cipd",
            icd10=["G6", "G61.81", "61.81"],
            answers={"cidp_limb": 3, "cidp_limbs": "3", "igg_mg_dl": {"value": 5, "unit": "g"}},
            patient={"weight": 70, "age_years": -1},
            product="",
            dose={"mg": 5, "g": 0, "basis": "each", "days": 0, "route": "oral"},
        )
    assert sorted(problem.key for problem in refused.value.every) == [
        "answers.cidp_limb",
        "answers.cidp_limbs",
        "answers.igg_mg_dl.unit",
        "dose.basis",
        "dose.days",
        "dose.g",
        "dose.mg",
        "dose.route",
        "icd10[0]",
        "icd10[2]",
        "indication",
        "patient.weight",
        "polcy",
        "product",
    ]


def test_mistakes_are_named_though_the_edition_is_not_known() -> None:
    with pytest.raises(CaseProblemError) as refused:
        parsed(on="30/06/2021", phase="later", patient={"weight_kg": "70"})
    keys = [problem.key for problem in refused.value.every]
    assert keys == ["on", "phase", "patient.weight_kg"]


@pytest.mark.parametrize(
    ("earlier", "key", "words"),
    [
        ("iv", "dose.earlier", "expected an object"),
        ({}, "dose.earlier.kind", "expected one of iv, sc, new"),
        ({"kind": "mouth"}, "dose.earlier.kind", "expected one of iv, sc, new"),
        ({"kind": "iv"}, "dose.earlier.g", "missing"),
        ({"kind": "iv", "g": 40}, "dose.earlier.interval", "missing"),
        ({"kind": "iv", "g": 0, "interval_days": 28}, "dose.earlier.g", "above 0"),
        ({"kind": "iv", "g": 40, "interval": "often"}, "dose.earlier.interval", "monthly"),
        ({"kind": "iv", "g": 40, "interval": "once"}, "dose.earlier.interval", "missing"),
        ({"kind": "iv", "grams": 40}, "dose.earlier.grams", "unknown"),
        ({"kind": "new", "g": 40}, "dose.earlier.g", "expected nothing where the kind is new"),
        (
            {"kind": "iv", "g": 40, "interval_days": 28, "igg_trough_mg_per_dl": 700},
            "dose.earlier.igg_trough_mg_per_dl",
            "expected nothing where the kind is iv",
        ),
        (
            {"kind": "sc", "g": 10, "interval_days": 7, "igg_trough_mg_per_dl": 700},
            "dose.earlier",
            "together",
        ),
    ],
)
def test_earlier_treatment_is_refused_in_place(earlier: Any, key: str, words: str) -> None:
    with pytest.raises(CaseProblemError) as refused:
        parsed(dose={"g": 14, "basis": "total", "earlier": earlier})
    assert any(one.key == key and words in one.message for one in refused.value.every), [
        (one.key, one.message) for one in refused.value.every
    ]
