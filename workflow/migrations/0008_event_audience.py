"""Events among an applicant and the offices that help it to fill in a plan have readers of their own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workflow", "0007_clocks_rowsecurity")]

    operations = [
        migrations.AlterField(
            model_name="event",
            name="audience",
            field=models.CharField(
                choices=[
                    ("dossier", "申报方与审查方"),
                    ("authority", "主办单位"),
                    ("colleague", "申报方与协同填报单位"),
                    ("office", "本单位"),
                ],
                default="dossier",
                max_length=10,
            ),
        ),
    ]
