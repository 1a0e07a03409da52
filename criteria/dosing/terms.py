"""The terms a dosing limit is stated in, each with the words it is read in, once."""

from enum import StrEnum


class Per(StrEnum):
    """What the amount of a limit is counted over."""

    DAY = "day"
    DOSE = "dose"
    WEEK = "week"
    MONTH = "month"
    COURSE = "course"

    @property
    def words(self) -> str:
        """As it follows an amount: a month."""
        return f"a {self.value}"

    @property
    def repeated(self) -> str:
        """What is given again and counted: a dose, a monthly course."""
        return {Per.DOSE: "dose", Per.WEEK: "weekly course", Per.MONTH: "monthly course"}.get(
            self, "course"
        )


class RegimenEvent(StrEnum):
    """An event a regimen runs up to."""

    TRANSPLANT = "transplant"
    DISCONTINUATION = "discontinuation"
    DELIVERY = "delivery"

    @property
    def words(self) -> str:
        """As it follows "until" and "after"."""
        return {
            RegimenEvent.TRANSPLANT: "the transplant",
            RegimenEvent.DISCONTINUATION: "the end of the earlier therapy",
            RegimenEvent.DELIVERY: "delivery",
        }[self]


class Route(StrEnum):
    """How the product is given."""

    IV = "IV"
    SC = "SC"


class Joined(StrEnum):
    """How a limit goes with the one before it.

    OR: another way. THEN: afterwards, the next phase of the same regimen. ONLY_IF: another way
    that is open only under a condition; the first limit may have one, too.
    """

    OR = "or"
    THEN = "then"
    ONLY_IF = "only_if"

    @property
    def words(self) -> str:
        """As it begins a sentence; a condition stands at the end of its limit."""
        return "Then" if self is Joined.THEN else "Or"


class CoursesCounted(StrEnum):
    """What the number of courses of a limit counts over.

    IN_ALL: every request of a treatment, and what was given elsewhere. AUTHORIZATION: each
    authorization anew. A_YEAR: any 12 months, over requests too.
    """

    IN_ALL = "in_all"
    AUTHORIZATION = "each_authorization"
    A_YEAR = "any_12_months"

    @property
    def words(self) -> str:
        """As it follows the number: in all."""
        return {
            CoursesCounted.IN_ALL: "in all",
            CoursesCounted.AUTHORIZATION: "in each authorization",
            CoursesCounted.A_YEAR: "in any 12 months",
        }[self]
