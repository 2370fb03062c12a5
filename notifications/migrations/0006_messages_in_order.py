"""Messages in the order in which the desk shows them: unread ones first, then the newest."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0005_mail")]

    operations = [
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                models.F("organisation"),
                models.F("read_at").desc(nulls_first=True),
                models.F("created_at").desc(),
                name="messages_in_order",
            ),
        ),
    ]
