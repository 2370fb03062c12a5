"""Public pages tell a published result's round: year and kind, which never change. What publishes makes the edition."""

from django.db import migrations

from registry.watching import watch


class Migration(migrations.Migration):
    dependencies = [("indicators", "0029_results_written")]

    operations = [watch("indicators_evaluationround", "false")]
