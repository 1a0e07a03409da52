"""A policy file is taken in once; what a person edited is left alone."""

from collections.abc import Callable
from datetime import date

import pytest

from criteria.actions.policies.base import EditionRefusedError, close_version, load_policy_file
from criteria.models import (
    Criterion,
    Policy,
    PolicyVersion,
    Question,
)
from criteria.policies.stored.export import export
from tests.factories.people import paula, peter
from tests.factories.policy import draft, published
from tests.factories.policy_file import policy_file

pytestmark = pytest.mark.django_db


def test_same_file_again_changes_nothing() -> None:
    first = load_policy_file(file=policy_file(), by=paula())
    again = load_policy_file(file=policy_file(), by=paula())
    assert (first.is_new, again.is_new) == (True, False)
    assert first.version == again.version
    assert PolicyVersion.objects.count() == 1


def test_same_file_again_after_the_edition_was_closed() -> None:
    version = published()
    close_version(version=version, effective_until=date(2022, 1, 1), by=peter())
    assert not load_policy_file(file=policy_file(), by=paula()).is_new


@pytest.mark.parametrize("make", [draft, published])
def test_other_content_is_refused(make: Callable[[], PolicyVersion]) -> None:
    version = make()
    with pytest.raises(EditionRefusedError, match="never overwritten"):
        load_policy_file(file=policy_file(diseases={}), by=paula())
    assert export(version) == policy_file()


def test_draft_a_person_edited_is_left_alone() -> None:
    version = draft()
    Question.objects.filter(version=version, key="igg").update(wording="Edited")
    with pytest.raises(EditionRefusedError, match="already stored"):
        load_policy_file(file=policy_file(), by=paula())
    assert Question.objects.get(version=version, key="igg").wording == "Edited"


def test_unfinished_draft_is_left_alone() -> None:
    version = draft()
    Criterion.objects.filter(version=version).delete()
    with pytest.raises(EditionRefusedError, match="already stored"):
        load_policy_file(file=policy_file(), by=paula())


def test_other_last_day_of_a_draft_counts_as_other_content() -> None:
    draft()
    with pytest.raises(EditionRefusedError):
        load_policy_file(file=policy_file(effective_until="2030-01-01"), by=paula())


def test_policy_of_another_name_is_refused() -> None:
    version = draft()
    Policy.objects.filter(pk=version.policy_id).update(payer="Other Health")
    with pytest.raises(EditionRefusedError, match="Other Health"):
        load_policy_file(file=policy_file(number="2"), by=paula())
