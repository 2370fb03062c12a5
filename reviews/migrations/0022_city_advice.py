"""A department's handler proposes what its signer says of a round's results: the department's own."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from accounts.rowsecurity import append_only, own, protect, tie

ADVICE, OPINION = "reviews_cityadvice", "reviews_cityopinion"


def key(to: str, name: str = "+") -> models.ForeignKey:
    """A key to a row that stays."""
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name=name, to=to)


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0020_decided_together"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CityAdvice",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                (
                    "stance",
                    models.CharField(
                        choices=[("agree", "同意"), ("object", "有不同意见")], max_length=6, verbose_name="意见"
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="理由")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("opinion", key("reviews.cityopinion", "advices")),
                ("person", key(settings.AUTH_USER_MODEL)),
                ("tenant", key("accounts.organisation")),
            ],
            options={
                "verbose_name": "对测评结果的拟办意见",
                "verbose_name_plural": "对测评结果的拟办意见",
                "ordering": ["opinion", "at"],
            },
        ),
        migrations.AddConstraint(
            model_name="cityadvice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stance", "object"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="city_advice_objects_with_reason",
            ),
        ),
        protect(ADVICE, own=("ri", own())),
        append_only(ADVICE),
        tie(ADVICE, OPINION, "opinion_id", "tenant_id", "dossier"),
    ]
