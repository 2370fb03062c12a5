"""Row security of grants, invitations and the access log, and what the serving role may do."""

from django.db import migrations

from accounts.rowsecurity import FUNCTIONS, GRANTS, append_only, own, protect


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        GRANTS,
        protect(
            "accounts_grant",
            tenant=("r", own()),
            holder=("r", own("organisation_id")),
            giver=("ri", own("granted_by_id")),
        ),
        protect(
            "accounts_invitation",
            own=("riu", own("organisation_id")),
            presented=("ru", "token_hash = app_presented()"),
        ),
        protect("accounts_accesslog", anyone=("i", "true"), own=("r", "person_id = app_person()")),
        append_only("accounts_accesslog"),
    ]
