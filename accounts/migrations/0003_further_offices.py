"""Further departments and experts as offices; who opened a dossier to an office may close it again."""

from django.db import migrations, models

KINDS = [
    ("applicant_gov", "申报市政府"),
    ("county_gov", "县（市、区）政府"),
    ("city_st_bureau", "市科技局"),
    ("park_committee", "园区管委会"),
    ("kjt", "省科技厅"),
    ("department", "省级部门"),
    ("other_department", "其他省级部门"),
    ("expert", "评审专家"),
    ("prov_gov_office", "省政府办公厅"),
    ("third_party", "第三方机构"),
    ("operator", "平台运维"),
]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_rowsecurity")]

    operations = [
        migrations.AlterField(
            model_name="organisation",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=20, verbose_name="类别"),
        ),
        migrations.RunSQL(
            "CREATE POLICY giver_delete ON accounts_grant FOR DELETE"
            " USING (granted_by_id = app_organisation() AND level = 'read')",
            "DROP POLICY giver_delete ON accounts_grant",
        ),
    ]
