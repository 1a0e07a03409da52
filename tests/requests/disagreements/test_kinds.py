"""Each kind of fact that stands in two places: contradicted, agreeing, and not stated."""

from typing import Any

import pytest

from criteria.rules import FindingState
from criteria.rules.guidance import leaves
from criteria.rules.terms import Overall
from tests.requests.case_files.stating import request
from tests.requests.disagreements.found import contradictions, judged, laid_over, texts

NEUROLOGIST = "neurologist_involved"


@pytest.mark.parametrize(
    ("answer", "prescriber", "said"),
    [
        (True, {"specialty": "Family medicine", "consulted": False}, "no specialist was consulted"),
        (True, {"specialty": "Neurosurgery", "consulted": False}, "“Neurosurgery”"),
        (
            True,
            {"specialty": "Family medicine", "consultant_specialty": "Cardiology"},
            "the specialist consulted is of “Cardiology”",
        ),
        (False, {"specialty": "Neurology"}, "is answered no"),
        (False, {"consultant_specialty": "Neurologist"}, "is answered no"),
    ],
)
def test_specialist_is_contradicted(answer: bool, prescriber: dict[str, Any], said: str) -> None:
    (text,) = texts(answers={NEUROLOGIST: answer}, prescriber=prescriber)
    assert said in text


@pytest.mark.parametrize(
    ("answer", "prescriber"),
    [
        (True, {}),
        (True, {"specialty": "Family medicine"}),
        (True, {"specialty": "Family medicine", "consulted": True}),
        (True, {"consulted": False}),
        (True, {"consultant_specialty": "Cardiology"}),
        (True, {"specialty": "Neurology", "consulted": False}),
        (True, {"specialty": "NEUROLOGIST"}),
        (True, {"specialty": "Child neurology"}),
        (True, {"specialty": "Family medicine", "consultant_specialty": "Neuromuscular medicine"}),
        (False, {}),
        (False, {"specialty": "Family medicine", "consulted": False}),
        (None, {"specialty": "Family medicine", "consulted": False}),
    ],
)
def test_specialist_agrees_or_is_not_stated(answer: bool | None, prescriber: Any) -> None:
    assert not texts(answers={NEUROLOGIST: answer}, prescriber=prescriber)


@pytest.mark.parametrize(
    ("prescriber", "state"),
    [
        ({"specialty": "Neurology"}, FindingState.MET),
        ({"specialty": "Dermatology", "consultant_specialty": "neurologist"}, FindingState.MET),
        ({"specialty": "Dermatology"}, FindingState.NOT_ANSWERED),
        ({"specialty": "Dermatology", "consulted": False}, FindingState.NOT_ANSWERED),
        ({}, FindingState.NOT_ANSWERED),
    ],
)
def test_specialty_answers_the_criterion_only_where_it_fits(
    prescriber: Any, state: FindingState
) -> None:
    found = judged(request(prescriber=prescriber))
    assert found.specific is not None
    states = {leaf.node.key: leaf.state for leaf in leaves(found.specific)}
    assert states[NEUROLOGIST] is state


@pytest.mark.parametrize(
    ("specialty", "count"),
    [("Pulmonology", 0), ("Allergy and immunology", 0), ("allergist/immunologist", 0), ("ENT", 1)],
)
def test_each_specialty_is_that_of_its_question(specialty: str, count: int) -> None:
    answers = {"pulmonologist_or_allergist_involved": True}
    stated = {"indication": "asthma", "pathway": None, "answers": answers}
    assert len(texts(**stated, prescriber={"specialty": specialty, "consulted": False})) == count


@pytest.mark.parametrize(
    ("patient", "said"),
    [
        ({"age_years": 9, "date_of_birth": "1990-01-01"}, "is 31 on the date of the request"),
        ({"age_years": 12, "date_of_birth": "2008-06-30"}, "An age of 12 years"),
        ({"age_years": 13, "date_of_birth": "2008-06-30"}, ""),
        ({"date_of_birth": "2008-06-30"}, ""),
        ({"age_years": 9}, ""),
        ({}, ""),
    ],
)
def test_age_beside_the_date_of_birth(patient: dict[str, Any], said: str) -> None:
    found = texts(patient=patient)
    assert len(found) == bool(said)
    assert said in "".join(found)


def test_age_answered_beside_the_date_of_birth() -> None:
    """The age of the criterion is that of the birth, and the one answered is shown beside it."""
    found = laid_over(
        "uhc", "pediatric-hiv", patient={"date_of_birth": "1990-01-01"}, answers={"age_years": 9}
    )
    assert [gate.text[:20] for gate in contradictions(found)] == ["An age of 9 years is"]
    assert found.overall is Overall.DOES_NOT_MEET
    young = laid_over(
        "uhc", "pediatric-hiv", patient={"date_of_birth": "2010-01-01"}, answers={"age_years": 9}
    )
    assert young.overall is Overall.NEEDS_REVIEW


