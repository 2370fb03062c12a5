"""The operator's table of industry codes: everybody reads it, only the import writes it."""

from django.db import migrations, models

from accounts.rowsecurity import protect


class Migration(migrations.Migration):
    dependencies = [("registry", "0004_edition")]

    operations = [
        migrations.CreateModel(
            name="IndustryCode",
            fields=[
                ("code", models.CharField(max_length=5, primary_key=True, serialize=False, verbose_name="代码")),
                ("name", models.CharField(max_length=80, verbose_name="名称")),
                ("source", models.CharField(max_length=200, verbose_name="来源")),
                ("sample", models.BooleanField(default=False, verbose_name="示例数据")),
            ],
            options={"verbose_name": "行业代码", "verbose_name_plural": "行业代码", "ordering": ["code"]},
        ),
        protect("registry_industrycode", anyone=("r", "true")),
    ]
