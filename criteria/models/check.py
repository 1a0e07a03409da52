"""Short forms of the constraints the policy models share."""

from collections.abc import Iterable

from django.db.models import CheckConstraint, F, Q


def check(name: str, condition: Q, message: str) -> CheckConstraint:
    """A rule of the database with the sentence staff read when it is broken.

    A condition that comes out as null holds: say ``isnull=False`` wherever a value is needed.
    """
    return CheckConstraint(
        name=name,
        condition=condition,
        violation_error_message=message,
        violation_error_code=name,
    )


def positive(table: str, field: str, words: str) -> CheckConstraint:
    """Empty, or above zero."""
    condition = Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gt": 0})
    return check(f"{table}_{field}_positive", condition, f"{words} must be more than 0.")


def one_of(table: str, field: str, values: Iterable[str], words: str) -> CheckConstraint:
    """One of a closed list."""
    known = [str(value) for value in values]
    message = f"{words} must be one of: {', '.join(v or 'empty' for v in known)}."
    return check(f"{table}_{field}_known", Q(**{f"{field}__in": known}), message)


def in_order(table: str, low: str, high: str, message: str) -> CheckConstraint:
    """The first is not above the second, when both are there."""
    condition = (
        Q(**{f"{low}__isnull": True})
        | Q(**{f"{high}__isnull": True})
        | Q(**{f"{low}__lte": F(high)})
    )
    return check(f"{table}_{low}_before_{high}", condition, message)


def filled(fields: Iterable[str]) -> Q:
    """Every text field says something."""
    condition = Q()
    for field in fields:
        condition &= ~Q(**{field: ""})
    return condition
