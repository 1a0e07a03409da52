"""Contradictions, limits joined in words, names a question knows, and the guards by migration."""

import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import criteria.models.fields
from criteria.models.guard_operation import LiftGuards, SetGuards


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
                "submission": "",
                "packet": "",
                "letter": "",
                "determination": "",
                "missedcriterion": "",
            },
        ),
    ]