@pytest.mark.parametrize(
    ("on", "overall"),
    [("2022-02-28", Overall.MEETS), ("2022-03-01", Overall.DOES_NOT_MEET)],
)
def test_born_on_29_february_is_14_on_1_march(on: str, overall: Overall) -> None:
    patient = {"date_of_birth": "2008-02-29"}
    found = laid_over("uhc", "pediatric-hiv", on=on, patient=patient, answers={"age_years": None})
    assert found.overall is overall


@pytest.mark.parametrize(
    ("answer", "place", "count"),
    [
        (True, "office", 1),
        (False, "home", 1),
        (False, "self", 1),
        (True, "home", 0),
        (False, "inpatient", 0),
        (True, None, 0),
        (None, "office", 0),
    ],
)
def test_place_beside_the_home_criterion(answer: bool | None, place: str, count: int) -> None:
    home = {"policy": "cms", "indication": "primary-immunodeficiency-home", "pathway": None}
    found = texts(**home, answers={"home_administration": answer}, place=place)
    assert len(found) == count


@pytest.mark.parametrize(
    ("file", "key", "drug", "count"),
    [
        ("asthma", "asthma_anti_ige", "Dupixent", 1),
        ("asthma", "asthma_anti_ige", "Xolair", 0),
        ("asthma", "asthma_anti_ige", "omalizumab 300 mg", 0),
        ("asthma", "asthma_anti_ige", "a new drug", 0),
        ("asthma", "asthma_anti_ige", "", 0),
        ("autoimmune-bullous", "bullous_steroid_immunosuppressant", "prednisone", 1),
        ("autoimmune-bullous", "bullous_steroid_immunosuppressant", "prednisone and Imuran", 0),
        ("autoimmune-bullous", "bullous_steroid_immunosuppressant", "prednisone + dapsone", 0),
        ("multiple-sclerosis-initial", "ms_avonex", "Copaxone", 1),
        ("multiple-sclerosis-initial", "ms_avonex", "interferon beta-1a", 0),
    ],
)
def test_drug_named_beside_its_therapy(file: str, key: str, drug: str, count: int) -> None:
    answers = {key: {"outcome": "failure", "drug": drug or None}}
    found = laid_over("uhc", file, answers=answers)
    assert len(contradictions(found)) == count
    assert found.overall is (Overall.NEEDS_REVIEW if count else Overall.MEETS)


@pytest.mark.parametrize(
    ("tried", "state"),
    [
        (["azathioprine", "CellCept"], FindingState.MET),
        (["prednisone", "azathioprine"], FindingState.NOT_MET),
        (["Imuran", "azathioprine"], FindingState.NOT_MET),
        (["IMURAN®", "Azasan"], FindingState.NOT_MET),
        (["Imuran (azathioprine) 150 mg", "Cell-Cept"], FindingState.MET),
        (["azathioprine, Imuran"], FindingState.NOT_MET),
        (["azathioprine and mycophenolate"], FindingState.FOR_REVIEWER),
        (["azathioprine", "a new drug"], FindingState.FOR_REVIEWER),
        (["a new drug", "another one"], FindingState.FOR_REVIEWER),
        (["a new drug"], FindingState.NOT_MET),
        (["A new drug", "a  new-drug"], FindingState.NOT_MET),
        (["methylprednisolone", "Solu-Medrol", "prednisolone"], FindingState.NOT_MET),
        (["x", "y"], FindingState.FOR_REVIEWER),
        (2, FindingState.MET),
        (1, FindingState.NOT_MET),
        ([], FindingState.NOT_MET),
    ],
)
def test_immunomodulators_are_counted_by_name(tried: Any, state: FindingState) -> None:
    """Line 429: two different agents; corticosteroids are not among them."""
    answers = {"mg_immunomodulators_tried": tried}
    found = laid_over("uhc", "myasthenia-gravis-refractory", answers=answers)
    assert found.specific is not None
    states = {leaf.node.key: leaf.state for leaf in leaves(found.specific)}
    assert states["mg_immunomodulators_tried"] is state


@pytest.mark.parametrize(
    "order", [("answers", "prescriber", "patient"), ("patient", "prescriber", "answers")]
)
def test_order_of_entry_makes_no_difference(order: tuple[str, ...]) -> None:
    stated = {
        "answers": {NEUROLOGIST: True, "age_years": 9},
        "prescriber": {"specialty": "Family medicine", "consulted": False},
        "patient": {"date_of_birth": "1990-01-01"},
    }
    assert len(texts(**{key: stated[key] for key in order})) == 2
