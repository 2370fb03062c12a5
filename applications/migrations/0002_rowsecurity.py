"""Row security of filings: the working copy is the owner's, frozen versions open stage by stage."""

from django.db import migrations

from accounts.rowsecurity import append_only, granted, own, protect, tie


class Migration(migrations.Migration):
    dependencies = [("applications", "0001_initial"), ("registry", "0002_rowsecurity"), ("files", "0002_rowsecurity")]

    operations = [
        protect(
            "applications_filing",
            own=("riu", own()),
            granted=("r", granted("applications_filing")),
            act=("u", granted("applications_filing", "act")),
        ),
        *(
            protect(table, own=("riud", own()), colleague=("r", granted(table, "colleague")))
            for table in ("applications_planfield", "applications_material", "applications_filingboundary")
        ),
        protect(
            "applications_filingversion",
            own=("riu", own()),
            granted=("r", f"submitted_at IS NOT NULL AND {granted('applications_filingversion')}"),
        ),
        append_only("applications_filingversion", mutable=("submitted_at", "receipt_number", "receipt_id")),
        protect(
            "applications_remark",
            own=("ru", own()),
            granted=("r", granted("applications_remark")),
            act=("i", granted("applications_remark", "act")),
        ),
        *(
            tie(table, "applications_filing", "filing_id", "tenant_id", "dossier")
            for table in (
                "applications_planfield",
                "applications_material",
                "applications_filingboundary",
                "applications_filingversion",
                "applications_remark",
            )
        ),
        tie("applications_material", "files_upload", "upload_id", "tenant_id", "dossier"),
        *(
            tie("applications_filing", "notifications_paper", f"{name}_paper_id", "dossier")
            for name in ("request", "return", "acceptance", "rejection", "decision")
        ),
    ]
