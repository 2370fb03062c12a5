"""Papers end the titles of a place as well."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0008_titles_conferred"),
    ]

    operations = [
        migrations.AlterField(
            model_name="paper",
            name="confers",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "无"),
                    ("creating", "列入创建名单"),
                    ("revoked", "取消创建资格"),
                    ("recognised", "认定"),
                    ("national", "升级为国家高新区"),
                    ("ended", "终止"),
                    ("pilot", "列为创新型试点城市（县、区）"),
                    ("innovative", "认定为创新型城市（县、区）"),
                    ("left", "退出创新型城市（县、区）建设"),
                ],
                default="",
                max_length=12,
            ),
        ),
    ]
