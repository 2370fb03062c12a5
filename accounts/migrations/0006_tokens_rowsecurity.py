"""Row security of programs' keys: a person sees their own, and a request the one whose hash it presents."""

from django.db import migrations

from accounts.rowsecurity import append_only, protect

OF_THE_PERSON = "person_id = app_person() AND app_scope() = 'organisation'"
# Nobody makes a key for a post that is not theirs, whatever the page was made to send.
OF_THE_POST = (
    "person_id = app_person() AND EXISTS (SELECT 1 FROM accounts_post p WHERE p.id = post_id"
    " AND p.person_id = app_person() AND p.organisation_id = app_organisation())"
)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_tokens")]

    operations = [
        protect(
            "accounts_token",
            own=("ru", OF_THE_PERSON),
            made=("i", OF_THE_POST),
            presented=("r", "token_hash = app_presented()"),
        ),
        append_only("accounts_token", mutable=("revoked_at",)),
    ]
