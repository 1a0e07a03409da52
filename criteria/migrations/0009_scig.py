"""What labels say of subcutaneous doses, and pathways that make the label the measure."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import criteria.models.fields
from criteria.models.guard_operation import LiftGuards, SetGuards


class Migration(migrations.Migration):
    dependencies = [
        ("criteria", "0008_nothing_silent"),
    ]

    operations = [
        LiftGuards(),
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
                "submission": "",
                "packet": "",
                "letter": "",
                "determination": "",
                "missedcriterion": "",
            },
        ),
    ]
