"""What a limit allows, in mg/kg, per span of time."""

from fractions import Fraction

from criteria.dosing.limits import Limit, Per

MONTH_DAYS = 28
WEEK_DAYS = 7
PERIOD_DAYS = {Per.MONTH: MONTH_DAYS, Per.WEEK: WEEK_DAYS}


def course_ceiling(limit: Limit) -> Fraction:
    """mg/kg in one course: a daily limit times its days."""
    return Fraction(limit.max_mg_per_kg) * course_days(limit)


def course_days(limit: Limit) -> int:
    """How many daily maxima make the maximum of a course."""
    return (limit.max_days or 1) if limit.per == Per.DAY else 1


def day_ceiling(limit: Limit) -> Fraction | None:
    """mg/kg on one day. None = the limit says nothing about a day."""
    most = Fraction(limit.max_mg_per_kg)
    if limit.per == Per.DAY or (limit.per == Per.COURSE and limit.max_days == 1):
        return most
    return most / limit.min_days if limit.min_days else None


def shortest_interval(limit: Limit) -> int | None:
    """Days from course to course at the most frequent. None = no repetition is stated."""
    return limit.shortest_interval_days or PERIOD_DAYS.get(limit.per)


def is_monthly(limit: Limit) -> bool:
    """Months of an authorization count its courses (line 132: 5 days a month)."""
    return limit.per == Per.MONTH or (
        limit.per == Per.DAY and limit.shortest_interval_days == MONTH_DAYS
    )
