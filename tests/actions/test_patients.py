"""Example patients: judged by a draft, confirmed when they change, taken over when published."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from criteria.actions.example_patients.edit import (
    NewPatient,
    confirm_outcome,
    confirm_outcomes,
    delete_patient,
    import_patients,
    on_published,
    refresh,
    save_patient,
    standing_of,
    unconfirmed,
)
from criteria.actions.policies.base import EditionRefusedError, publish_version
from criteria.actions.policies.parts import delete_part, save_part
from criteria.models import (
    Code,
    Criterion,
    Event,
    ExamplePatient,
    Indication,
    Pathway,
    PatientOutcome,
    PolicyVersion,
    PublishedVersionError,
)
from tests.factories.patient import MEETS, example
from tests.factories.people import paula, peter, rhea
from tests.factories.policy import draft

pytestmark = pytest.mark.django_db


def passes_on(version: PolicyVersion, answer: bool) -> None:
    """The edit that turns “meets” into “does not meet”, and back."""
    row = Criterion.objects.get(version=version, tree__use="general_initial")
    row.passes_on = answer
    save_part(part=row, by=paula())


def outcome(version: PolicyVersion) -> PatientOutcome:
    return PatientOutcome.objects.select_related("version", "patient").get(version=version)


def changed_draft() -> PolicyVersion:
    version = draft()
    example(version)
    refresh(version=version)
    passes_on(version, False)
    refresh(version=version)
    return version


def test_patient_with_the_expected_result_is_in_nobodys_way() -> None:
    version = draft()
    example(version)
    assert standing_of(version).waiting == 1
    assert refresh(version=version) == 0
    assert outcome(version).found == "meets"
    assert standing_of(version).as_expected == 1
    assert unconfirmed(version) == []


def test_edit_of_the_draft_makes_a_result_stale_until_the_next_look() -> None:
    version = draft()
    example(version)
    refresh(version=version)
    passes_on(version, False)
    assert standing_of(version).waiting == 1
    refresh(version=version)
    assert standing_of(version).changed == 1


def test_edit_of_the_patient_makes_its_result_stale() -> None:
    version = draft()
    patient = example(version)
    refresh(version=version)
    patient.stated = MEETS | {"answers": {"stated": False}}
    save_patient(patient=patient, by=paula())
    refresh(version=version)
    assert outcome(version).found == "does not meet"
    assert outcome(version).decided_by == "Title of stated: No where yes is needed"


def test_changed_outcome_says_what_decides_and_blocks() -> None:
    (found,) = unconfirmed(changed_draft())
    assert (found.patient.expected, found.found) == ("meets", "does not meet")
    assert found.decided_by == "Title of stated: Yes where no is needed"


def test_look_without_time_judges_some_and_says_how_many_are_left() -> None:
    version = draft()
    for number in range(103):
        example(version, f"patient {number}")
    assert refresh(version=version, seconds=0) == 3
    assert refresh(version=version) == 0


def test_patients_of_the_pathway_come_first() -> None:
    version = draft()
    for number in range(101):
        example(version, f"patient {number}")
    last = example(version, "last")
    refresh(version=version, seconds=0, first={last.pk})
    assert PatientOutcome.objects.filter(patient=last).exists()


def test_patients_of_a_pathway_are_counted_alone() -> None:
    version = draft()
    example(version)
    example(version, "of the pathway", indication="immune", pathway="initial")
    pathway = Pathway.objects.get(version=version, key="initial")
    assert standing_of(version, pathway).total == 1


@pytest.mark.parametrize("reason", ["", "  "])
def test_confirming_needs_a_reason(reason: str) -> None:
    version = changed_draft()
    with pytest.raises(EditionRefusedError, match="Say why"):
        confirm_outcome(outcome=outcome(version), reason=reason, by=peter())


@pytest.mark.parametrize("who", [paula, peter])
def test_editors_and_publishers_confirm(who: Any) -> None:
    version = changed_draft()
    confirm_outcome(outcome=outcome(version), reason="As the payer wrote.", by=who())
    assert unconfirmed(version) == []
    assert standing_of(version).confirmed == 1
    assert not Event.objects.filter(summary__contains="as ever").exists()


def test_nobody_else_confirms_or_edits() -> None:
    version = changed_draft()
    found = outcome(version)
    with pytest.raises(PermissionDenied):
        confirm_outcome(outcome=found, reason="Because.", by=rhea())
    for who in (peter(), rhea()):
        with pytest.raises(PermissionDenied):
            save_patient(patient=found.patient, by=who)
        with pytest.raises(PermissionDenied):
            delete_patient(patient=found.patient, by=who)


def test_result_that_changed_since_it_was_shown_is_not_confirmed() -> None:
    version = changed_draft()
    shown = outcome(version)
    passes_on(version, True)
    refresh(version=version)
    with pytest.raises(EditionRefusedError, match="changed since"):
        confirm_outcome(outcome=shown, reason="Because.", by=paula())


def test_of_several_one_refused_leaves_all_unconfirmed() -> None:
    version = changed_draft()
    example(version, "another")
    refresh(version=version)
    outcomes = list(PatientOutcome.objects.filter(version=version).select_related("version"))
    outcomes[-1].found = "meets"
    with pytest.raises(EditionRefusedError):
        confirm_outcomes(outcomes=outcomes, reason="Because.", by=paula())
    assert len(unconfirmed(version)) == 2


def test_confirmation_stands_while_the_result_stands() -> None:
    version = changed_draft()
    confirm_outcome(outcome=outcome(version), reason="As the payer wrote.", by=paula())
    criterion = Criterion.objects.filter(version=version, key="some").get()
    criterion.title = "Two of these"
    save_part(part=criterion, by=paula())
    assert unconfirmed(version) == []
    assert outcome(version).reason == "As the payer wrote."


def test_confirmation_ends_with_another_result() -> None:
    version = changed_draft()
    confirm_outcome(outcome=outcome(version), reason="As the payer wrote.", by=paula())
    passes_on(version, True)
    refresh(version=version)
    passes_on(version, False)
    assert [o.reason for o in unconfirmed(version)] == [""]


def test_confirmed_result_becomes_the_expected_one_when_published() -> None:
    version = changed_draft()
    confirm_outcome(outcome=outcome(version), reason="As the payer wrote.", by=paula())
    assert on_published(version, peter()) == 1
    assert ExamplePatient.objects.get().expected == "does not meet"
    assert unconfirmed(version) == []


def test_published_edition_keeps_what_was_found() -> None:
    version = draft()
    patient = example(version)
    refresh(version=version)
    publish_version(version=version, by=peter())
    patient.stated = MEETS | {"answers": {"stated": False}}
    save_patient(patient=patient, by=paula())
    assert refresh(version=version) == 0
    assert outcome(version).found == "meets"
    with pytest.raises(PublishedVersionError):
        confirm_outcome(outcome=outcome(version), reason="Because.", by=paula())


def test_patient_whose_diagnosis_and_question_are_gone_says_so_and_blocks() -> None:
    version = draft()
    example(version, answers={"stated": True, "no_such": True})
    Code.objects.filter(version=version).delete()
    delete_part(part=Indication.objects.get(version=version, key="kawasaki"), by=paula())
    (found,) = unconfirmed(version)
    assert found.found == ""
    assert "does not name the diagnosis" in found.problem
    assert "“no_such” is not asked" in found.problem
    confirm_outcome(outcome=found, reason="No longer a diagnosis of this policy.", by=paula())
    assert unconfirmed(version) == []
    assert on_published(version) == 0
    assert ExamplePatient.objects.get().expected == "meets"


def test_unfinished_draft_tells_what_was_found_before() -> None:
    version = changed_draft()
    Criterion.objects.filter(version=version, tree__use="general_initial").delete()
    assert [o.found for o in unconfirmed(version)] == ["does not meet"]


def test_numbers_are_kept_exactly() -> None:
    version = draft()
    example(version, patient={"weight_kg": Decimal("20.1")})
    assert ExamplePatient.objects.get().stated["patient"]["weight_kg"] == Decimal("20.1")


def test_number_that_cannot_be_kept_exactly_is_refused() -> None:
    long = Decimal("20.123456789012345678")
    with pytest.raises(EditionRefusedError, match="exactly"):
        example(draft(), patient={"weight_kg": long})


def test_name_is_used_once_in_a_policy() -> None:
    version = draft()
    example(version)
    with pytest.raises(ValidationError, match="already has a patient of that name"):
        example(version)


def test_import_adds_leaves_the_same_and_says_what_differs() -> None:
    version = draft()
    new = [NewPatient("one", MEETS, "meets"), NewPatient("two", MEETS, "meets")]
    first = import_patients(policy=version.policy, patients=new, by=paula())
    assert (first.added, first.same) == (["one", "two"], [])
    other = MEETS | {"patient": {"weight_kg": 21}}
    new[1] = NewPatient("two", other, "incomplete")
    again = import_patients(policy=version.policy, patients=new, by=paula())
    assert (again.added, again.same) == ([], ["one"])
    words = "expected result: incomplete, stored meets; patient.weight_kg: 21, stored 20"
    assert again.differing == [("two", words)]
    assert ExamplePatient.objects.get(name="two").expected == "meets"
    import_patients(policy=version.policy, patients=new, replace=True, by=paula())
    assert ExamplePatient.objects.get(name="two").expected == "incomplete"
