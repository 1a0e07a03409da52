"""Every rule the database keeps, broken once, and the sentence that goes with it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from criteria.actions.policies.base import publish_version
from criteria.models import (
    Code,
    Contradiction,
    CriteriaTree,
    Criterion,
    DiseaseList,
    DosingLimit,
    Indication,
    Part,
    Pathway,
    Policy,
    PolicyVersion,
    Product,
    ProductCode,
    ProductLabel,
    Question,
    QuestionChoice,
    QuestionUnit,
    ReviewerNote,
    VialSize,
)
from criteria.models.fields import is_key, is_lines
from criteria.policies.file.schema_criterion import KEY, LINES
from tests.factories.people import peter
from tests.factories.policy import draft

pytestmark = pytest.mark.django_db
Broken = tuple[type[models.Model], dict[str, Any], dict[str, Any]]

LEAF = {"tree__pathway__key": "initial"}
YES_NO = LEAF | {"question__key": "stated"}
NUMBER = LEAF | {"question__key": "igg"}
DATE = LEAF | {"question__key": "transplanted_on"}
GROUP = {"key": "some"}
NEWER = {"first_day": "2022-01-01"}
LOAD = {"key": "load"}

# By constraint: the model, which row of the small policy, and the change that breaks the rule.
CHECKS: dict[str, Broken] = {
    "policy_named": (Policy, {}, {"payer": ""}),
    "version_dates": (PolicyVersion, {}, {"effective_until": "2021-09-30"}),
    "version_comparison_only": (
        PolicyVersion,
        {},
        {"comparison_only": True, "status": "in_review"},
    ),
    "version_edited_pair": (PolicyVersion, {}, {"edited_at": None}),
    "version_published_pair": (PolicyVersion, {}, {"published_at": timezone.now()}),
    "version_published_by_someone": (PolicyVersion, {}, {"status": "published"}),
    "version_months": (PolicyVersion, {}, {"authorization_months": 0}),
    "version_rounding": (PolicyVersion, {}, {"rounding_allowance_percent": -1}),
    "version_codes_cited": (PolicyVersion, {}, {"codes_bind": True}),
    "version_products_cited": (PolicyVersion, {}, {"products_words": "A reviewer decides."}),
    "version_named": (PolicyVersion, {}, {"source": ""}),
    "version_status_known": (PolicyVersion, {}, {"status": "lost"}),
    "question_type_known": (Question, {"key": "stated"}, {"type": "essay"}),
    "question_role_known": (Question, {"key": "stated"}, {"role": "other"}),
    "question_worded": (Question, {"key": "stated"}, {"wording": ""}),
    "question_bounds": (Question, {"key": "igg"}, {"minimum": 5000}),
    "question_unit": (Question, {"key": "igg"}, {"unit": ""}),
    "question_number_only": (Question, {"key": "stated"}, {"unit": "days"}),
    "questionchoice_worded": (QuestionChoice, {"key": "common"}, {"label": ""}),
    "questionunit_factor_positive": (QuestionUnit, {"unit": "g/L"}, {"factor": 0}),
    "indication_coverage_known": (Indication, {"key": "immune"}, {"coverage": "maybe"}),
    "indication_named": (Indication, {"key": "immune"}, {"name": ""}),
    "pathway_serves_known": (Pathway, {"key": "initial"}, {"serves": "never"}),
    "pathway_named": (Pathway, {"key": "initial"}, {"lines": ""}),
    "dosinglimit_named": (DosingLimit, LOAD, {"lines": ""}),
    "dosinglimit_joined_by_known": (DosingLimit, {"key": "keep"}, {"joined_by": "and"}),
    "dosinglimit_per_known": (DosingLimit, LOAD, {"per": "year"}),
    "dosinglimit_until_event_known": (DosingLimit, LOAD, {"until_event": "rain"}),
    "dosinglimit_amount": (DosingLimit, LOAD, {"max_mg_per_kg": 10001}),
    "dosinglimit_min_mg_per_kg_positive": (DosingLimit, LOAD, {"min_mg_per_kg": 0}),
    "dosinglimit_min_mg_per_kg_before_max_mg_per_kg": (DosingLimit, LOAD, {"min_mg_per_kg": 2001}),
    "dosinglimit_days": (DosingLimit, LOAD, {"max_days": 1}),
    "dosinglimit_equal_doses": (DosingLimit, {"key": "keep"}, {"equal_doses": True}),
    "dosinglimit_shortest_interval_days_before_longest_interval_days": (
        DosingLimit,
        {"key": "keep"},
        {"shortest_interval_days": 29},
    ),
    "dosinglimit_courses": (DosingLimit, {"key": "keep"}, {"max_courses": 3}),
    "dosinglimit_courses_counted_known": (DosingLimit, LOAD, {"courses_counted": "as needed"}),
    "dosinglimit_until": (DosingLimit, LOAD, {"until_days": 5}),
    **{
        f"dosinglimit_{field}_positive": (DosingLimit, {"key": key}, {field: 0})
        for key, field in (
            ("load", "min_days"),
            ("load", "min_days_between_runs"),
            ("more", "max_days"),
            ("keep", "shortest_interval_days"),
            ("more", "longest_interval_days"),
            ("load", "max_courses"),
            ("keep", "through_day_of_therapy"),
            ("keep", "until_days"),
        )
    },
    "criterion_kind_known": (Criterion, YES_NO, {"kind": "none"}),
    "criterion_slot_known": (Criterion, YES_NO, {"slot": "below"}),
    "criterion_comparison_known": (Criterion, NUMBER, {"comparison": "~"}),
    "criterion_max_age_unit_known": (Criterion, NUMBER, {"max_age_unit": "eras"}),
    "criterion_window_unit_known": (Criterion, DATE, {"window_unit": "eras"}),
    "criterion_anchor_known": (Criterion, DATE, {"anchor": "birth"}),
    "criterion_titled": (Criterion, YES_NO, {"title": ""}),
    "criterion_n": (Criterion, GROUP, {"n": None}),
    "criterion_question": (Criterion, YES_NO, {"question": None}),
    "criterion_group_key": (Criterion, GROUP, {"key": ""}),
    "criterion_condition": (Criterion, GROUP, {"passes_on": True}),
    "criterion_one_condition": (Criterion, NUMBER, {"passes_on": False}),
    "criterion_compares": (Criterion, NUMBER, {"threshold": None}),
    "criterion_age": (Criterion, NUMBER, {"max_age_unit": ""}),
    "criterion_window": (Criterion, DATE, {"window_count": None}),
    "criterion_anchor": (
        Criterion,
        {"question__key": "relapsed_on"},
        {"anchor": "request_date"},
    ),
    "criterion_contradiction": (Criterion, GROUP, {"contradiction": Contradiction}),
    "contradiction_worded": (Contradiction, {"key": "asthma"}, {"other_side": ""}),
    "contradiction_phases_known": (Contradiction, {"key": "asthma"}, {"phases": "never"}),
    "criterion_root_slot": (Criterion, {"key": "not-cured"}, {"slot": "when"}),
    "reviewernote_owner": (ReviewerNote, {"key": "age"}, {"pathway": Pathway}),
    "reviewernote_worded": (ReviewerNote, {"key": "age"}, {"text": ""}),
    "criteriatree_owner": (CriteriaTree, {"use": "general_initial"}, {"pathway": Pathway}),
    "product_named": (Product, {"key": "beta"}, {"brand": ""}),
    "product_routes_known": (Product, {"key": "beta"}, {"routes": "IM"}),
    "product_exclusion": (Product, {"key": "beta"}, {"exclusion_words": ""}),
    **{
        f"product_{field}_positive": (Product, {"key": "alpha"}, {field: 0})
        for field in (
            "concentration_percent",
            "billing_unit_mg",
            "ml_per_g",
        )
    },
    "vialsize_size_g_positive": (VialSize, {"confirmed": False}, {"size_g": 0}),
    "pathway_label_measure": (Pathway, {"key": "initial"}, {"dose_iv_only": False}),
    "productlabel_named": (ProductLabel, NEWER, {"source": ""}),
    "productlabel_first_day_before_last_day": (ProductLabel, NEWER, {"last_day": "2021-12-31"}),
    "productlabel_min_mg_per_kg_before_max_mg_per_kg": (
        ProductLabel,
        NEWER,
        {"min_mg_per_kg": 201},
    ),
    "productlabel_intervals": (ProductLabel, NEWER, {"shortest_interval_days": 15}),
    "productlabel_range": (ProductLabel, NEWER, {"max_mg_per_kg": None}),
    "productlabel_trough": (ProductLabel, NEWER, {"trough_ml_per_kg": None}),
    **{
        f"productlabel_{field}_positive": (ProductLabel, NEWER, {field: 0})
        for field in (
            "iv_to_sc_factor",
            "min_mg_per_kg",
            "max_mg_per_kg",
            "shortest_interval_days",
            "longest_interval_days",
            "days_after_iv",
            "trough_ml_per_kg",
            "trough_least_mg_per_dl",
        )
    },
    "productcode_named": (ProductCode, {"code": "J1599"}, {"code": ""}),
    "productcode_first_day_before_last_day": (
        ProductCode,
        {"code": "J1599"},
        {"first_day": "2022-01-01"},
    ),
    "code_system_known": (Code, {"code": "D80.0"}, {"system": "loinc"}),
    "code_named": (Code, {"code": "D80.0"}, {"description": ""}),
    "code_cited": (Code, {"code": "D80.0"}, {"lines": ""}),
    "code_first_day_before_last_day": (Code, {"code": "J45.9"}, {"first_day": "2031-01-01"}),
}
# By constraint: the model, which row is copied, and what the copy differs in.
UNIQUE: dict[str, Broken] = {
    "version_number_unique": (PolicyVersion, {}, {}),
    "version_published_from_unique": (PolicyVersion, {}, {"number": "2"}),
    "question_key_unique": (Question, {"key": "igg"}, {}),
    "questionchoice_key_unique": (QuestionChoice, {"key": "common"}, {}),
    "questionunit_unit_unique": (QuestionUnit, {"unit": "g/L"}, {}),
    "indication_key_unique": (Indication, {"key": "immune"}, {}),
    "contradiction_key_unique": (Contradiction, {"key": "asthma"}, {}),
    "pathway_key_unique": (Pathway, {"key": "initial"}, {}),
    "dosinglimit_key_unique": (DosingLimit, LOAD, {}),
    "reviewernote_version_key_unique": (ReviewerNote, {"key": "whole"}, {}),
    "reviewernote_indication_key_unique": (ReviewerNote, {"key": "age"}, {}),
    "reviewernote_pathway_key_unique": (ReviewerNote, {"key": "severity"}, {}),
    "criteriatree_general_unique": (CriteriaTree, {"use": "general_initial"}, {}),
    "criteriatree_note_unique": (CriteriaTree, {"use": "note_when"}, {}),
    "criterion_one_root": (Criterion, {"key": "not-cured"}, {"key": "other"}),
    "criterion_one_per_slot": (Criterion, {"slot": "then"}, {}),
    "criterion_key_unique": (Criterion, GROUP, {}),
    "diseaselist_key_unique": (DiseaseList, {"key": "pi"}, {}),
    "product_key_unique": (Product, {"key": "beta"}, {}),
    "vialsize_unique": (VialSize, {"confirmed": False}, {}),
    "code_unique": (Code, {"code": "D80.0"}, {}),
}


def policy_constraints() -> Iterator[models.BaseConstraint]:
    for model in apps.get_app_config("criteria").get_models():
        if issubclass(model, Part) or model in (Policy, PolicyVersion):
            yield from model._meta.constraints


def named(name: str) -> models.BaseConstraint:
    return next(c for c in policy_constraints() if c.name == name)


def change(row: models.Model, changes: dict[str, Any]) -> models.Model:
    for name, value in changes.items():
        is_model = isinstance(value, type)
        setattr(row, name, value._default_manager.first() if is_model else value)
    return row


def test_every_constraint_is_broken_here() -> None:
    assert {c.name for c in policy_constraints()} == {*CHECKS, *UNIQUE}


@pytest.mark.parametrize("constraint", list(policy_constraints()), ids=lambda c: c.name)
def test_message_is_a_sentence(constraint: models.BaseConstraint) -> None:
    message = str(constraint.violation_error_message)
    assert message.endswith(".")
    assert "constraint" not in message.lower()


@pytest.mark.parametrize("name", CHECKS)
def test_check_holds_in_the_database_and_is_said(name: str) -> None:
    draft()
    model, which, changes = CHECKS[name]
    row = change(model._default_manager.get(**which), changes)
    with pytest.raises(ValidationError, match=r"\."):
        named(name).validate(model, row)
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Model.save(row)


@pytest.mark.parametrize("name", UNIQUE)
def test_unique_holds_in_the_database(name: str) -> None:
    version = draft()
    model, which, changes = UNIQUE[name]
    if name == "version_published_from_unique":
        publish_version(version=version, by=peter())
    row = change(model._default_manager.filter(**which)[0], changes)
    row.pk = None
    row._state.adding = True
    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        models.Model.save(row)


def test_row_of_a_small_policy_breaks_nothing() -> None:
    draft()
    for constraint in policy_constraints():
        for model in apps.get_app_config("criteria").get_models():
            if constraint in model._meta.constraints:
                for row in model._default_manager.all():
                    constraint.validate(model, row)


def test_keys_and_lines_are_those_of_policy_files() -> None:
    assert is_key.regex.pattern == KEY
    assert is_lines.regex.pattern == LINES
