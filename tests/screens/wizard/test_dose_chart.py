"""The chart: the dose against the limit that decides, in its own unit, or no chart."""

from decimal import Decimal

import pytest

from criteria.screens.wizard.dose.view import DoseView
from tests.helpers.wizard.offers import MONTHLY, ONCE, asked
from tests.screens.wizard.conftest import Walker

pytestmark = pytest.mark.django_db


def test_a_monthly_limit_is_drawn_as_grams_in_28_days() -> None:
    chart = DoseView(asked("cidp", "initial", "82", "164", "5", **MONTHLY)).chart
    assert chart is not None
    assert chart.words == "in 28 days"
    assert chart.most_g == Decimal(164)
    # 3 days of 33 g and 2 of 32.5 g add up: the days that whole vials make of 164 g.
    assert list(chart.grams[:6]) == [
        Decimal(text) for text in ("33", "66", "99", "131.5", "164", "164")
    ]
    assert max(chart.grams) == Decimal(164)
    assert "at most 164 g. The policy allows at most 164 g." in chart.text


def test_one_infusion_day_is_not_drawn() -> None:
    assert DoseView(asked("cidp", "initial", "82", "164", "1", **MONTHLY)).chart is None


def test_weekly_doses_add_up_over_two_windows() -> None:
    """Four weekly days of 20 g are 80 g in any 28 days."""
    often = {"interval": "1", "interval_unit": "weeks", "courses": "12"}
    chart = DoseView(asked("cidp", "initial", "20", "20", "1", **often)).chart
    assert chart is None or (len(chart.grams), max(chart.grams)) == (56, Decimal(80))
    chart = DoseView(asked("myasthenia-gravis", "refractory", "20", "20", "1", **often)).chart
    assert chart is not None
    assert (len(chart.grams), max(chart.grams), chart.most_g) == (56, Decimal(80), Decimal(40))


def test_no_dose_is_drawn_against_another_regimen() -> None:
    """36 g over 2 days fits neither regimen: 400 mg/kg on 5 days, or 2,000 mg/kg once."""
    view = DoseView(asked("kawasaki", "standard", "18", "36", "2", **ONCE))
    assert view.chart is None


def test_of_two_regimens_the_one_that_is_used_is_drawn() -> None:
    view = DoseView(asked("kawasaki", "standard", "18", "35", "5", **ONCE))
    assert view.chart is not None
    assert (view.chart.words, view.chart.most_g) == ("a day", Decimal("7.2"))
    assert [row.is_not_used for row in view.rows] == [False, True]


@pytest.mark.parametrize("days", ["7"])
def test_days_are_not_drawn_against_an_amount(days: str) -> None:
    assert DoseView(asked("cidp", "initial", "82", "140", days, **MONTHLY)).chart is None


def test_the_line_and_the_columns_stay_inside_the_drawing() -> None:
    chart = DoseView(asked("cidp", "initial", "82", "164", "5", **MONTHLY)).chart
    assert chart is not None
    assert 0 < per_cent(chart.limit_y) < 100
    for one in chart.columns:
        assert per_cent(one.y) >= 0
        assert abs(per_cent(one.y) + per_cent(one.height) - 100) < 0.02
        assert per_cent(one.x) + per_cent(one.width) <= 100


def per_cent(text: str) -> float:
    return float(text.removesuffix("%"))


def test_no_words_stand_in_the_drawing_where_columns_may_cover_them(ready: Walker) -> None:
    page = ready.soup("dose")
    assert page.select(".chart svg rect") and not page.select(".chart svg text")
    days = [mark.get_text() for mark in page.select(".chart .ends span")]
    assert days == ["day 1", "day 14", "day 28"]
    key = page.select_one(".chart-key")
    assert key is not None and "most in 28 days: 139.7" in key.get_text()


def test_both_parts_of_a_dose_are_drawn_on_one_calendar() -> None:
    """70 g in a month twice, then 84 g: the window that holds both parts is drawn, too."""
    following = {
        "then": "yes",
        "then_dose": "84",
        "then_dose_unit": "g",
        "then_basis": "total",
        "then_days": "2",
        "then_consecutive": "yes",
        "then_interval": "4",
        "then_interval_unit": "weeks",
        "then_courses": "3",
        "then_begins": "21",
    }
    view = DoseView(asked("cidp", "initial", "82", "70", "2", **MONTHLY | following))
    assert view.chart is not None
    days = {day: grams for day, grams in enumerate(view.chart.given) if grams}
    assert [day for day, grams in days.items() if grams == 35] == [0, 1, 28, 29, 56, 57]
    assert [day for day, grams in days.items() if grams == 42][:4] == [77, 78, 105, 106]
    assert max(view.chart.grams) == Decimal(154)  # days 57, 58 and 78, 79 are one window
