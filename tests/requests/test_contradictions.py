"""The gates that contradictions of the policy close: both sides, both lines, on either side."""

from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest

from criteria.papers.letters.items import items_of
from criteria.policies.codes.codebook import NO_CODEBOOK
from criteria.policies.edition import Edition
from criteria.requests.assessment.assess import Assessment, assess
from criteria.requests.case import Case, GateFinding, GateKind, SiteOfCare
from criteria.requests.dispositions.criterion_views import CriterionView
from criteria.requests.dispositions.grounds import grounds_of
from criteria.rules import Answer, FindingState
from criteria.rules.terms import Coverage, Overall, TherapyPhase
from tests.policies.shipped.cases import editions, judged

UHC, CMS = editions("uhc")[0], editions("cms")[-1]
DAY = date(2021, 6, 30)
BOTH = (TherapyPhase.INITIAL, TherapyPhase.CONTINUATION)
GENERAL: dict[str, Answer] = {
    "history_physical": True,
    "lab_evidence": True,
    "response_documented": True,
    "frequency_duration_stated": True,
    "long_term": False,
    "therapy_start_date": DAY,
    "necessity_to_start": True,
    "continued_need": True,
}


def found_of(
    edition: Edition, indication: str, phase: TherapyPhase = TherapyPhase.INITIAL, **parts: Any
) -> Assessment:
    answers = GENERAL | parts.pop("answers", {})
    case = Case(request_date=DAY, phase=phase, indication=indication, answers=answers, **parts)
    return assess(edition, case, NO_CODEBOOK)


def points(found: Assessment) -> list[GateFinding]:
    return [gate for gate in found.gates if gate.gate is GateKind.CONTRADICTION]


# By contradiction of the commercial policy: entry, answers that make the fact, that do not, and
# the lines of both sides.
ASKED: list[tuple[str, str, dict[str, Answer], list[dict[str, Answer]]]] = [
    *(
        (
            "igm-neuropathy",
            entry,
            {"paraprotein_is_igm": True, "neuropathy_demyelinating": True},
            [{"paraprotein_is_igm": False}, {"neuropathy_demyelinating": False}],
        )
        for entry in (
            "igm-anti-mag-neuropathy",
            "monoclonal-gammopathy",
            "paraproteinemic-neuropathy",
        )
    ),
    (
        "renal-treatment",
        "renal-transplantation",
        {"renal_rejection_purpose": "treatment"},
        [{"renal_rejection_purpose": "prevention"}],
    ),
]


@pytest.mark.parametrize(("key", "entry", "fact", "others"), ASKED)
@pytest.mark.parametrize("phase", BOTH)
def test_fact_under_an_entry_that_asks_it(
    key: str,
    entry: str,
    fact: dict[str, Answer],
    others: list[dict[str, Answer]],
    phase: TherapyPhase,
) -> None:
    found = found_of(UHC, entry, phase, answers=fact)
    (gate,) = points(found)
    point = UHC.contradictions[key]
    assert found.overall is Overall.NEEDS_REVIEW
    assert gate.state is FindingState.FOR_REVIEWER
    assert gate.lines == f"{point.one_side_lines}, {point.other_side_lines}"
    assert point.one_side.rstrip(".") in gate.text and point.other_side.rstrip(".") in gate.text
    assert set(gate.about) == fact.keys()
    for other in others:
        found = found_of(UHC, entry, phase, answers=other)
        assert (found.overall, points(found)) == (Overall.MEETS, [])
    for known in ({}, *({k: fact[k]} for k in fact if len(fact) > 1)):
        found = found_of(UHC, entry, phase, answers=known)
        assert (found.overall, points(found)) == (Overall.INCOMPLETE, [])
        assert set(found.open_questions) == fact.keys() - known.keys()


SELF = [
    (UHC, "isolated-igm-deficiency", ("1476", "647")),
    (UHC, "demyelinating-neuropathy-monoclonal-igm", ("277, 314, 487", "637")),
]


@pytest.mark.parametrize(("edition", "entry", "sides"), SELF)
@pytest.mark.parametrize("phase", BOTH)
def test_entry_that_is_the_point_itself(
    edition: Edition, entry: str, sides: tuple[str, str], phase: TherapyPhase
) -> None:
    assert edition.indications[entry].coverage is Coverage.UNPROVEN
    found = found_of(edition, entry, phase)
    (gate,) = points(found)
    assert found.overall is Overall.NEEDS_REVIEW
    assert (gate.lines, gate.about) == (", ".join(sides), ("indication",))
    assert not any(each.gate is GateKind.INDICATION for each in found.gates)
    failing = found_of(edition, entry, phase, product="panzyga-10")
    assert failing.overall is Overall.DOES_NOT_MEET and points(failing)
    case = Case(request_date=DAY, phase=phase, indication=entry)
    assert assess(edition, case).overall is Overall.INCOMPLETE


