"""Row security of returns: what is being written stays with the city and its helpers, what was handed in opens."""

from django.db import migrations

from accounts.rowsecurity import append_only, granted, in_chain, own, protect, tie

CHILDREN = ("entry", "figure", "conflict")


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0001_initial"),
        ("workflow", "0013_indexes_that_suffice"),
        ("files", "0002_rowsecurity"),
    ]

    operations = [
        protect(
            "indicators_return",
            own=("riu", own()),
            granted=("r", granted("indicators_return")),
            act=("u", granted("indicators_return", "act", "colleague")),
        ),
        protect(
            "indicators_entry",
            own=("riu", own()),
            colleague=("riu", granted("indicators_entry", "colleague")),
        ),
        protect(
            "indicators_figure",
            own=("ri", own()),
            granted=("r", granted("indicators_figure")),
            act=("i", granted("indicators_figure", "act")),
        ),
        append_only("indicators_figure"),
        protect(
            "indicators_verification",
            own=("ri", f"{own()} AND {in_chain('indicators_verification')}"),
            others=("r", in_chain("indicators_verification")),
        ),
        append_only("indicators_verification"),
        protect(
            "indicators_conflict",
            own=("r", own()),
            granted=("r", granted("indicators_conflict")),
            act=("iu", granted("indicators_conflict", "act")),
        ),
        append_only("indicators_conflict", mutable=("settled", "reason", "settled_by_id", "settled_at")),
        protect("indicators_verifyingoffice", everybody=("r", "true")),
        *(tie(f"indicators_{child}", "indicators_return", "report_id", "tenant_id", "dossier") for child in CHILDREN),
        tie("indicators_verification", "indicators_return", "report_id", "dossier"),
        tie("indicators_entry", "files_upload", "evidence_id", "tenant_id", "dossier"),
        tie("indicators_figure", "files_upload", "evidence_id", "tenant_id", "dossier"),
    ]
