"""Beside a released result stands which of its figures were corrected since."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from accounts.rowsecurity import append_only, protect
from registry.watching import watch

# Written by the worker alone; read by whoever reads the result.
OF_ASSESSMENT = "EXISTS (SELECT 1 FROM indicators_assessment a WHERE a.id = indicators_resultcorrection.assessment_id)"


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0025_qualitative_scores"),
    ]

    operations = [
        migrations.CreateModel(
            name="ResultCorrection",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=60, verbose_name="数据")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("subject", models.CharField(max_length=60, verbose_name="对象代码")),
                ("before", models.CharField(max_length=200, null=True, verbose_name="原数")),
                ("after", models.CharField(max_length=200, null=True, verbose_name="更正数")),
                ("vintage", models.PositiveSmallIntegerField(verbose_name="版次")),
                ("noted_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="indicators.assessment",
                    ),
                ),
            ],
            options={
                "verbose_name": "结果所用数据的勘误",
                "verbose_name_plural": "结果所用数据的勘误",
                "ordering": ["assessment", "year", "code", "vintage"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("assessment", "subject", "code", "year", "vintage"), name="one_note_per_correction"
                    )
                ],
            },
        ),
        protect("indicators_resultcorrection", readers=("r", OF_ASSESSMENT)),
        append_only("indicators_resultcorrection"),
        watch("indicators_resultcorrection"),
    ]
