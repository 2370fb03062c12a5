"""A case is withdrawn by its city, whose signer may bring it into that status and into no other."""

from django.db import migrations, models

POLICY = """
CREATE POLICY owner_withdraws ON reviews_case FOR UPDATE
  USING (tenant_id = app_organisation() AND decision_paper_id IS NULL)
  WITH CHECK (tenant_id = app_organisation() AND status = 'withdrawn')
"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0005_publicity_rowsecurity")]

    operations = [
        migrations.AlterField(
            model_name="case",
            name="status",
            field=models.CharField(
                choices=[
                    ("reviewing", "联审联评中"),
                    ("concluded", "联审结论形成"),
                    ("publicity", "公示中"),
                    ("reported", "报省政府审定"),
                    ("listed", "已列入创建名单"),
                    ("declined", "不予列入"),
                    ("deferred", "暂缓（整改后再报）"),
                    ("withdrawn", "已撤回"),
                ],
                default="reviewing",
                max_length=12,
                verbose_name="状态",
            ),
        ),
        migrations.RemoveConstraint(model_name="case", name="case_reported_by_paper"),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["reviewing", "concluded", "publicity", "withdrawn"]),
                    ("report_paper__isnull", False),
                    _connector="OR",
                ),
                name="case_reported_by_paper",
            ),
        ),
        migrations.RunSQL(POLICY, "DROP POLICY owner_withdraws ON reviews_case"),
    ]
