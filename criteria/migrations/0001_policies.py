import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import criteria.models.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Policy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    criteria.models.fields.KeyField(
                        help_text="Stable name, never shown.", max_length=80, unique=True
                    ),
                ),
                ("name", models.CharField(max_length=300)),
                ("payer", models.CharField(max_length=300)),
                (
                    "line_of_business",
                    criteria.models.fields.KeyField(
                        help_text="Whom it is for, such as commercial or medicare.", max_length=80
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "policies",
                "ordering": ("payer", "name"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("key", ""), _negated=True),
                            models.Q(("name", ""), _negated=True),
                            models.Q(("payer", ""), _negated=True),
                            models.Q(("line_of_business", ""), _negated=True),
                        ),
                        name="policy_named",
                        violation_error_code="policy_named",
                        violation_error_message="Key, name, payer and line of business must be filled in.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicyVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="criteria.policy",
                    ),
                ),
                ("number", models.CharField(max_length=100)),
                ("effective_from", models.DateField()),
                (
                    "effective_until",
                    models.DateField(
                        blank=True, help_text="The first day it is no longer in force.", null=True
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("retired", "Retired"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("source", models.TextField(help_text="The document it was taken from.")),
                (
                    "authorization_months",
                    models.PositiveSmallIntegerField(help_text="How long an authorization lasts."),
                ),
                (
                    "rounding_allowance_percent",
                    models.DecimalField(
                        decimal_places=4,
                        default=0,
                        help_text="0 when the policy states none.",
                        max_digits=7,
                    ),
                ),
                ("content_hash", models.CharField(blank=True, editable=False, max_length=64)),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "codes_bind",
                    models.BooleanField(
                        default=False,
                        help_text="A diagnosis code outside the list is not covered; otherwise it is a warning.",
                        verbose_name="the code list binds",
                    ),
                ),
                (
                    "codes_lines",
                    criteria.models.fields.LinesField(
                        blank=True,
                        help_text="Line or lines of the source.",
                        max_length=60,
                        verbose_name="lines on codes",
                    ),
                ),
                (
                    "codes_words",
                    models.TextField(
                        blank=True,
                        help_text="What the policy says of it, in a sentence.",
                        verbose_name="of a code not listed",
                    ),
                ),
                (
                    "products_lines",
                    criteria.models.fields.LinesField(
                        blank=True,
                        help_text="Line or lines of the source.",
                        max_length=60,
                        verbose_name="lines on products",
                    ),
                ),
                (
                    "products_words",
                    models.TextField(
                        blank=True,
                        help_text="What the policy says of it, in a sentence.",
                        verbose_name="of a product not listed",
                    ),
                ),
            ],
            options={
                "verbose_name": "edition",
                "ordering": ("policy", "-effective_from", "-id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("effective_until__isnull", True),
                            ("effective_until__gte", models.F("effective_from")),
                            _connector="OR",
                        ),
                        name="version_dates",
                        violation_error_code="version_dates",
                        violation_error_message="The first day no longer in force must not lie before the first day in force.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("published_at__isnull", True), ("published_by__isnull", True)
                            ),
                            models.Q(
                                ("published_at__isnull", False), ("published_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="version_published_pair",
                        violation_error_code="version_published_pair",
                        violation_error_message="Published at and published by belong together: both or neither.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("published_at__isnull", True),
                                ("status__in", ("draft", "in_review")),
                            ),
                            models.Q(
                                ("published_at__isnull", False),
                                ("status__in", ("published", "retired")),
                            ),
                            _connector="OR",
                        ),
                        name="version_published_by_someone",
                        violation_error_code="version_published_by_someone",
                        violation_error_message="A published edition says when and by whom it was published; a draft does not.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("authorization_months__gte", 1), ("authorization_months__lte", 60)
                        ),
                        name="version_months",
                        violation_error_code="version_months",
                        violation_error_message="An authorization lasts 1 to 60 months.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rounding_allowance_percent__gte", 0),
                            ("rounding_allowance_percent__lte", 100),
                        ),
                        name="version_rounding",
                        violation_error_code="version_rounding",
                        violation_error_message="The rounding allowance lies between 0 and 100 percent.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number", ""), _negated=True),
                            models.Q(("source", ""), _negated=True),
                        ),
                        name="version_named",
                        violation_error_code="version_named",
                        violation_error_message="Number and source must be filled.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("codes_words", ""), _negated=True),
                                models.Q(("codes_lines", ""), _negated=True),
                            ),
                            models.Q(
                                ("codes_words", ""),
                                ("codes_lines", ""),
                                models.Q(("codes_bind", True), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="version_codes_cited",
                        violation_error_code="version_codes_cited",
                        violation_error_message="What is said of codes not listed needs its lines; a list that binds needs both.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("products_words", ""), _negated=True),
                                models.Q(("products_lines", ""), _negated=True),
                            ),
                            models.Q(("products_words", ""), ("products_lines", "")),
                            _connector="OR",
                        ),
                        name="version_products_cited",
                        violation_error_code="version_products_cited",
                        violation_error_message="What is said of products not listed needs its lines.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["draft", "in_review", "published", "retired"])
                        ),
                        name="version_status_known",
                        violation_error_code="version_status_known",
                        violation_error_message="Status must be one of: draft, in_review, published, retired.",
                    ),
                    models.UniqueConstraint(
                        fields=("policy", "number"),
                        name="version_number_unique",
                        violation_error_message="This policy already has an edition of that number.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("status", "published"),
                            models.Q(
                                ("effective_until", None),
                                ("effective_until__gt", models.F("effective_from")),
                                _connector="OR",
                            ),
                        ),
                        fields=("policy", "effective_from"),
                        name="version_published_from_unique",
                        violation_error_message="Another published edition starts on the same day.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoryEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to="criteria.policyversion",
                        verbose_name="edition",
                    ),
                ),
                (
                    "position",
                    models.PositiveIntegerField(default=0, help_text="Order among its neighbours."),
                ),
                ("day", models.DateField()),
                ("summary", models.TextField()),
                (
                    "lines",
                    criteria.models.fields.LinesField(
                        help_text="Line or lines of the source.", max_length=60
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "history entries",
                "ordering": ["position", "id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to="criteria.policyversion",
                        verbose_name="edition",
                    ),
                ),
                (
                    "position",
                    models.PositiveIntegerField(default=0, help_text="Order among its neighbours."),
                ),
                (
                    "key",
                    criteria.models.fields.KeyField(
                        help_text="Stable name: answers are kept under it, nobody reads it.",
                        max_length=80,
                    ),
                ),
                ("wording", models.TextField(help_text="The question as the prescriber reads it.")),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("yes_no", "Yes or no"),
                            ("number", "Number"),
                            ("date", "Date"),
                            ("choice", "One of several choices"),
                            ("therapy", "A therapy and what became of it"),
                            ("list", "List of therapies"),
                            ("codes", "The diagnosis codes of the request"),
                        ],
                        max_length=10,
                        verbose_name="kind of answer",
                    ),
                ),
                ("help", models.TextField(blank=True)),
                (
                    "unit",
                    models.CharField(
                        blank=True, help_text="Such as mg/dL or months.", max_length=100
                    ),
                ),
                (
                    "minimum",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        help_text="Below this the answer is taken for a slip and asked again.",
                        max_digits=15,
                        null=True,
                    ),
                ),
                (
                    "maximum",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        help_text="Above this the answer is taken for a slip and asked again.",
                        max_digits=15,
                        null=True,
                    ),
                ),
                ("whole", models.BooleanField(default=False, verbose_name="whole numbers only")),
                (
                    "dated",
                    models.BooleanField(
                        default=False, verbose_name="ask for the day it was measured"
                    ),
                ),
                ("examples", models.TextField(blank=True)),
                (
                    "role",
                    models.CharField(
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
                        ],
                        help_text="Filled in from the request when it holds this already.",
                        max_length=30,
                        verbose_name="known from the request",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "key"),
                        name="question_key_unique",
                        violation_error_message="This edition already has a question of that key.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "type__in",
                                ["yes_no", "number", "date", "choice", "therapy", "list", "codes"],
                            )
                        ),
                        name="question_type_known",
                        violation_error_code="question_type_known",
                        violation_error_message="The kind of answer must be one of: yes_no, number, date, choice, therapy, list, codes.",
                    ),
                    models.CheckConstraint(
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
                                ],
                            )
                        ),
                        name="question_role_known",
                        violation_error_code="question_role_known",
                        violation_error_message="Known from the request must be one of: empty, diagnosis_stated, age_years, therapy_start, transplant_date, discontinuation_date, long_term, diagnosis_codes, given_at_home.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("key", ""), _negated=True),
                            models.Q(("wording", ""), _negated=True),
                        ),
                        name="question_worded",
                        violation_error_code="question_worded",
                        violation_error_message="Key and wording must be filled.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("minimum", None),
                            ("maximum", None),
                            ("minimum__lt", models.F("maximum")),
                            _connector="OR",
                        ),
                        name="question_bounds",
                        violation_error_code="question_bounds",
                        violation_error_message="The minimum must be below the maximum.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("type", "number"), _negated=True),
                            models.Q(("unit", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="question_unit",
                        violation_error_code="question_unit",
                        violation_error_message="A number needs a unit.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("type", "number"),
                            models.Q(
                                ("dated", False),
                                ("maximum", None),
                                ("minimum", None),
                                ("unit", ""),
                                ("whole", False),
                            ),
                            _connector="OR",
                        ),
                        name="question_number_only",
                        violation_error_code="question_number_only",
                        violation_error_message="Unit, minimum, maximum, whole numbers and the day of measuring go with a number only.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QuestionChoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to="criteria.policyversion",
                        verbose_name="edition",
                    ),
                ),
                (
                    "position",
                    models.PositiveIntegerField(default=0, help_text="Order among its neighbours."),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="choices",
                        to="criteria.question",
                    ),
                ),
                (
                    "key",
                    criteria.models.fields.KeyField(
                        help_text="Stable name, never shown.", max_length=80
                    ),
                ),
                ("label", models.TextField()),
            ],
            options={
                "ordering": ["position", "id"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("question", "key"),
                        name="questionchoice_key_unique",
                        violation_error_message="This question already has a choice of that key.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("key", ""), _negated=True),
                            models.Q(("label", ""), _negated=True),
                        ),
                        name="questionchoice_worded",
                        violation_error_code="questionchoice_worded",
                        violation_error_message="Key and label must be filled.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QuestionUnit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to="criteria.policyversion",
                        verbose_name="edition",
                    ),
                ),
                (
                    "position",
                    models.PositiveIntegerField(default=0, help_text="Order among its neighbours."),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="other_units",
                        to="criteria.question",
                    ),
                ),
                ("unit", models.CharField(max_length=100)),
                (
                    "factor",
                    models.DecimalField(
                        decimal_places=8,
                        help_text="How many of the question's own unit one of this unit is.",
                        max_digits=15,
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("question", "unit"),
                        name="questionunit_unit_unique",
                        violation_error_message="This question already has that unit.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("factor__isnull", True), ("factor__gt", 0), _connector="OR"
                        ),
                        name="questionunit_factor_positive",
                        violation_error_code="questionunit_factor_positive",
                        violation_error_message="The factor must be more than 0.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Indication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to="criteria.policyversion",
                        verbose_name="edition",
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
                ("name", models.TextField()),
                (
                    "coverage",
                    models.CharField(
                        choices=[
                            ("criteria", "Covered with criteria"),
                            ("general", "Covered on the general requirements alone"),
                            ("unproven", "Not covered (unproven)"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "lines",
                    criteria.models.fields.LinesField(
                        help_text="Line or lines of the source.", max_length=60
                    ),
                ),
                ("help", models.TextField(blank=True)),
                (
                    "route_words",
                    models.TextField(
                        blank=True,
                        help_text="The exception path, said as soon as the diagnosis is chosen.",
                        verbose_name="what to do when it is unproven",
                    ),
                ),
                (
                    "codes_bind",
                    models.BooleanField(
                        default=True,
                        help_text="No where the list of codes binds, and names no code of this diagnosis.",
                        verbose_name="its codes are in the list",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "key"),
                        name="indication_key_unique",
                        violation_error_message="This edition already has an indication of that key.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("coverage__in", ["criteria", "general", "unproven"])),
                        name="indication_coverage_known",
                        violation_error_code="indication_coverage_known",
                        violation_error_message="Coverage must be one of: criteria, general, unproven.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("key", ""), _negated=True),
                            models.Q(("name", ""), _negated=True),
                            models.Q(("lines", ""), _negated=True),
                        ),
                        name="indication_named",
                        violation_error_code="indication_named",
                        violation_error_message="Key, name and lines must be filled.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Synonym",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to="criteria.policyversion",
                        verbose_name="edition",
                    ),
                ),
                (
                    "position",
                    models.PositiveIntegerField(default=0, help_text="Order among its neighbours."),
                ),
                (
                    "indication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="synonyms",
                        to="criteria.indication",
                    ),
                ),
                ("name", models.TextField()),
            ],
            options={
                "ordering": ["position", "id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Pathway",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to="criteria.policyversion",
                        verbose_name="edition",
                    ),
                ),
                (
                    "position",
                    models.PositiveIntegerField(default=0, help_text="Order among its neighbours."),
                ),
                (
                    "indication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pathways",
                        to="criteria.indication",
                    ),
                ),
                (
                    "key",
                    criteria.models.fields.KeyField(
                        help_text="Stable name, never shown.", max_length=80
                    ),
                ),
                ("name", models.TextField()),
                (
                    "serves",
                    models.CharField(
                        choices=[
                            ("initial", "Initial therapy"),
                            ("continuation", "Continuation"),
                            ("initial,continuation", "Initial therapy and continuation"),
                            ("continuation,initial", "Continuation and initial therapy"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "lines",
                    criteria.models.fields.LinesField(
                        help_text="Line or lines of the source.", max_length=60
                    ),
                ),
                (
                    "dose_iv_only",
                    models.BooleanField(
                        default=True,
                        help_text="The limits say IVIG: a subcutaneous product then has no limit here.",
                        verbose_name="dosing limits are for IV only",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("indication", "key"),
                        name="pathway_key_unique",
                        violation_error_message="This indication already has a pathway of that key.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "serves__in",
                                [
                                    "initial",
                                    "continuation",
                                    "initial,continuation",
                                    "continuation,initial",
                                ],
                            )
                        ),
                        name="pathway_serves_known",
                        violation_error_code="pathway_serves_known",
                        violation_error_message="Serves must be one of: initial, continuation, initial,continuation, continuation,initial.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("key", ""), _negated=True),
                            models.Q(("name", ""), _negated=True),
                            models.Q(("lines", ""), _negated=True),
                        ),
                        name="pathway_named",
                        violation_error_code="pathway_named",
                        violation_error_message="Key, name and lines must be filled.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DosingLimit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to="criteria.policyversion",
                        verbose_name="edition",
                    ),
                ),
                (
                    "position",
                    models.PositiveIntegerField(default=0, help_text="Order among its neighbours."),
                ),
                (
                    "pathway",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="limits",
                        to="criteria.pathway",
                    ),
                ),
                (
                    "regimen",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text='Limits of one regimen follow one another; regimens are joined by "or".',
                        validators=[django.core.validators.MinValueValidator(1)],
                    ),
                ),
                (
                    "key",
                    criteria.models.fields.KeyField(
                        help_text="Stable name, never shown.", max_length=80
                    ),
                ),
                (
                    "words",
                    models.TextField(
                        help_text="The limit in plain words, as the prescriber reads it."
                    ),
                ),
                (
                    "lines",
                    criteria.models.fields.LinesField(
                        help_text="Line or lines of the source.", max_length=60
                    ),
                ),
                ("section", models.TextField(blank=True)),
                (
                    "per",
                    models.CharField(
                        choices=[
                            ("day", "a day"),
                            ("dose", "a dose"),
                            ("week", "a week"),
                            ("month", "a month"),
                            ("course", "a course"),
                        ],
                        max_length=6,
                    ),
                ),
                (
                    "max_mg_per_kg",
                    models.DecimalField(
                        decimal_places=4, max_digits=10, verbose_name="at most, mg/kg"
                    ),
                ),
                (
                    "min_mg_per_kg",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        help_text="The lower end of a stated range.",
                        max_digits=10,
                        null=True,
                        verbose_name="at least, mg/kg",
                    ),
                ),
                (
                    "min_days",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(3660),
                        ],
                        verbose_name="over at least, days",
                    ),
                ),
                (
                    "max_days",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(3660),
                        ],
                        verbose_name="over at most, days",
                    ),
                ),
                ("consecutive_days", models.BooleanField(default=False)),
                (
                    "equal_doses",
                    models.BooleanField(default=False, verbose_name="split into equal daily doses"),
                ),
                (
                    "shortest_interval_days",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text='"Every 3 to 4 weeks": 21.',
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
                        help_text='"Every 3 to 4 weeks": 28.',
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(3660),
                        ],
                        verbose_name="longest interval, days",
                    ),
                ),
                (
                    "max_courses",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(3660),
                        ],
                        verbose_name="courses at most",
                    ),
                ),
                (
                    "through_day_of_therapy",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="The first infusion is day 1.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(3660),
                        ],
                        verbose_name="through day of therapy",
                    ),
                ),
                (
                    "until_event",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("transplant", "the transplant"),
                            ("discontinuation", "stopping therapy"),
                            ("delivery", "delivery"),
                        ],
                        max_length=15,
                        verbose_name="until",
                    ),
                ),
                (
                    "until_days",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Empty: until the event itself.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(3660),
                        ],
                        verbose_name="until, days after",
                    ),
                ),
                (
                    "only_induction",
                    models.BooleanField(default=False, verbose_name="only for induction"),
                ),
                (
                    "only_initial",
                    models.BooleanField(default=False, verbose_name="only for the first request"),
                ),
                (
                    "condition_words",
                    models.TextField(
                        blank=True,
                        help_text="For a limit open only under a condition.",
                        verbose_name="condition in words",
                    ),
                ),
            ],
            options={
                "ordering": ["regimen", "position", "id"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("pathway", "key"),
                        name="dosinglimit_key_unique",
                        violation_error_message="This pathway already has a dosing limit of that key.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("key", ""), _negated=True),
                            models.Q(("words", ""), _negated=True),
                            models.Q(("lines", ""), _negated=True),
                        ),
                        name="dosinglimit_worded",
                        violation_error_code="dosinglimit_worded",
                        violation_error_message="Key, words and lines must be filled.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("regimen__gte", 1)),
                        name="dosinglimit_regimen",
                        violation_error_code="dosinglimit_regimen",
                        violation_error_message="Regimens count from 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("per__in", ["day", "dose", "week", "month", "course"])),
                        name="dosinglimit_per_known",
                        violation_error_code="dosinglimit_per_known",
                        violation_error_message="Per must be one of: day, dose, week, month, course.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_event__in", ["", "transplant", "discontinuation", "delivery"])
                        ),
                        name="dosinglimit_until_event_known",
                        violation_error_code="dosinglimit_until_event_known",
                        violation_error_message="Until must be one of: empty, transplant, discontinuation, delivery.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("max_mg_per_kg__gt", 0), ("max_mg_per_kg__lte", 10000)),
                        name="dosinglimit_amount",
                        violation_error_code="dosinglimit_amount",
                        violation_error_message="At most must be more than 0 and no more than 10,000 mg/kg.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("min_mg_per_kg__isnull", True),
                            ("min_mg_per_kg__gt", 0),
                            _connector="OR",
                        ),
                        name="dosinglimit_min_mg_per_kg_positive",
                        violation_error_code="dosinglimit_min_mg_per_kg_positive",
                        violation_error_message="At least must be more than 0.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("min_mg_per_kg__isnull", True),
                            ("max_mg_per_kg__isnull", True),
                            ("min_mg_per_kg__lte", models.F("max_mg_per_kg")),
                            _connector="OR",
                        ),
                        name="dosinglimit_min_mg_per_kg_before_max_mg_per_kg",
                        violation_error_code="dosinglimit_min_mg_per_kg_before_max_mg_per_kg",
                        violation_error_message="The lower end of the range must not be above the upper end.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("min_days__isnull", True), ("min_days__gt", 0), _connector="OR"
                        ),
                        name="dosinglimit_min_days_positive",
                        violation_error_code="dosinglimit_min_days_positive",
                        violation_error_message="Over at least must be more than 0.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("max_days__isnull", True), ("max_days__gt", 0), _connector="OR"
                        ),
                        name="dosinglimit_max_days_positive",
                        violation_error_code="dosinglimit_max_days_positive",
                        violation_error_message="Over at most must be more than 0.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("shortest_interval_days__isnull", True),
                            ("shortest_interval_days__gt", 0),
                            _connector="OR",
                        ),
                        name="dosinglimit_shortest_interval_days_positive",
                        violation_error_code="dosinglimit_shortest_interval_days_positive",
                        violation_error_message="The shortest interval must be more than 0.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("longest_interval_days__isnull", True),
                            ("longest_interval_days__gt", 0),
                            _connector="OR",
                        ),
                        name="dosinglimit_longest_interval_days_positive",
                        violation_error_code="dosinglimit_longest_interval_days_positive",
                        violation_error_message="The longest interval must be more than 0.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("max_courses__isnull", True), ("max_courses__gt", 0), _connector="OR"
                        ),
                        name="dosinglimit_max_courses_positive",
                        violation_error_code="dosinglimit_max_courses_positive",
                        violation_error_message="Courses at most must be more than 0.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("through_day_of_therapy__isnull", True),
                            ("through_day_of_therapy__gt", 0),
                            _connector="OR",
                        ),
                        name="dosinglimit_through_day_of_therapy_positive",
                        violation_error_code="dosinglimit_through_day_of_therapy_positive",
                        violation_error_message="Through day of therapy must be more than 0.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_days__isnull", True), ("until_days__gt", 0), _connector="OR"
                        ),
                        name="dosinglimit_until_days_positive",
                        violation_error_code="dosinglimit_until_days_positive",
                        violation_error_message="Days after the event must be more than 0.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("min_days", None),
                            models.Q(
                                ("max_days__gte", models.F("min_days")), ("max_days__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="dosinglimit_days",
                        violation_error_code="dosinglimit_days",
                        violation_error_message="Over at least needs over at most, and must not be above it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("equal_doses", False),
                            models.Q(("max_days", None), _negated=True),
                            _connector="OR",
                        ),
                        name="dosinglimit_equal_doses",
                        violation_error_code="dosinglimit_equal_doses",
                        violation_error_message="Equal daily doses need over at most how many days.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("shortest_interval_days__isnull", True),
                            ("longest_interval_days__isnull", True),
                            ("shortest_interval_days__lte", models.F("longest_interval_days")),
                            _connector="OR",
                        ),
                        name="dosinglimit_shortest_interval_days_before_longest_interval_days",
                        violation_error_code="dosinglimit_shortest_interval_days_before_longest_interval_days",
                        violation_error_message="The shortest interval must not be longer than the longest.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_days", None),
                            models.Q(("until_event", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="dosinglimit_until",
                        violation_error_code="dosinglimit_until",
                        violation_error_message="Days after need the event they are counted from.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewerNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to="criteria.policyversion",
                        verbose_name="edition",
                    ),
                ),
                (
                    "position",
                    models.PositiveIntegerField(default=0, help_text="Order among its neighbours."),
                ),
                (
                    "indication",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="criteria.indication",
                    ),
                ),
                (
                    "pathway",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="criteria.pathway",
                    ),
                ),
                (
                    "key",
                    criteria.models.fields.KeyField(
                        help_text="Stable name, never shown.", max_length=80
                    ),
                ),
                ("text", models.TextField()),
                (
                    "lines",
                    criteria.models.fields.LinesField(
                        help_text="Line or lines of the source.", max_length=60
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("indication", None), ("pathway", None), _connector="OR"
                        ),
                        name="reviewernote_owner",
                        violation_error_code="reviewernote_owner",
                        violation_error_message="A note belongs to an indication or to a pathway, not to both.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("key", ""), _negated=True),
                            models.Q(("text", ""), _negated=True),
                            models.Q(("lines", ""), _negated=True),
                        ),
                        name="reviewernote_worded",
                        violation_error_code="reviewernote_worded",
                        violation_error_message="Key, text and lines must be filled.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("indication", None), ("pathway", None)),
                        fields=("version", "key"),
                        name="reviewernote_version_key_unique",
                        violation_error_message="There is already a note of that key here.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("indication__isnull", False)),
                        fields=("indication", "key"),
                        name="reviewernote_indication_key_unique",
                        violation_error_message="There is already a note of that key here.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("pathway__isnull", False)),
                        fields=("pathway", "key"),
                        name="reviewernote_pathway_key_unique",
                        violation_error_message="There is already a note of that key here.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewerNoteCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to="criteria.policyversion",
                        verbose_name="edition",
                    ),
                ),
                (
                    "position",
                    models.PositiveIntegerField(default=0, help_text="Order among its neighbours."),
                ),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="codes",
                        to="criteria.reviewernote",
                    ),
                ),
                ("code", models.CharField(max_length=40, verbose_name="ICD-10 code")),
            ],
            options={
                "ordering": ["position", "id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CriteriaTree",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to="criteria.policyversion",
                        verbose_name="edition",
                    ),
                ),
                (
                    "position",
                    models.PositiveIntegerField(default=0, help_text="Order among its neighbours."),
                ),
                (
                    "use",
                    models.CharField(
                        choices=[
                            ("pathway", "Criteria of a pathway"),
                            ("general_initial", "General requirements, initial therapy"),
                            ("general_continuation", "General requirements, continuation"),
                            ("limit_condition", "Condition of a dosing limit"),
                            ("note_when", "When a reviewer note is shown"),
                            ("note_unless", "When a reviewer note is left out"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "pathway",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tree",
                        to="criteria.pathway",
                    ),
                ),
                (
                    "limit",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tree",
                        to="criteria.dosinglimit",
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="trees",
                        to="criteria.reviewernote",
                    ),
                ),
            ],
            options={
                "verbose_name": "tree of criteria",
                "verbose_name_plural": "trees of criteria",
                "ordering": ["position", "id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("limit", None),
                                ("note", None),
                                ("pathway__isnull", False),
                                ("use", "pathway"),
                            ),
                            models.Q(
                                ("limit", None),
                                ("note", None),
                                ("pathway", None),
                                ("use__in", ("general_initial", "general_continuation")),
                            ),
                            models.Q(
                                ("limit__isnull", False),
                                ("note", None),
                                ("pathway", None),
                                ("use", "limit_condition"),
                            ),
                            models.Q(
                                ("limit", None),
                                ("note__isnull", False),
                                ("pathway", None),
                                ("use__in", ("note_when", "note_unless")),
                            ),
                            _connector="OR",
                        ),
                        name="criteriatree_owner",
                        violation_error_code="criteriatree_owner",
                        violation_error_message="A tree belongs to exactly what its use says.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("use__in", ("general_initial", "general_continuation"))
                        ),
                        fields=("version", "use"),
                        name="criteriatree_general_unique",
                        violation_error_message="The edition already has these general requirements.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("use__in", ("note_when", "note_unless"))),
                        fields=("note", "use"),
                        name="criteriatree_note_unique",
                        violation_error_message="The note already has such a condition.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Criterion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to="criteria.policyversion",
                        verbose_name="edition",
                    ),
                ),
                (
                    "position",
                    models.PositiveIntegerField(default=0, help_text="Order among its neighbours."),
                ),
                (
                    "tree",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="criteria",
                        to="criteria.criteriatree",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="criteria.criterion",
                    ),
                ),
                (
                    "slot",
                    models.CharField(
                        choices=[
                            ("member", "Member of the group"),
                            ("when", "When this holds"),
                            ("then", "then this counts"),
                            ("otherwise", "otherwise this"),
                        ],
                        default="member",
                        max_length=9,
                        verbose_name="place in the parent",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("all", "All of these"),
                            ("any", "Any of these"),
                            ("at_least", "At least so many of these"),
                            ("when", "When, then, otherwise"),
                            ("question", "A question"),
                            ("dose", "The dose"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "key",
                    criteria.models.fields.KeyField(
                        blank=True,
                        help_text="Stable name. A question may leave it empty and goes by the question's.",
                        max_length=80,
                    ),
                ),
                (
                    "title",
                    models.TextField(
                        help_text="As it is read in the outline, the result and the packet."
                    ),
                ),
                (
                    "lines",
                    criteria.models.fields.LinesField(
                        help_text="Line or lines of the source.", max_length=60
                    ),
                ),
                ("section", models.TextField(blank=True)),
                ("note", models.TextField(blank=True)),
                (
                    "n",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="at least",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="criteria",
                        to="criteria.question",
                    ),
                ),
                (
                    "passes_on",
                    models.BooleanField(
                        blank=True,
                        choices=[(True, "Yes"), (False, "No")],
                        null=True,
                        verbose_name="passes on",
                    ),
                ),
                (
                    "comparison",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("<", "below (<)"),
                            ("<=", "at most (≤)"),
                            ("=", "exactly (=)"),
                            (">=", "at least (≥)"),
                            (">", "above (>)"),
                        ],
                        max_length=2,
                    ),
                ),
                (
                    "threshold",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=15, null=True),
                ),
                (
                    "max_age_count",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="measured at most"
                    ),
                ),
                (
                    "max_age_unit",
                    models.CharField(
                        blank=True,
                        choices=[("days", "days"), ("weeks", "weeks"), ("months", "months")],
                        max_length=6,
                        verbose_name="unit",
                    ),
                ),
                (
                    "window_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="within"),
                ),
                (
                    "window_unit",
                    models.CharField(
                        blank=True,
                        choices=[("days", "days"), ("weeks", "weeks"), ("months", "months")],
                        max_length=6,
                        verbose_name="unit",
                    ),
                ),
                (
                    "window_after",
                    models.BooleanField(default=False, verbose_name="after the day, not before it"),
                ),
                (
                    "anchor",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("request_date", "the day of the request"),
                            ("therapy_start", "the first day of therapy"),
                        ],
                        max_length=15,
                        verbose_name="counted from",
                    ),
                ),
                (
                    "anchor_question",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="anchored",
                        to="criteria.question",
                        verbose_name="counted from the answer to",
                    ),
                ),
                ("accepts_failure", models.BooleanField(default=False, verbose_name="it failed")),
                (
                    "accepts_contraindication",
                    models.BooleanField(default=False, verbose_name="it was contraindicated"),
                ),
                (
                    "accepts_intolerance",
                    models.BooleanField(default=False, verbose_name="it was not tolerated"),
                ),
                (
                    "accepts_none",
                    models.BooleanField(default=False, verbose_name="it was not tried"),
                ),
                (
                    "passing",
                    models.ManyToManyField(
                        blank=True,
                        related_name="passing_in",
                        to="criteria.questionchoice",
                        verbose_name="passing choices",
                    ),
                ),
                (
                    "reviewer",
                    models.ManyToManyField(
                        blank=True,
                        related_name="reviewed_in",
                        to="criteria.questionchoice",
                        verbose_name="choices left to the reviewer",
                    ),
                ),
                (
                    "codes",
                    models.TextField(
                        blank=True,
                        help_text="ICD-10-CM codes with a space between them; E11 stands for all codes below it.",
                        verbose_name="codes that count",
                    ),
                ),
                (
                    "principal",
                    models.BooleanField(
                        default=False, verbose_name="only the code the request rests on"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "criteria",
                "ordering": ["position", "id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["all", "any", "at_least", "when", "question", "dose"])
                        ),
                        name="criterion_kind_known",
                        violation_error_code="criterion_kind_known",
                        violation_error_message="Kind must be one of: all, any, at_least, when, question, dose.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slot__in", ["member", "when", "then", "otherwise"])),
                        name="criterion_slot_known",
                        violation_error_code="criterion_slot_known",
                        violation_error_message="Place in the parent must be one of: member, when, then, otherwise.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("comparison__in", ["", "<", "<=", "=", ">=", ">"])),
                        name="criterion_comparison_known",
                        violation_error_code="criterion_comparison_known",
                        violation_error_message="The comparison must be one of: empty, <, <=, =, >=, >.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("max_age_unit__in", ["", "days", "weeks", "months"])),
                        name="criterion_max_age_unit_known",
                        violation_error_code="criterion_max_age_unit_known",
                        violation_error_message="The unit must be one of: empty, days, weeks, months.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("window_unit__in", ["", "days", "weeks", "months"])),
                        name="criterion_window_unit_known",
                        violation_error_code="criterion_window_unit_known",
                        violation_error_message="The unit must be one of: empty, days, weeks, months.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("anchor__in", ["", "request_date", "therapy_start"])),
                        name="criterion_anchor_known",
                        violation_error_code="criterion_anchor_known",
                        violation_error_message="Counted from must be one of: empty, request_date, therapy_start.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True),
                            models.Q(("lines", ""), _negated=True),
                        ),
                        name="criterion_titled",
                        violation_error_code="criterion_titled",
                        violation_error_message="Title and lines must be filled.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "at_least"), ("n__gte", 0), ("n__isnull", False)),
                            models.Q(models.Q(("kind", "at_least"), _negated=True), ("n", None)),
                            _connector="OR",
                        ),
                        name="criterion_n",
                        violation_error_code="criterion_n",
                        violation_error_message='A number goes with "at least so many of these", and with nothing else.',
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "question"), ("question__isnull", False)),
                            models.Q(
                                models.Q(("kind", "question"), _negated=True), ("question", None)
                            ),
                            _connector="OR",
                        ),
                        name="criterion_question",
                        violation_error_code="criterion_question",
                        violation_error_message="A question must be chosen for a criterion that asks one, and for no other.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ("question", "dose")),
                            models.Q(("key", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="criterion_group_key",
                        violation_error_code="criterion_group_key",
                        violation_error_message="A group needs a key.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "question"),
                            models.Q(
                                ("passes_on", None),
                                ("comparison", ""),
                                ("threshold", None),
                                ("max_age_count", None),
                                ("max_age_unit", ""),
                                ("anchor", ""),
                                ("anchor_question", None),
                                ("window_after", False),
                                ("window_count", None),
                                ("window_unit", ""),
                                ("accepts_contraindication", False),
                                ("accepts_failure", False),
                                ("accepts_intolerance", False),
                                ("accepts_none", False),
                                ("codes", ""),
                                ("principal", False),
                            ),
                            _connector="OR",
                        ),
                        name="criterion_condition",
                        violation_error_code="criterion_condition",
                        violation_error_message="Only a question has a passing condition.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("comparison", ""),
                                ("threshold", None),
                                ("max_age_count", None),
                                ("max_age_unit", ""),
                                ("anchor", ""),
                                ("anchor_question", None),
                                ("window_after", False),
                                ("window_count", None),
                                ("window_unit", ""),
                                ("accepts_contraindication", False),
                                ("accepts_failure", False),
                                ("accepts_intolerance", False),
                                ("accepts_none", False),
                                ("codes", ""),
                                ("principal", False),
                            ),
                            models.Q(
                                ("passes_on", None),
                                ("anchor", ""),
                                ("anchor_question", None),
                                ("window_after", False),
                                ("window_count", None),
                                ("window_unit", ""),
                                ("accepts_contraindication", False),
                                ("accepts_failure", False),
                                ("accepts_intolerance", False),
                                ("accepts_none", False),
                                ("codes", ""),
                                ("principal", False),
                            ),
                            models.Q(
                                ("passes_on", None),
                                ("comparison", ""),
                                ("threshold", None),
                                ("max_age_count", None),
                                ("max_age_unit", ""),
                                ("accepts_contraindication", False),
                                ("accepts_failure", False),
                                ("accepts_intolerance", False),
                                ("accepts_none", False),
                                ("codes", ""),
                                ("principal", False),
                            ),
                            models.Q(
                                ("passes_on", None),
                                ("comparison", ""),
                                ("threshold", None),
                                ("max_age_count", None),
                                ("max_age_unit", ""),
                                ("anchor", ""),
                                ("anchor_question", None),
                                ("window_after", False),
                                ("window_count", None),
                                ("window_unit", ""),
                                ("codes", ""),
                                ("principal", False),
                            ),
                            models.Q(
                                ("passes_on", None),
                                ("comparison", ""),
                                ("threshold", None),
                                ("max_age_count", None),
                                ("max_age_unit", ""),
                                ("anchor", ""),
                                ("anchor_question", None),
                                ("window_after", False),
                                ("window_count", None),
                                ("window_unit", ""),
                                ("accepts_contraindication", False),
                                ("accepts_failure", False),
                                ("accepts_intolerance", False),
                                ("accepts_none", False),
                            ),
                            _connector="OR",
                        ),
                        name="criterion_one_condition",
                        violation_error_code="criterion_one_condition",
                        violation_error_message="A passing condition is of one kind: yes or no, a number, a date, an outcome, or codes.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("threshold", None), ("comparison", "")),
                            models.Q(
                                models.Q(("comparison", ""), _negated=True),
                                ("threshold__gte", 0),
                                ("threshold__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="criterion_compares",
                        violation_error_code="criterion_compares",
                        violation_error_message="A comparison and the number it compares with belong together; the number is 0 or more.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("max_age_count", None), ("max_age_unit", "")),
                            models.Q(
                                ("threshold__isnull", False),
                                models.Q(
                                    models.Q(("max_age_count__isnull", True), ("max_age_unit", "")),
                                    models.Q(
                                        ("max_age_count__isnull", False),
                                        models.Q(("max_age_unit", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="criterion_age",
                        violation_error_code="criterion_age",
                        violation_error_message="How long ago a value may be measured needs a number, a unit and a comparison.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("anchor", ""),
                                ("anchor_question", None),
                                ("window_after", False),
                                ("window_count", None),
                                ("window_unit", ""),
                            ),
                            models.Q(
                                ("window_count__isnull", False),
                                models.Q(
                                    models.Q(("window_count__isnull", True), ("window_unit", "")),
                                    models.Q(
                                        ("window_count__isnull", False),
                                        models.Q(("window_unit", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="criterion_window",
                        violation_error_code="criterion_window",
                        violation_error_message="A period needs a number and a unit.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("anchor", ""), ("anchor_question", None), _connector="OR"
                        ),
                        name="criterion_anchor",
                        violation_error_code="criterion_anchor",
                        violation_error_message="A period is counted from one day: choose a day or a question, not both.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent__isnull", False), ("slot", "member"), _connector="OR"
                        ),
                        name="criterion_root_slot",
                        violation_error_code="criterion_root_slot",
                        violation_error_message="The topmost criterion has no place in a parent.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("parent", None)),
                        fields=("tree",),
                        name="criterion_one_root",
                        violation_error_message="A tree has one topmost criterion.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("slot", "member"), _negated=True),
                        fields=("parent", "slot"),
                        name="criterion_one_per_slot",
                        violation_error_message="That place is already taken.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("key", ""), _negated=True),
                        fields=("tree", "key"),
                        name="criterion_key_unique",
                        violation_error_message="This tree already has a criterion of that key.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DiseaseList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to="criteria.policyversion",
                        verbose_name="edition",
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
            ],
            options={
                "ordering": ["position", "id"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "key"),
                        name="diseaselist_key_unique",
                        violation_error_message="This edition already has a list of that key.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NamedDisease",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to="criteria.policyversion",
                        verbose_name="edition",
                    ),
                ),
                (
                    "position",
                    models.PositiveIntegerField(default=0, help_text="Order among its neighbours."),
                ),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="diseases",
                        to="criteria.diseaselist",
                    ),
                ),
                ("name", models.TextField()),
                (
                    "lines",
                    criteria.models.fields.LinesField(
                        help_text="Line or lines of the source.", max_length=60
                    ),
                ),
                ("note", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["position", "id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Product",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to="criteria.policyversion",
                        verbose_name="edition",
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
                ("brand", models.TextField()),
                (
                    "routes",
                    models.CharField(
                        choices=[
                            ("IV", "IV"),
                            ("SC", "SC"),
                            ("IV,SC", "IV or SC"),
                            ("SC,IV", "SC or IV"),
                        ],
                        max_length=6,
                    ),
                ),
                ("form", models.TextField(help_text="Such as liquid or powder.")),
                (
                    "concentration_percent",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=12,
                        null=True,
                        verbose_name="strength, percent",
                    ),
                ),
                (
                    "billing_unit_mg",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="billing unit, mg"
                    ),
                ),
                (
                    "listed",
                    models.BooleanField(
                        default=True,
                        help_text="If not, the package insert applies and a reviewer decides.",
                        verbose_name="listed in the policy",
                    ),
                ),
                (
                    "excluded",
                    models.BooleanField(default=False, help_text="The policy does not cover it."),
                ),
                (
                    "exclusion_words",
                    models.TextField(blank=True, verbose_name="why it is excluded"),
                ),
                (
                    "exclusion_lines",
                    criteria.models.fields.LinesField(
                        blank=True, help_text="Line or lines of the source.", max_length=60
                    ),
                ),
                (
                    "iv_to_sc_factor",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        help_text="Grams SC for each gram IV.",
                        max_digits=12,
                        null=True,
                        verbose_name="IV to SC factor",
                    ),
                ),
                (
                    "ml_per_g",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=12,
                        null=True,
                        verbose_name="mL per g",
                    ),
                ),
                ("note", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["position", "id"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "key"),
                        name="product_key_unique",
                        violation_error_message="This edition already has a product of that key.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("key", ""), _negated=True),
                            models.Q(("brand", ""), _negated=True),
                            models.Q(("form", ""), _negated=True),
                        ),
                        name="product_named",
                        violation_error_code="product_named",
                        violation_error_message="Key, brand and form must be filled.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("routes__in", ["IV", "SC", "IV,SC", "SC,IV"])),
                        name="product_routes_known",
                        violation_error_code="product_routes_known",
                        violation_error_message="Routes must be one of: IV, SC, IV,SC, SC,IV.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("excluded", False),
                                ("exclusion_lines", ""),
                                ("exclusion_words", ""),
                            ),
                            models.Q(
                                ("excluded", True),
                                models.Q(("exclusion_words", ""), _negated=True),
                                models.Q(("exclusion_lines", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="product_exclusion",
                        violation_error_code="product_exclusion",
                        violation_error_message="An excluded product says why and on which lines; another product does not.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("concentration_percent__isnull", True),
                            ("concentration_percent__gt", 0),
                            _connector="OR",
                        ),
                        name="product_concentration_percent_positive",
                        violation_error_code="product_concentration_percent_positive",
                        violation_error_message="The strength must be more than 0.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("billing_unit_mg__isnull", True),
                            ("billing_unit_mg__gt", 0),
                            _connector="OR",
                        ),
                        name="product_billing_unit_mg_positive",
                        violation_error_code="product_billing_unit_mg_positive",
                        violation_error_message="The billing unit must be more than 0.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("iv_to_sc_factor__isnull", True),
                            ("iv_to_sc_factor__gt", 0),
                            _connector="OR",
                        ),
                        name="product_iv_to_sc_factor_positive",
                        violation_error_code="product_iv_to_sc_factor_positive",
                        violation_error_message="The IV to SC factor must be more than 0.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ml_per_g__isnull", True), ("ml_per_g__gt", 0), _connector="OR"
                        ),
                        name="product_ml_per_g_positive",
                        violation_error_code="product_ml_per_g_positive",
                        violation_error_message="mL per g must be more than 0.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VialSize",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to="criteria.policyversion",
                        verbose_name="edition",
                    ),
                ),
                (
                    "position",
                    models.PositiveIntegerField(default=0, help_text="Order among its neighbours."),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="vials",
                        to="criteria.product",
                    ),
                ),
                (
                    "size_g",
                    models.DecimalField(decimal_places=3, max_digits=8, verbose_name="size, g"),
                ),
                (
                    "confirmed",
                    models.BooleanField(
                        default=True, help_text="Only confirmed sizes are used for rounding."
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("size_g__isnull", True), ("size_g__gt", 0), _connector="OR"
                        ),
                        name="vialsize_size_g_positive",
                        violation_error_code="vialsize_size_g_positive",
                        violation_error_message="The size must be more than 0.",
                    ),
                    models.UniqueConstraint(
                        fields=("product", "size_g", "confirmed"),
                        name="vialsize_unique",
                        violation_error_message="This product already has that vial.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProductCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to="criteria.policyversion",
                        verbose_name="edition",
                    ),
                ),
                (
                    "position",
                    models.PositiveIntegerField(default=0, help_text="Order among its neighbours."),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="codes",
                        to="criteria.product",
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("first_day", models.DateField(blank=True, null=True)),
                ("last_day", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["position", "id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        name="productcode_named",
                        violation_error_code="productcode_named",
                        violation_error_message="The code must be filled in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_day__isnull", True),
                            ("last_day__isnull", True),
                            ("first_day__lte", models.F("last_day")),
                            _connector="OR",
                        ),
                        name="productcode_first_day_before_last_day",
                        violation_error_code="productcode_first_day_before_last_day",
                        violation_error_message="The first day must not follow the last.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Code",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to="criteria.policyversion",
                        verbose_name="edition",
                    ),
                ),
                (
                    "position",
                    models.PositiveIntegerField(default=0, help_text="Order among its neighbours."),
                ),
                (
                    "system",
                    models.CharField(
                        choices=[("icd10", "ICD-10-CM"), ("hcpcs", "HCPCS"), ("cpt", "CPT")],
                        max_length=5,
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("description", models.TextField()),
                (
                    "lines",
                    criteria.models.fields.LinesField(
                        blank=True, help_text="Line or lines of the source.", max_length=60
                    ),
                ),
                ("listed", models.BooleanField(default=True, verbose_name="listed in the policy")),
                ("first_day", models.DateField(blank=True, null=True)),
                ("last_day", models.DateField(blank=True, null=True)),
                (
                    "clear",
                    models.BooleanField(
                        default=False,
                        help_text="The code alone names one diagnosis.",
                        verbose_name="clear by itself",
                    ),
                ),
                ("note", models.TextField(blank=True)),
                (
                    "indications",
                    models.ManyToManyField(
                        blank=True,
                        help_text="What the code suggests.",
                        related_name="codes",
                        to="criteria.indication",
                    ),
                ),
                (
                    "unproven",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Unproven uses the code also matches.",
                        related_name="unproven_codes",
                        to="criteria.indication",
                        verbose_name="unproven uses",
                    ),
                ),
            ],
            options={
                "ordering": ["system", "position", "id"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "system", "code"),
                        name="code_unique",
                        violation_error_message="This edition already lists that code.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("system__in", ["icd10", "hcpcs", "cpt"])),
                        name="code_system_known",
                        violation_error_code="code_system_known",
                        violation_error_message="The code system must be one of: icd10, hcpcs, cpt.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("code", ""), _negated=True),
                            models.Q(("description", ""), _negated=True),
                        ),
                        name="code_named",
                        violation_error_code="code_named",
                        violation_error_message="Code and description must be filled.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("listed", False),
                            models.Q(("lines", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="code_cited",
                        violation_error_code="code_cited",
                        violation_error_message="A listed code needs its lines.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_day__isnull", True),
                            ("last_day__isnull", True),
                            ("first_day__lte", models.F("last_day")),
                            _connector="OR",
                        ),
                        name="code_first_day_before_last_day",
                        violation_error_code="code_first_day_before_last_day",
                        violation_error_message="The first day must not follow the last.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("actor_name", models.CharField(blank=True, max_length=150)),
                ("verb", models.CharField(max_length=40)),
                ("object_type", models.CharField(max_length=40)),
                ("object_id", models.CharField(max_length=40)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "summary",
                    models.TextField(blank=True, help_text="In words; no patient details."),
                ),
            ],
            options={
                "ordering": ("-at", "-id"),
                "indexes": [models.Index(fields=["object_type", "object_id"], name="event_object")],
            },
        ),
    ]
