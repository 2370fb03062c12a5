"""A department is asked for its opinion only by the office that acts on the dossier."""

from django.db import migrations

from accounts.rowsecurity import granted, narrow_insert, own

ASKER = own("requested_by_id")


class Migration(migrations.Migration):
    dependencies = [("reviews", "0002_rowsecurity")]

    operations = [
        narrow_insert(
            "reviews_opinion",
            "requester_insert",
            before=ASKER,
            after=f"{ASKER} AND {granted('reviews_opinion', 'act')}",
        ),
    ]