def test_every_other_unproven_use_still_fails() -> None:
    own = {entry for _, entry, _ in SELF}
    for indication in UHC.indications.values():
        if indication.coverage is Coverage.UNPROVEN and indication.key not in own:
            found = found_of(UHC, indication.key)
            assert (found.overall, points(found)) == (Overall.DOES_NOT_MEET, [])


@pytest.mark.parametrize(
    ("alone", "codes", "overall", "about"),
    [
        (True, (), Overall.NEEDS_REVIEW, [("pid_igm_alone",)]),
        (True, ("D80.4",), Overall.NEEDS_REVIEW, [("pid_igm_alone", "icd10")]),
        (False, ("D80.4",), Overall.NEEDS_REVIEW, [("icd10",)]),
        (False, ("D83.9", "D80.4"), Overall.NEEDS_REVIEW, [("icd10",)]),
        (False, ("D80.3",), Overall.MEETS, []),
        (False, (), Overall.MEETS, []),
        (None, (), Overall.INCOMPLETE, []),
        (None, ("D80.4",), Overall.INCOMPLETE, [("icd10",)]),
    ],
)
def test_igm_alone(
    alone: bool | None, codes: tuple[str, ...], overall: Overall, about: list[tuple[str, ...]]
) -> None:
    answers: dict[str, Answer] = {"pid_diagnosis": True, "pid_infections": True}
    answers |= {} if alone is None else {"pid_igm_alone": alone}
    found = found_of(
        UHC, "primary-immunodeficiency", TherapyPhase.CONTINUATION, answers=answers, icd10=codes
    )
    assert [gate.about for gate in points(found)] == about
    assert found.overall is overall


@pytest.mark.parametrize("acute", [True, False, None])
@pytest.mark.parametrize("infection", [True, False, None])
@pytest.mark.parametrize("chronic", ["chronic_gvhd", "not_chronic", None])
def test_use_after_the_transplant(
    acute: bool | None, infection: bool | None, chronic: str | None
) -> None:
    """Chronic GVHD is the point whatever stands beside it; a listed use alone is enough."""
    given = {
        "bmt_prevents_acute_gvhd": acute,
        "bmt_prevents_infection": infection,
        "bmt_prevents_chronic_gvhd": chronic,
    }
    answers = {key: value for key, value in given.items() if value is not None}
    found = found_of(UHC, "bmt", answers=answers)
    assert found.specific is not None
    use = found.specific.members[0].state
    if True in (acute, infection):
        assert use is FindingState.MET
    elif acute is infection is False and chronic:
        assert use is (
            FindingState.FOR_REVIEWER if chronic == "chronic_gvhd" else FindingState.NOT_MET
        )
    else:
        assert use is FindingState.NOT_ANSWERED
    assert bool(points(found)) is (chronic == "chronic_gvhd")
    assert found.overall is not Overall.MEETS


# Medicare


@pytest.mark.parametrize("edition", editions("cms"), ids=lambda each: each.number)
@pytest.mark.parametrize("phase", BOTH)
def test_rules_beside_a_code_follow_the_diagnosis(edition: Edition, phase: TherapyPhase) -> None:
    four = ("diabetes", "dysproteinemia", "renal_failure", "malnutrition")
    for code, values in product(("G61.0", "G60.3", "G61.81"), product((True, False), repeat=4)):
        answers = {f"neuropathy_{d}": v for d, v in zip(four, values, strict=True)}
        found = found_of(edition, "cidp", phase, answers=answers, icd10=(code,))
        failing = Overall.DOES_NOT_MEET if code == "G61.81" else Overall.NEEDS_REVIEW
        assert found.overall is (failing if any(values) else Overall.MEETS), (code, values)
        assert bool(points(found)) is (any(values) and code != "G61.81")
    for key, code, answers, lines in (
        ("pediatric-hiv", "D83.9", {"age_years": 13}, "156"),
        ("pure-red-cell-aplasia", "D83.9", {"first_line_therapies_failed": False}, "157"),
    ):
        request = {
            "policy": "cms",
            "on": edition.effective_from.isoformat(),
            "phase": phase.value,
            "indication": key,
            "icd10": code,
            "answers": {"necessity_to_start": True, "continued_need": True} | answers,
        }
        report = judged(request).report
        assert report["overall"] == "needs review"
        (gate,) = report["gates"]
        assert gate["lines"].startswith(lines)


