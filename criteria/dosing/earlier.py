"""Courses of a treatment that came before a request. Plain data; counting them is another file."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovedCourses:
    """The courses one approval gave, whether or not all of them were given yet.

    ``first_day`` and ``last_day`` are those the approval covers. ``interval_days``: from the start
    of one course to the start of the next; None for a single one, or when not stated. ``number``:
    of the request that was approved.
    """

    courses: int
    first_day: date
    last_day: date
    interval_days: int | None = None
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierCourses:
    """What came before a request.

    ``approved``: approvals the request may name. ``elsewhere``: courses stated as given before
    beside those; None = not stated, which is not none. ``others``: approvals the request cannot
    name, those of another practice. They are among the courses stated as given elsewhere: the
    larger number counts, so nothing is counted twice and nothing is left out.
    ``first_dose_on``: the day of the first dose of this request, for a total over a year.
    """

    approved: tuple[ApprovedCourses, ...] = ()
    elsewhere: int | None = None
    others: tuple[ApprovedCourses, ...] = ()
    first_dose_on: date | None = None


NONE_STATED = EarlierCourses()
