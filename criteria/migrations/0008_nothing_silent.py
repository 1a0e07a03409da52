"""Contradictions, limits in words, labels of products, courses over requests, guards by migration."""

import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import criteria.models.fields
from criteria.models.guards.operation import LiftGuards, SetGuards

BLOCKS = [
    ("general", "General requirements"),
    ("criteria", "Criteria"),
    ("gate", "Before the criteria"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("criteria", "0007_review"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        LiftGuards(),
        migrations.CreateModel(
            name="Contradiction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "position",
                    models.PositiveIntegerField(default=0, help_text="Order among its neighbours."),
                ),
                (
                    "key",
                    criteria.models.fields.KeyField(
                        help_text="Stable name, never shown.", max_length=80
                    ),
                ),
                (
                    "name",
                    models.TextField(
                        help_text="What the two sides are about, as it is read first."
                    ),
                ),
                ("one_side", models.TextField(verbose_name="what one side says")),
                (
                    "one_side_lines",
                    criteria.models.fields.LinesField(
                        help_text="Line or lines of one side.",
                        max_length=60,
                        verbose_name="lines of one side",
                    ),
                ),
                ("other_side", models.TextField(verbose_name="what the other side says")),
                (
                    "other_side_lines",
                    criteria.models.fields.LinesField(
                        help_text="Line or lines of the other side.",
                        max_length=60,
                        verbose_name="lines of the other side",
                    ),
                ),
                (
                    "phases",
                    models.CharField(
                        choices=[
                            ("initial", "Initial therapy"),
                            ("continuation", "Continuation"),
                            ("initial,continuation", "Initial therapy and continuation"),
                            ("continuation,initial", "Continuation and initial therapy"),
                        ],
                        default="initial,continuation",
                        max_length=30,
                        verbose_name="in which phase these diagnoses are",
                    ),
                ),
                (
                    "codes",
                    models.TextField(
                        blank=True,
                        help_text="ICD-10-CM codes with a space between them, for requests that are asked a criterion naming this contradiction.",
                        verbose_name="diagnosis codes that say it too",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RemovedPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=60)),
                ("name", models.TextField()),
                ("part", models.BigIntegerField(help_text="Its id.")),
                ("rows", models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("removed_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-removed_at", "-id"),
            },
        ),
        migrations.AlterModelOptions(
            name="dosinglimit",
            options={"ordering": ["position", "id"]},
        ),
        migrations.RemoveConstraint(
            model_name="dosinglimit",
            name="dosinglimit_worded",
        ),
        migrations.RemoveConstraint(
            model_name="dosinglimit",
            name="dosinglimit_regimen",
        ),
        migrations.RemoveConstraint(
            model_name="question",
            name="question_role_known",
        ),
        migrations.RemoveIndex(
            model_name="submission",
            name="submission_rounds",
        ),
        migrations.RemoveField(
            model_name="dosinglimit",
            name="regimen",
        ),
        migrations.RemoveField(
            model_name="dosinglimit",
            name="words",
        ),
        migrations.AddField(
            model_name="authorizationrequest",
            name="answered_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="dosinglimit",
            name="joined_by",
            field=models.CharField(
                blank=True,
                choices=[
                    ("or", "or (another way)"),
                    ("then", "then (afterwards)"),
                    ("only_if", "only if … (another way, under a condition)"),
                ],
                help_text="Leave open only for the first limit of its pathway.",
                max_length=7,
                verbose_name="how does it go with the other limits?",
            ),
        ),
        migrations.AddField(
            model_name="dosinglimit",
            name="min_days_between_runs",
            field=models.PositiveIntegerField(
                blank=True,
                help_text="Of consecutive days that may be repeated: infusion days that begin fewer days after the last ones are another schedule. Empty: only the amount decides.",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(3660),
                ],
                verbose_name="days between runs",
            ),
        ),
        migrations.AddField(
            model_name="dosinglimit",
            name="remark",
            field=models.TextField(
                blank=True,
                help_text="What the numbers do not say; the sentence of the limit is made from them.",
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="names",
            field=models.TextField(
                blank=True,
                help_text="Drugs or specialties, one a line with other spellings: azathioprine, Imuran.",
                verbose_name="names that count",
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="names_not_counted",
            field=models.TextField(
                blank=True,
                help_text="In the same form. A name on neither list is left to a reviewer.",
                verbose_name="names that do not count",
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="unchangeable",
            field=models.BooleanField(
                default=False,
                help_text="Such as a disease or a day in the past: nobody is told to change it.",
                verbose_name="a fact nobody can change",
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="rejudged_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="submission",
            name="rejudged_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="rejudged_for",
            field=models.TextField(
                blank=True, help_text="Why a reviewer had it judged by another edition."
            ),
        ),
        migrations.AlterField(
            model_name="dosinglimit",
            name="until_event",
            field=models.CharField(
                blank=True,
                choices=[
                    ("transplant", "the transplant"),
                    ("discontinuation", "the end of the earlier therapy"),
                    ("delivery", "delivery"),
                ],
                max_length=15,
                verbose_name="until",
            ),
        ),
        migrations.AlterField(
            model_name="pathway",
            name="dose_iv_only",
            field=models.BooleanField(
                blank=True,
                choices=[
                    (True, "A vein only: a product under the skin has no limit here"),
                    (False, "Every route: a product under the skin is held against them, too"),
                ],
                help_text="Said as soon as there is a limit: does the policy name the route?",
                null=True,
                verbose_name="its dosing limits are for",
            ),
        ),
        migrations.AlterField(
            model_name="question",
            name="role",
            field=models.CharField(
                blank=True,
                choices=[
                    ("diagnosis_stated", "The diagnosis is stated"),
                    ("age_years", "Age in years"),
                    ("therapy_start", "First day of therapy"),
                    ("transplant_date", "Day of the transplant"),
                    ("discontinuation_date", "Day therapy was stopped"),
                    ("long_term", "Long-term therapy"),
                    ("diagnosis_codes", "Diagnosis codes"),
                    ("given_at_home", "Given at home"),
                    ("specialist", "A specialist prescribes or is consulted"),
                ],
                help_text="Filled in from the request when it holds this already.",
                max_length=30,
                verbose_name="known from the request",
            ),
        ),
        migrations.AddIndex(
            model_name="authorizationrequest",
            index=models.Index(
                condition=models.Q(("clock_stops", False), ("status", "information_requested")),
                fields=["due_at", "id"],
                name="request_runs",
            ),
        ),
        migrations.AddIndex(
            model_name="authorizationrequest",
            index=models.Index(
                condition=models.Q(("clock_stops", False), ("status", "information_requested")),
                fields=["worklist_group", "due_at", "id"],
                name="request_runs_group",
            ),
        ),
        migrations.AddIndex(
            model_name="authorizationrequest",
            index=models.Index(
                condition=models.Q(("answered_at__isnull", False), ("status", "submitted")),
                fields=["due_at", "id"],
                name="request_answered",
            ),
        ),
        migrations.AddIndex(
            model_name="authorizationrequest",
            index=models.Index(
                condition=models.Q(("answered_at__isnull", False), ("status", "submitted")),
                fields=["worklist_group", "due_at", "id"],
                name="request_answered_group",
            ),
        ),
        migrations.AddIndex(
            model_name="authorizationrequest",
            index=models.Index(
                condition=models.Q(("answered_at__isnull", False), ("status", "submitted")),
                fields=["assigned_to"],
                name="request_answered_of",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                fields=["request", "number", "attested_at", "rejudged_at"], name="submission_rounds"
            ),
        ),
        migrations.AddConstraint(
            model_name="dosinglimit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("key", ""), _negated=True), models.Q(("lines", ""), _negated=True)
                ),
                name="dosinglimit_named",
                violation_error_code="dosinglimit_named",
                violation_error_message="Key and lines must be filled.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dosinglimit",
            constraint=models.CheckConstraint(
                condition=models.Q(("joined_by__in", ["", "or", "then", "only_if"])),
                name="dosinglimit_joined_by_known",
                violation_error_code="dosinglimit_joined_by_known",
                violation_error_message="How it goes with the others must be one of: empty, or, then, only_if.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dosinglimit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("min_days_between_runs__isnull", True),
                    ("min_days_between_runs__gt", 0),
                    _connector="OR",
                ),
                name="dosinglimit_min_days_between_runs_positive",
                violation_error_code="dosinglimit_min_days_between_runs_positive",
                violation_error_message="Days between runs must be more than 0.",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        [
                            "",
                            "diagnosis_stated",
                            "age_years",
                            "therapy_start",
                            "transplant_date",
                            "discontinuation_date",
                            "long_term",
                            "diagnosis_codes",
                            "given_at_home",
                            "specialist",
                        ],
                    )
                ),
                name="question_role_known",
                violation_error_code="question_role_known",
                violation_error_message="Known from the request must be one of: empty, diagnosis_stated, age_years, therapy_start, transplant_date, discontinuation_date, long_term, diagnosis_codes, given_at_home, specialist.",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("rejudged_at__isnull", True),
                        ("rejudged_by__isnull", True),
                        ("rejudged_for", ""),
                    ),
                    models.Q(
                        ("rejudged_at__isnull", False),
                        ("rejudged_by__isnull", False),
                        models.Q(("rejudged_for", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="submission_rejudged_whole",
                violation_error_code="submission_rejudged_whole",
                violation_error_message="What was judged anew says when, by whom and why.",
            ),
        ),
        migrations.AddField(
            model_name="contradiction",
            name="indications",
            field=models.ManyToManyField(
                blank=True,
                help_text="Every request for one of them is for a reviewer. Where only some are, name the contradiction in the criterion that tells them apart.",
                related_name="contradictions",
                to="criteria.indication",
                verbose_name="diagnoses that are the point themselves",
            ),
        ),
        migrations.AddField(
            model_name="contradiction",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                to="criteria.policyversion",
                verbose_name="edition",
            ),
        ),
        migrations.AddField(
            model_name="criterion",
            name="contradiction",
            field=models.ForeignKey(
                blank=True,
                help_text="An answer that does not pass (of choices: one left to the reviewer) meets this contradiction of the policy: it is for a reviewer, and both sides are shown.",
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="criteria",
                to="criteria.contradiction",
                verbose_name="for a reviewer, because of",
            ),
        ),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.CheckConstraint(
                condition=models.Q(("contradiction", None), ("kind", "question"), _connector="OR"),
                name="criterion_contradiction",
                violation_error_code="criterion_contradiction",
                violation_error_message="Only the answer to a question meets a contradiction.",
            ),
        ),
        migrations.AddField(
            model_name="removedpart",
            name="removed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="removedpart",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="removed_parts",
                to="criteria.policyversion",
            ),
        ),
        migrations.AddConstraint(
            model_name="contradiction",
            constraint=models.UniqueConstraint(
                fields=("version", "key"),
                name="contradiction_key_unique",
                violation_error_message="This edition already has a contradiction of that key.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contradiction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("key", ""), _negated=True),
                    models.Q(("name", ""), _negated=True),
                    models.Q(("one_side", ""), _negated=True),
                    models.Q(("one_side_lines", ""), _negated=True),
                    models.Q(("other_side", ""), _negated=True),
                    models.Q(("other_side_lines", ""), _negated=True),
                ),
                name="contradiction_worded",
                violation_error_code="contradiction_worded",
                violation_error_message="Key, name, both sides and their lines must be filled.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contradiction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "phases__in",
                        ["initial", "continuation", "initial,continuation", "continuation,initial"],
                    )
                ),
                name="contradiction_phases_known",
                violation_error_code="contradiction_phases_known",
                violation_error_message="The phase must be one of: initial, continuation, initial,continuation, continuation,initial.",
            ),
        ),
        migrations.CreateModel(
            name="ProductLabel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "position",
                    models.PositiveIntegerField(default=0, help_text="Order among its neighbours."),
                ),
                (
                    "source",
                    models.TextField(help_text="Which label, of when, and where it was read."),
                ),
                ("first_day", models.DateField(blank=True, null=True, verbose_name="label from")),
                ("last_day", models.DateField(blank=True, null=True, verbose_name="label until")),
                (
                    "confirmed",
                    models.BooleanField(
                        default=True,
                        help_text="If not, they are shown as to be confirmed.",
                        verbose_name="figures confirmed",
                    ),
                ),
                (
                    "iv_to_sc_factor",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        help_text="Grams a week for each gram a week into a vein. 1: the same grams.",
                        max_digits=12,
                        null=True,
                        verbose_name="IV to SC factor",
                    ),
                ),
                (
                    "same_from_sc",
                    models.BooleanField(
                        default=False, verbose_name="after another SC product the same grams a week"
                    ),
                ),
                (
                    "min_mg_per_kg",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=12,
                        null=True,
                        verbose_name="without an earlier dose, at least, mg/kg a dose",
                    ),
                ),
                (
                    "max_mg_per_kg",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=12,
                        null=True,
                        verbose_name="at most, mg/kg a dose",
                    ),
                ),
                (
                    "shortest_interval_days",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(3660),
                        ],
                        verbose_name="shortest interval, days",
                    ),
                ),
                (
                    "longest_interval_days",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(3660),
                        ],
                        verbose_name="longest interval, days",
                    ),
                ),
                (
                    "days_after_iv",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(3660),
                        ],
                        verbose_name="begins after the last IV dose, days",
                    ),
                ),
                (
                    "ramp_weeks",
                    models.CharField(
                        blank=True,
                        help_text="Weeks of the first infusions, such as 1, 2, 4, 7: the first is the dose of one week, the second of two, and so on up to the full dose.",
                        max_length=60,
                        verbose_name="weeks of the ramp-up",
                    ),
                ),
                (
                    "trough_ml_per_kg",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        help_text="For each 100 mg/dL that the trough lies below its target.",
                        max_digits=12,
                        null=True,
                        verbose_name="IgG trough: mL a week for each kg",
                    ),
                ),
                (
                    "trough_least_mg_per_dl",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Less changes nothing.",
                        null=True,
                        verbose_name="from a difference of, mg/dL",
                    ),
                ),
                ("note", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["position", "id"],
                "abstract": False,
            },
        ),
        migrations.RemoveConstraint(
            model_name="product",
            name="product_iv_to_sc_factor_positive",
        ),
        migrations.RemoveField(
            model_name="product",
            name="iv_to_sc_factor",
        ),
        migrations.AddField(
            model_name="pathway",
            name="dose_label_lines",
            field=criteria.models.fields.LinesField(
                blank=True,
                help_text="Where the policy sends a subcutaneous product to its label. Leave open where it does not.",
                max_length=60,
                verbose_name="a subcutaneous dose is held against the label by",
            ),
        ),
        migrations.AddConstraint(
            model_name="pathway",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("dose_label_lines", ""),
                    models.Q(("dose_iv_only", True), ("dose_iv_only__isnull", False)),
                    _connector="OR",
                ),
                name="pathway_label_measure",
                violation_error_code="pathway_label_measure",
                violation_error_message="Where the label measures a subcutaneous dose, the dosing limits are for intravenous use only: say so.",
            ),
        ),
        migrations.AddField(
            model_name="productlabel",
            name="product",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="labels",
                to="criteria.product",
            ),
        ),
        migrations.AddField(
            model_name="productlabel",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                to="criteria.policyversion",
                verbose_name="edition",
            ),
        ),
        migrations.AddConstraint(
            model_name="productlabel",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", ""), _negated=True),
                name="productlabel_named",
                violation_error_code="productlabel_named",
                violation_error_message="The source must be filled in.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productlabel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("first_day__isnull", True),
                    ("last_day__isnull", True),
                    ("first_day__lte", models.F("last_day")),
                    _connector="OR",
                ),
                name="productlabel_first_day_before_last_day",
                violation_error_code="productlabel_first_day_before_last_day",
                violation_error_message="The first day must not follow the last.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productlabel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("min_mg_per_kg__isnull", True),
                    ("max_mg_per_kg__isnull", True),
                    ("min_mg_per_kg__lte", models.F("max_mg_per_kg")),
                    _connector="OR",
                ),
                name="productlabel_min_mg_per_kg_before_max_mg_per_kg",
                violation_error_code="productlabel_min_mg_per_kg_before_max_mg_per_kg",
                violation_error_message="The lower end of the range must not be above the upper end.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productlabel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("shortest_interval_days", None),
                    ("longest_interval_days", None),
                    ("shortest_interval_days__lte", models.F("longest_interval_days")),
                    _connector="OR",
                ),
                name="productlabel_intervals",
                violation_error_code="productlabel_intervals",
                violation_error_message="The shortest interval must not be longer than the longest.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productlabel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("min_mg_per_kg", None),
                    models.Q(("max_mg_per_kg", None), _negated=True),
                    _connector="OR",
                ),
                name="productlabel_range",
                violation_error_code="productlabel_range",
                violation_error_message="A lower end of the range needs the upper end.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productlabel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("trough_least_mg_per_dl", None),
                    models.Q(("trough_ml_per_kg", None), _negated=True),
                    _connector="OR",
                ),
                name="productlabel_trough",
                violation_error_code="productlabel_trough",
                violation_error_message="A least difference needs the mL it is a difference for.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productlabel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("iv_to_sc_factor__isnull", True), ("iv_to_sc_factor__gt", 0), _connector="OR"
                ),
                name="productlabel_iv_to_sc_factor_positive",
                violation_error_code="productlabel_iv_to_sc_factor_positive",
                violation_error_message="The IV to SC factor must be more than 0.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productlabel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("min_mg_per_kg__isnull", True), ("min_mg_per_kg__gt", 0), _connector="OR"
                ),
                name="productlabel_min_mg_per_kg_positive",
                violation_error_code="productlabel_min_mg_per_kg_positive",
                violation_error_message="At least must be more than 0.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productlabel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("max_mg_per_kg__isnull", True), ("max_mg_per_kg__gt", 0), _connector="OR"
                ),
                name="productlabel_max_mg_per_kg_positive",
                violation_error_code="productlabel_max_mg_per_kg_positive",
                violation_error_message="At most must be more than 0.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productlabel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("shortest_interval_days__isnull", True),
                    ("shortest_interval_days__gt", 0),
                    _connector="OR",
                ),
                name="productlabel_shortest_interval_days_positive",
                violation_error_code="productlabel_shortest_interval_days_positive",
                violation_error_message="The shortest interval must be more than 0.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productlabel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("longest_interval_days__isnull", True),
                    ("longest_interval_days__gt", 0),
                    _connector="OR",
                ),
                name="productlabel_longest_interval_days_positive",
                violation_error_code="productlabel_longest_interval_days_positive",
                violation_error_message="The longest interval must be more than 0.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productlabel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("days_after_iv__isnull", True), ("days_after_iv__gt", 0), _connector="OR"
                ),
                name="productlabel_days_after_iv_positive",
                violation_error_code="productlabel_days_after_iv_positive",
                violation_error_message="The days after the last IV dose must be more than 0.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productlabel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("trough_ml_per_kg__isnull", True), ("trough_ml_per_kg__gt", 0), _connector="OR"
                ),
                name="productlabel_trough_ml_per_kg_positive",
                violation_error_code="productlabel_trough_ml_per_kg_positive",
                violation_error_message="mL for each kg must be more than 0.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productlabel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("trough_least_mg_per_dl__isnull", True),
                    ("trough_least_mg_per_dl__gt", 0),
                    _connector="OR",
                ),
                name="productlabel_trough_least_mg_per_dl_positive",
                violation_error_code="productlabel_trough_least_mg_per_dl_positive",
                violation_error_message="The least difference must be more than 0.",
            ),
        ),
        migrations.RemoveConstraint("disposition", "disposition_block_known"),
        migrations.AlterField(
            "disposition", "block", models.CharField(choices=BLOCKS, max_length=8)
        ),
        migrations.AlterField(
            "missedcriterion", "block", models.CharField(choices=BLOCKS, max_length=8)
        ),
        migrations.AddConstraint(
            "disposition",
            models.CheckConstraint(
                condition=models.Q(("block__in", ["general", "criteria", "gate"])),
                name="disposition_block_known",
                violation_error_code="disposition_block_known",
                violation_error_message="Block must be one of: general, criteria, gate.",
            ),
        ),
        migrations.AddField(
            model_name="determination",
            name="then_grams_per_course",
            field=models.DecimalField(
                decimal_places=3,
                help_text="Of the part after the first one.",
                max_digits=9,
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="determination",
            name="then_interval_days",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="determination",
            name="then_courses",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="dosinglimit",
            name="courses_counted",
            field=models.CharField(
                blank=True,
                choices=[
                    ("in_all", "in all: every request, and what was given elsewhere"),
                    ("each_authorization", "in each authorization, which begins anew"),
                    ("any_12_months", "in any 12 months, over requests too"),
                ],
                max_length=18,
                verbose_name="courses are counted",
            ),
        ),
        migrations.AddConstraint(
            model_name="dosinglimit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("courses_counted__in", ["", "in_all", "each_authorization", "any_12_months"])
                ),
                name="dosinglimit_courses_counted_known",
                violation_error_code="dosinglimit_courses_counted_known",
                violation_error_message="Courses are counted must be one of: empty, in_all, each_authorization, any_12_months.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dosinglimit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("courses_counted", ""), ("max_courses", None)),
                    models.Q(
                        ("max_courses__isnull", False),
                        models.Q(("courses_counted", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="dosinglimit_courses",
                violation_error_code="dosinglimit_courses",
                violation_error_message="Courses at most and what they are counted over belong together: both or neither.",
            ),
        ),
        migrations.AddField(
            model_name="requestpage",
            name="check_because",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.RemoveConstraint(
            model_name="criterion",
            name="criterion_condition",
        ),
        migrations.RemoveConstraint(
            model_name="criterion",
            name="criterion_one_condition",
        ),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", "question"),
                    models.Q(
                        ("accepts_contraindication", False),
                        ("accepts_failure", False),
                        ("accepts_intolerance", False),
                        ("accepts_none", False),
                        ("anchor", ""),
                        ("anchor_question", None),
                        ("codes", ""),
                        ("comparison", ""),
                        ("max_age_count", None),
                        ("max_age_unit", ""),
                        ("passes_on", None),
                        ("principal", False),
                        ("threshold", None),
                        ("window_after", False),
                        ("window_count", None),
                        ("window_unit", ""),
                    ),
                    _connector="OR",
                ),
                name="criterion_condition",
                violation_error_code="criterion_condition",
                violation_error_message="Only a question has a passing condition.",
            ),
        ),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("accepts_contraindication", False),
                        ("accepts_failure", False),
                        ("accepts_intolerance", False),
                        ("accepts_none", False),
                        ("anchor", ""),
                        ("anchor_question", None),
                        ("codes", ""),
                        ("comparison", ""),
                        ("max_age_count", None),
                        ("max_age_unit", ""),
                        ("principal", False),
                        ("threshold", None),
                        ("window_after", False),
                        ("window_count", None),
                        ("window_unit", ""),
                    ),
                    models.Q(
                        ("accepts_contraindication", False),
                        ("accepts_failure", False),
                        ("accepts_intolerance", False),
                        ("accepts_none", False),
                        ("anchor", ""),
                        ("anchor_question", None),
                        ("codes", ""),
                        ("passes_on", None),
                        ("principal", False),
                        ("window_after", False),
                        ("window_count", None),
                        ("window_unit", ""),
                    ),
                    models.Q(
                        ("accepts_contraindication", False),
                        ("accepts_failure", False),
                        ("accepts_intolerance", False),
                        ("accepts_none", False),
                        ("codes", ""),
                        ("comparison", ""),
                        ("max_age_count", None),
                        ("max_age_unit", ""),
                        ("passes_on", None),
                        ("principal", False),
                        ("threshold", None),
                    ),
                    models.Q(
                        ("accepts_contraindication", False),
                        ("accepts_failure", False),
                        ("accepts_intolerance", False),
                        ("accepts_none", False),
                        ("anchor", ""),
                        ("anchor_question", None),
                        ("codes", ""),
                        ("comparison", ""),
                        ("max_age_count", None),
                        ("max_age_unit", ""),
                        ("passes_on", None),
                        ("principal", False),
                        ("threshold", None),
                        ("window_after", False),
                        ("window_count", None),
                        ("window_unit", ""),
                    ),
                    models.Q(
                        ("anchor", ""),
                        ("anchor_question", None),
                        ("codes", ""),
                        ("comparison", ""),
                        ("max_age_count", None),
                        ("max_age_unit", ""),
                        ("passes_on", None),
                        ("principal", False),
                        ("threshold", None),
                        ("window_after", False),
                        ("window_count", None),
                        ("window_unit", ""),
                    ),
                    models.Q(
                        ("accepts_contraindication", False),
                        ("accepts_failure", False),
                        ("accepts_intolerance", False),
                        ("accepts_none", False),
                        ("anchor", ""),
                        ("anchor_question", None),
                        ("codes", ""),
                        ("max_age_count", None),
                        ("max_age_unit", ""),
                        ("passes_on", None),
                        ("principal", False),
                        ("window_after", False),
                        ("window_count", None),
                        ("window_unit", ""),
                    ),
                    models.Q(
                        ("accepts_contraindication", False),
                        ("accepts_failure", False),
                        ("accepts_intolerance", False),
                        ("accepts_none", False),
                        ("anchor", ""),
                        ("anchor_question", None),
                        ("comparison", ""),
                        ("max_age_count", None),
                        ("max_age_unit", ""),
                        ("passes_on", None),
                        ("threshold", None),
                        ("window_after", False),
                        ("window_count", None),
                        ("window_unit", ""),
                    ),
                    _connector="OR",
                ),
                name="criterion_one_condition",
                violation_error_code="criterion_one_condition",
                violation_error_message="A passing condition is of one kind: yes or no, a number, a date, an outcome, or codes.",
            ),
        ),
        SetGuards(
            parts=(
                "code",
                "contradiction",
                "criteriatree",
                "criterion",
                "diseaselist",
                "dosinglimit",
                "historyentry",
                "indication",
                "nameddisease",
                "pathway",
                "product",
                "productcode",
                "productlabel",
                "question",
                "questionchoice",
                "questionunit",
                "reviewernote",
                "reviewernotecode",
                "synonym",
                "vialsize",
            ),
            kept={
                "event": "actor_id",
                "change": "version_id",
                "submission": "",
                "packet": "",
                "letter": "",
                "determination": "",
                "missedcriterion": "",
            },
        ),
    ]
