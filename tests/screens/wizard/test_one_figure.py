"""One figure is shown one way: on screens, the packet, the desk, in evaluate, in a letter."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from criteria.dosing.figures import grams_text, kg_text, mg_per_kg_text
from criteria.dosing.label_words import BY_LABEL, label_rows
from criteria.dosing.sentences import offer_words
from criteria.papers.letters.given import Given
from criteria.papers.letters.terms import terms_of
from criteria.papers.packet.dose import fit_text, worksheet
from criteria.requests.assessment.assess import Assessment
from criteria.requests.case_files.dose_report import dose_report
from criteria.requests.dose.words import course_text
from criteria.screens.wizard.dose.view import DoseView
from criteria.screens.wizard.result import ResultView
from criteria.screens.wizard.walkthrough import Walkthrough
from tests.helpers.wizard.offers import MONTHLY, asked, taken

pytestmark = pytest.mark.django_db
THEN = {
    "then": "yes",
    "then_dose_unit": "g",
    "then_basis": "total",
    "then_days": "5",
    "then_consecutive": "yes",
    "then_interval": "5",
    "then_interval_unit": "weeks",
    "then_courses": "2",
    "then_begins": "35",
}
FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)? (?:g|kg|mg/kg)\b")
USES = [
    ("cidp", "initial"),
    ("autoimmune-bullous", "standard"),
    ("kawasaki", "standard"),
    ("fnait", "pregnant"),
    ("gbs", "standard"),
]


def figures_of(*texts: str) -> set[str]:
    return {figure for text in texts for figure in FIGURE.findall(text)}


def told(view: DoseView) -> dict[str, list[str]]:
    """Every text about the dose, by where it stands."""
    found = view.assessment
    assert found is not None
    sheet = worksheet(found, ())
    return {
        "page": [
            view.text,
            view.course,
            view.weight,
            *(text for row in view.asked for text in (row.grams, row.discarded)),
            *(text for row in view.rows for f in row.figures for text in (f.formula, f.vials)),
        ],
        "result": [text for _, text in ResultView(Walkthrough(view.draft)).dose.summary],
        "letter": [*_letter(found)],
        "packet and desk": [
            sheet.text,
            *(fact.value for fact in sheet.facts),
            *(row.formula for row in sheet.regimens),
            *(p for row in sheet.regimens for period in row.periods for p in (period.vials,)),
        ],
    }


def _letter(found: Assessment) -> Iterator[str]:
    """An approval as asked for."""
    gives = Given(as_asked=True, months=6, starts_on=date(2026, 11, 20))
    terms = terms_of(found, gives, product="", dose=course_text(found))
    yield from (terms.dose_text, terms.per_kg, terms.vials)


def rounded_apart(figures: set[str]) -> list[tuple[str, str]]:
    """Two figures of one unit so near to each other that they are one, written in two ways."""
    numbers = [(Decimal(f.split()[0].replace(",", "")), f.split()[1], f) for f in sorted(figures)]
    return [
        (one[2], other[2])
        for i, one in enumerate(numbers)
        for other in numbers[i + 1 :]
        if one[1] == other[1] and one[0] == other[0]
    ]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(USES),
    st.decimals("3", "140", places=3),
    st.decimals("1", "200", places=1),
    st.sampled_from(["1", "2", "3", "5"]),
    st.none() | st.decimals("1", "200", places=1),
)
@example(("cidp", "initial"), Decimal(82), Decimal(165), "5", None)
@example(("cidp", "initial"), Decimal("83.915"), Decimal("167.83"), "5", None)
@example(("cidp", "initial"), Decimal("69.853"), Decimal("139.5"), "5", Decimal("139.5"))
def test_each_figure_is_written_one_way(
    use: tuple[str, str], kg: Decimal, grams: Decimal, days: str, then: Decimal | None
) -> None:
    """On screens, in the packet and in the letter; of both parts where there are two."""
    following = {} if then is None else THEN | {"then_dose": str(then)}
    view = DoseView(asked(*use, str(kg), str(grams), days, **MONTHLY | following))
    if view.draft.dose.weight_kg is None or view.assessment is None:
        return
    texts = told(view)
    dose = view.assessment.dose
    assert not rounded_apart(figures_of(*(text for place in texts.values() for text in place)))
    report: dict[str, Any] = dose_report(view.assessment)
    for place, said in texts.items():
        whole = " | ".join(said)
        assert kg_text(view.draft.dose.weight_kg) in whole, place
        for part, told_part in zip(dose.parts, (report, report["then"]), strict=False):
            if part.grams is not None:
                assert grams_text(part.grams) in whole, place
                assert grams_text(Decimal(told_part["requested_g_per_course"])) in whole, place
            if part.mg_per_kg is not None:
                assert mg_per_kg_text(part.mg_per_kg) in whole, place
            for day in part.course.days if part.course else ():
                assert grams_text(day.grams) in whole, place
    for place, said in texts.items():
        whole = " | ".join(said)
        for part in dose.parts:
            if part.course is not None and part.course.discarded_g and place != "letter":
                assert grams_text(part.course.discarded_g) in whole, place
    others = {finding.limit.key for finding in dose.findings if finding.not_used}
    for maximum in dose.maxima:
        if maximum.available is False or maximum.limit.key in others:
            continue
        course = maximum.per_course
        assert course is not None and course.exact_g is not None
        for place, said in texts.items():
            if place == "letter":
                continue  # an approval names what is given, not what might have been
            assert grams_text(course.exact_g) in " | ".join(said), place


def offered_figures(view: DoseView) -> dict[str, str]:
    """The best offer, by where it is told: packet and desk, letter, next step, evaluate."""
    found = view.assessment
    assert found is not None
    sheet = worksheet(found, ())
    report: dict[str, Any] = dose_report(found)
    offer = report["offers"][0]
    return {
        "packet and desk": {f.label: f.value for f in sheet.facts}["Nearest dose that fits"],
        "letter": fit_text(found),
        "next step": offer_words(found.dose.offers[0]),
        "evaluate": f"{mg_per_kg_text(Decimal(offer['mg_per_kg_per_course']))} "
        f"{grams_text(Decimal(offer['grams_per_course']))}",
    }


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(USES),
    st.decimals("3", "140", places=3),
    st.decimals("10", "400", places=1),
    st.sampled_from(["kg", "lb"]),
    st.sampled_from(["1", "2", "3", "5", "7"]),
)
@example(("autoimmune-bullous", "standard"), Decimal(70), Decimal(137), "kg", "3")
@example(("cidp", "initial"), Decimal(185), Decimal(200), "lb", "5")
def test_an_offer_is_written_as_it_is_once_it_was_taken(
    use: tuple[str, str], weight: Decimal, grams: Decimal, unit: str, days: str
) -> None:
    """135 g at 70 kg is one number of mg/kg, offered or asked for, on every screen and paper."""
    more = MONTHLY | {"weight_unit": unit}
    view = DoseView(asked(*use, str(weight), str(grams), days, **more))
    if view.assessment is None or not view.assessment.dose.offers:
        return
    button = view.offers[0]
    after = DoseView(taken(view.draft, button.value))
    assert after.assessment is not None
    part = after.assessment.dose.first
    assert part.grams is not None and part.mg_per_kg is not None
    figures = grams_text(part.grams), mg_per_kg_text(part.mg_per_kg)
    assert figures[0] in button.words
    for place, text in offered_figures(view).items():
        assert all(figure in text for figure in figures), (place, text, figures)
    for place, said in told(after).items():
        assert all(figure in " | ".join(said) for figure in figures), (place, said)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(USES), st.decimals("6", "300", places=1))
@example(("cidp", "initial"), Decimal(185))
def test_the_most_there_may_be_is_written_as_it_is_once_it_is_asked_for(
    use: tuple[str, str], pounds: Decimal
) -> None:
    """2,000 mg/kg at 185 lb: what is asked for is not shown above what is allowed."""
    more = MONTHLY | {"weight_unit": "lb", "dose_unit": "mg/kg"}
    view = DoseView(asked(*use, str(pounds), "2000", "5", **more))
    if view.assessment is None or view.draft.dose.weight_kg is None:
        return
    dose = view.assessment.dose
    for maximum in dose.maxima:
        course = maximum.per_course
        if course is None or course.exact_g is None or course.mg_per_kg != dose.first.mg_per_kg:
            continue
        figure = grams_text(course.exact_g)
        for place, said in told(view).items():
            assert figure in " | ".join(said), place
        assert course_text(view.assessment).startswith(figure)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(["hizentra-20", "cuvitru-20", "hyqvia-10", "xembify-20"]),
    st.decimals("3", "140", places=3),
    st.decimals("1", "90", places=2),
    st.decimals("1", "200", places=1),
    st.sampled_from(["1", "2", "3", "4"]),
)
@example("hizentra-20", Decimal(70), Decimal(14), Decimal(40), "1")
def test_figures_of_a_label_are_written_one_way(
    product: str, kg: Decimal, grams: Decimal, before: Decimal, weeks: str
) -> None:
    more = {"interval": weeks, "interval_unit": "weeks", "product": product, "route": "SC"}
    more |= {"earlier": "iv", "earlier_grams": str(before)}
    more |= {"earlier_interval": "3", "earlier_interval_unit": "weeks"}
    view = DoseView(asked("primary-immunodeficiency", "standard", str(kg), str(grams), "1", **more))
    if view.draft.dose.weight_kg is None or view.draft.dose.request is None:
        return
    found = view.assessment
    assert found is not None and found.dose.label is not None
    rows = label_rows(found.dose.label)
    assert rows and dose_report(found)["label"]["rows"] == [list(row) for row in rows]
    texts = told(view) | {"page": [text for _, text in view.label]}
    del texts["letter"]  # an approval names what is given, not how a label makes it
    for place, said in texts.items():
        assert all(words in " | ".join(said) for _, words in rows), place
    assert not rounded_apart(figures_of(*(text for said in texts.values() for text in said)))
    most = found.dose.label.most_weekly
    assert most is not None and grams_text(most) in dict(rows)[BY_LABEL]
