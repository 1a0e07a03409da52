"""The dose lines of the commercial policy as limits, by line number, for these tests."""

from decimal import Decimal
from typing import Any

from criteria.dosing import CoursesCounted, DoseRule, Limit, Per, Regimen, RegimenEvent


def limit(line: int | str, per: Per, amount: int, **more: Any) -> Limit:
    more.setdefault("key", f"line-{line}")
    if more.get("max_courses") is not None:
        over = CoursesCounted.AUTHORIZATION if line == 485 else CoursesCounted.IN_ALL
        more.setdefault("courses_counted", over)
    return Limit(per=per, max_mg_per_kg=Decimal(amount), lines=str(line), **more)


def one(*phases: Limit) -> DoseRule:
    return DoseRule((Regimen(phases),), iv_only=True)


def either(*limits: Limit) -> DoseRule:
    return DoseRule(tuple(Regimen((each,)) for each in limits), iv_only=True)


def monthly(line: int, amount: int, **more: Any) -> DoseRule:
    return one(limit(line, Per.MONTH, amount, min_days=2, max_days=5, **more))


CONSECUTIVE = (167, 174, 199, 241, 275, 298, 612)
ANY_DAYS = (418, 432, 468, 485, 536, 557, 563)
MAX_COURSES = {167: 6, 241: 3, 418: 3, 468: 6, 485: 6}
MONTHLY = {
    **dict.fromkeys(CONSECUTIVE, (2000, True)),
    **dict.fromkeys((329, 335), (2400, True)),
    **dict.fromkeys(ANY_DAYS, (2000, False)),
}

RUNS: dict[str, Any] = {"consecutive_days": True, "min_days_between_runs": 21}

RULES = {
    line: monthly(line, amount, max_courses=MAX_COURSES.get(line), **(RUNS if together else {}))
    for line, (amount, together) in MONTHLY.items()
}
RULES |= {
    132: either(
        limit(
            132,
            Per.MONTH,
            2000,
            min_days=3,
            max_days=3,
            **RUNS,
            equal_doses=True,
        ),
        limit(
            132,
            Per.DAY,
            400,
            max_days=5,
            **RUNS,
            shortest_interval_days=28,
            key="line-132b",
        ),
    ),
    144: one(
        limit(144, Per.DOSE, 500, shortest_interval_days=7, through_day_of_therapy=90),
        limit(
            144,
            Per.DOSE,
            500,
            shortest_interval_days=28,
            until_event=RegimenEvent.TRANSPLANT,
            until_days=360,
            key="line-144b",
        ),
    ),
    **{
        line: one(limit(line, Per.DOSE, 400, shortest_interval_days=21, longest_interval_days=28))
        for line in (187, 348)
    },
    224: either(
        limit(224, Per.DOSE, 1000, shortest_interval_days=7, until_event=RegimenEvent.DELIVERY),
        limit(
            227,
            Per.DOSE,
            2000,
            shortest_interval_days=7,
            until_event=RegimenEvent.DELIVERY,
            conditional=True,
            condition_words="high risk of intracranial hemorrhage",
            key="fnait-high-risk",
        ),
    ),
    253: one(limit(253, Per.DOSE, 400, shortest_interval_days=28)),
    **{line: one(limit(line, Per.DAY, 1000, min_days=1, max_days=2)) for line in (263, 593)},
    286: either(
        limit(286, Per.DAY, 400, max_days=5, consecutive_days=True, max_courses=1),
        limit(286, Per.COURSE, 2000, max_days=1, max_courses=1, key="line-286b"),
    ),
    309: one(
        limit(
            309,
            Per.DAY,
            400,
            min_days=4,
            max_days=5,
            **RUNS,
            shortest_interval_days=28,
        )
    ),
    384: one(limit(384, Per.DAY, 400, max_days=5, only_induction=True)),
    393: one(limit(393, Per.MONTH, 1000)),
    496: one(limit(496, Per.DAY, 1000, max_days=2)),
    509: one(
        limit(
            509,
            Per.DOSE,
            400,
            shortest_interval_days=28,
            until_event=RegimenEvent.DISCONTINUATION,
            until_days=360,
        )
    ),
    523: one(
        limit(
            523,
            Per.DOSE,
            800,
            min_mg_per_kg=Decimal(200),
            shortest_interval_days=21,
            longest_interval_days=28,
            only_initial=True,
        )
    ),
}
RULES |= {226: RULES[224], 227: RULES[224]}
