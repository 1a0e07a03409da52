"""What holds of any two editions."""

from collections import Counter
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from criteria.policies.difference import ChangeKind, difference
from criteria.policies.edition import Edition
from tests.policies.difference.mutations import mutations
from tests.policies.difference.small import small

OPPOSITE = {
    ChangeKind.ADDED: ChangeKind.REMOVED,
    ChangeKind.REMOVED: ChangeKind.ADDED,
    ChangeKind.CHANGED: ChangeKind.CHANGED,
}


@cache
def others() -> tuple[Edition, ...]:
    return tuple(mutation.value for mutation in mutations(small()))


@st.composite
def editions(draw: st.DrawFn) -> Edition:
    """The small edition with some of its fields changed."""
    found = draw(st.sampled_from((small(), *others())))
    if draw(st.booleans()):
        found = draw(st.sampled_from([mutation.value for mutation in mutations(found)]))
    return found


@given(old=editions(), new=editions())
def test_the_other_way_round_sides_and_kinds_are_swapped(old: Edition, new: Edition) -> None:
    there, back = difference(old, new).changes, difference(new, old).changes
    assert Counter(change.swapped for change in there) == Counter(back)
    kinds = {(change.key, change.is_lesser): change.kind for change in back}
    assert all(OPPOSITE[kinds[c.key, c.is_lesser]] is c.kind for c in there)


@given(edition=editions())
def test_nothing_changed_in_the_same_edition(edition: Edition) -> None:
    assert not difference(edition, edition).changes


@given(old=editions(), new=editions())
def test_every_row_has_two_sides_that_read_differently(old: Edition, new: Edition) -> None:
    rows = [row for change in difference(old, new).changes for row in change.rows]
    assert all(row.old != row.new for row in rows)
    assert not [row for row in rows if "<" in row.new and "criteria." in row.new]


@given(old=editions(), new=editions())
def test_nothing_is_told_twice(old: Edition, new: Edition) -> None:
    told = Counter((c.key, c.is_lesser) for c in difference(old, new).changes)
    assert not [key for key, times in told.items() if times > 1]
