import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import criteria.models.exact


class Migration(migrations.Migration):
    dependencies = [
        ("criteria", "0004_icd10"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AcceptedWarning",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("where", models.TextField()),
                ("message", models.TextField()),
                ("reason", models.TextField()),
                ("accepted_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("version", "id"),
            },
        ),
        migrations.CreateModel(
            name="ExamplePatient",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(help_text="Such as “IgG of 400 exactly”.", max_length=200),
                ),
                ("words", models.TextField(blank=True, verbose_name="about the patient")),
                (
                    "stated",
                    models.JSONField(
                        decoder=criteria.models.exact.ExactDecoder,
                        encoder=criteria.models.exact.ExactEncoder,
                    ),
                ),
                (
                    "expected",
                    models.CharField(
                        choices=[
                            ("meets", "meets"),
                            ("does not meet", "does not meet"),
                            ("incomplete", "incomplete"),
                            ("needs review", "needs review"),
                        ],
                        max_length=16,
                        verbose_name="expected result",
                    ),
                ),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("policy", "name"),
            },
        ),
        migrations.CreateModel(
            name="ImpactRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("before", models.CharField(blank=True, max_length=16)),
                ("after", models.CharField(blank=True, max_length=16)),
                (
                    "words",
                    models.TextField(blank=True, help_text="What changes, criterion by criterion."),
                ),
            ],
            options={
                "ordering": ("run", "id"),
            },
        ),
        migrations.CreateModel(
            name="ImpactRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("content_hash", models.CharField(max_length=64)),
                (
                    "decided_months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Also requests decided in the last so many months.",
                        null=True,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "Running"),
                            ("done", "Finished"),
                            ("stopped", "Stopped"),
                        ],
                        default="running",
                        max_length=8,
                    ),
                ),
                (
                    "last_id",
                    models.PositiveBigIntegerField(default=0, help_text="The last request judged."),
                ),
                ("total", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("-started_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="PatientOutcome",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "found",
                    models.CharField(
                        blank=True, help_text="Empty: it cannot be judged.", max_length=16
                    ),
                ),
                (
                    "decided_by",
                    models.TextField(
                        blank=True,
                        help_text="The first criterion the result rests on, with what was answered.",
                    ),
                ),
                ("problem", models.TextField(blank=True)),
                ("judged_at", models.DateTimeField()),
                ("reason", models.TextField(blank=True)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("patient__name",),
            },
        ),
        migrations.AddField(
            model_name="criteriatree",
            name="revision",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="criteriatree",
            name="removed",
            field=models.JSONField(
                blank=True,
                editable=False,
                encoder=django.core.serializers.json.DjangoJSONEncoder,
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="base",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                help_text="The edition it was copied from.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="copies",
                to="criteria.policyversion",
            ),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="comparison_only",
            field=models.BooleanField(
                default=False,
                editable=False,
                help_text="Its start is unknown: it is compared with, and never published.",
                verbose_name="for comparison only",
            ),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="edited_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="edited_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("comparison_only", False), ("status", "draft"), _connector="OR"
                ),
                name="version_comparison_only",
                violation_error_code="version_comparison_only",
                violation_error_message="An edition for comparison only stays a draft.",
            ),
        ),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("edited_at__isnull", True), ("edited_by__isnull", True)),
                    models.Q(("edited_at__isnull", False), ("edited_by__isnull", False)),
                    _connector="OR",
                ),
                name="version_edited_pair",
                violation_error_code="version_edited_pair",
                violation_error_message="Edited at and edited by belong together: both or neither.",
            ),
        ),
        migrations.AddField(
            model_name="acceptedwarning",
            name="accepted_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="acceptedwarning",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="accepted",
                to="criteria.policyversion",
                verbose_name="edition",
            ),
        ),
        migrations.AddField(
            model_name="examplepatient",
            name="changed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="examplepatient",
            name="policy",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="patients",
                to="criteria.policy",
            ),
        ),
        migrations.AddField(
            model_name="impactrow",
            name="request",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="criteria.authorizationrequest",
            ),
        ),
        migrations.AddField(
            model_name="impactrun",
            name="started_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="impactrun",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="impacts",
                to="criteria.policyversion",
                verbose_name="edition",
            ),
        ),
        migrations.AddField(
            model_name="impactrow",
            name="run",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="rows",
                to="criteria.impactrun",
            ),
        ),
        migrations.AddField(
            model_name="patientoutcome",
            name="confirmed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="patientoutcome",
            name="patient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="outcomes",
                to="criteria.examplepatient",
            ),
        ),
        migrations.AddField(
            model_name="patientoutcome",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="outcomes",
                to="criteria.policyversion",
                verbose_name="edition",
            ),
        ),
        migrations.AddConstraint(
            model_name="acceptedwarning",
            constraint=models.UniqueConstraint(
                fields=("version", "code", "where", "message"),
                name="accepted_unique",
                violation_error_message="This warning is accepted already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="acceptedwarning",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="accepted_reason",
                violation_error_code="accepted_reason",
                violation_error_message="Say why the warning may stand.",
            ),
        ),
        migrations.AddConstraint(
            model_name="examplepatient",
            constraint=models.UniqueConstraint(
                fields=("policy", "name"),
                name="patient_name_unique",
                violation_error_message="This policy already has a patient of that name.",
            ),
        ),
        migrations.AddConstraint(
            model_name="examplepatient",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("expected__in", ["meets", "does not meet", "incomplete", "needs review"])
                ),
                name="patient_expected_known",
                violation_error_code="patient_expected_known",
                violation_error_message="The expected result must be one of: meets, does not meet, incomplete, needs review.",
            ),
        ),
        migrations.AddConstraint(
            model_name="examplepatient",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True),
                name="patient_named",
                violation_error_code="patient_named",
                violation_error_message="The patient needs a name.",
            ),
        ),
        migrations.AddConstraint(
            model_name="impactrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["running", "done", "stopped"])),
                name="impact_state_known",
                violation_error_code="impact_state_known",
                violation_error_message="State must be one of: running, done, stopped.",
            ),
        ),
        migrations.AddConstraint(
            model_name="impactrow",
            constraint=models.UniqueConstraint(fields=("run", "request"), name="impactrow_unique"),
        ),
        migrations.AddConstraint(
            model_name="patientoutcome",
            constraint=models.UniqueConstraint(
                fields=("version", "patient"), name="outcome_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="patientoutcome",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("confirmed_at__isnull", True),
                        ("confirmed_by__isnull", True),
                        ("reason", ""),
                    ),
                    models.Q(
                        ("confirmed_at__isnull", False),
                        ("confirmed_by__isnull", False),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="outcome_confirmed_pair",
                violation_error_code="outcome_confirmed_pair",
                violation_error_message="A confirmed result says by whom, when and why.",
            ),
        ),
    ]