@pytest.mark.parametrize("edition", editions("cms"), ids=lambda each: each.number)
@pytest.mark.parametrize("codes", [(), ("L12.0",), ("G61.82",)])
@pytest.mark.parametrize("phase", BOTH)
def test_blistering_disease_never_simply_meets(
    edition: Edition, codes: tuple[str, ...], phase: TherapyPhase
) -> None:
    answers: dict[str, Answer] = {
        "blistering_disease": "bullous_pemphigoid",
        "biopsy_proven": True,
        "conventional_therapy_failed": True,
        "short_term_only": True,
        "maintenance_therapy": False,
    }
    found = found_of(edition, "autoimmune-bullous", phase, answers=answers, icd10=codes)
    assert found.overall is Overall.NEEDS_REVIEW
    lines = [gate.lines for gate in points(found)]
    assert lines == (["22, 165"] if phase is TherapyPhase.INITIAL else ["22, 165", "20"])
    missing = [gate for gate in found.gates if gate.gate is GateKind.CODE]
    assert [gate.state for gate in missing] == ([] if codes else [FindingState.FOR_REVIEWER])
    failing = found_of(
        edition, "autoimmune-bullous", phase, answers=answers | {"biopsy_proven": False}
    )
    assert failing.overall is Overall.DOES_NOT_MEET


HOME_CODES = {
    *("D80.0", "D80.2", "D80.3", "D80.4", "D80.5", "D80.6", "D80.7", "D81.0", "D81.1", "D81.2"),
    *("D81.5", "D81.6", "D81.7", "D81.89", "D81.9", "D82.0", "D82.1", "D82.4", "D83.0", "D83.1"),
    *("D83.2", "D83.8", "D83.9", "G11.3"),
}


@pytest.mark.parametrize("edition", editions("cms"), ids=lambda each: each.number)
def test_home_list_binds_by_the_place(edition: Edition) -> None:
    listed = [c.code for c in edition.codes.values() if "primary-immunodeficiency" in c.indications]
    assert {*listed} >= HOME_CODES and "D80.1" in listed
    for code, place in product(listed, SiteOfCare):
        for phase in BOTH:
            found = found_of(edition, "primary-immunodeficiency", phase, icd10=(code,), place=place)
            outside = place.is_home and code not in HOME_CODES
            wanted = Overall.DOES_NOT_MEET if outside else Overall.MEETS
            known = edition.codes[next(key for key in edition.codes if key[1] == code)]
            if known.valid_on(DAY):
                assert found.overall is wanted, (code, place)
    for code in ("D80.1", "D80.0"):
        found = found_of(edition, "primary-immunodeficiency", icd10=(code,))
        is_open = code == "D80.1"
        assert found.overall is (Overall.INCOMPLETE if is_open else Overall.MEETS)
        assert found.open_questions == (("home_administration",) if is_open else ())


def test_answer_given_outright_stands_beside_the_place() -> None:
    found = found_of(
        CMS,
        "primary-immunodeficiency",
        icd10=("D80.1",),
        place=SiteOfCare.OFFICE,
        answers={"home_administration": True},
    )
    assert found.overall is Overall.DOES_NOT_MEET


# The data


@pytest.mark.parametrize("edition", [UHC, *editions("cms")], ids=lambda each: each.number)
def test_every_contradiction_is_reached(edition: Edition) -> None:
    for point in edition.contradictions.values():
        without = replace(edition, contradictions={})
        entries = [key for key in edition.indications if key in point.indications]
        for entry in entries:
            for phase in point.phases:
                assert points(found_of(edition, entry, phase))
                assert not points(found_of(without, entry, phase))


@pytest.mark.parametrize(("edition", "entry", "sides"), SELF)
def test_reviewer_may_hold_with_either_side(
    edition: Edition, entry: str, sides: tuple[str, str]
) -> None:
    """By a note: until then it speaks for no decision, whoever the contradiction is found by."""
    purpose = {"renal_rejection_purpose": "treatment"}
    asked = found_of(edition, "renal-transplantation", answers=purpose)
    for found in (found_of(edition, entry), asked):
        (item,) = [each for each in items_of(found, {}) if each.block == "gate"]
        for view, is_ground in (
            (CriterionView(), False),
            (CriterionView("accepted"), False),
            (REFUSED, True),
        ):
            assert (item.place in grounds_of(found, {item.place: view})) is is_ground
    (item,) = [each for each in items_of(found_of(edition, entry), {}) if each.block == "gate"]
    assert all(line in item.answered for line in ", ".join(sides).split(", "))


REFUSED = CriterionView("not_accepted", "The other side is right.")
