"""Row security of uploaded files."""

from django.db import migrations

from accounts.rowsecurity import granted, own, protect


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial"), ("accounts", "0002_rowsecurity")]

    operations = [
        protect(
            "files_upload",
            own=("riud", own()),
            colleague=("r", granted("files_upload", "colleague")),
            released=("r", f"released_at IS NOT NULL AND {granted('files_upload', 'read', 'act')}"),
        ),
    ]
