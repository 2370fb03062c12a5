"""Row security of the joint review: an opinion is its department's and never the applicant's."""

from django.db import migrations

from accounts.rowsecurity import append_only, granted, own, protect, tie


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_initial"), ("applications", "0002_rowsecurity")]

    operations = [
        protect(
            "reviews_case",
            own=("r", own()),
            granted=("r", granted("reviews_case")),
            act=("iu", granted("reviews_case", "act")),
        ),
        protect(
            "reviews_opinion",
            own=("ru", own()),
            requester=("ri", own("requested_by_id")),
            authority=("r", granted("reviews_opinion", "act")),
        ),
        protect(
            "reviews_question",
            own=("ru", own()),
            granted=("r", granted("reviews_question", "read", "act")),
            act=("i", granted("reviews_question", "act")),
        ),
        *(
            protect(table, own=("r", own()), granted=("r", granted(table)), act=("i", granted(table, "act")))
            for table in ("reviews_conclusion", "reviews_decision")
        ),
        *(append_only(table) for table in ("reviews_conclusion", "reviews_decision")),
        tie("reviews_case", "applications_filing", "filing_id", "tenant_id", "dossier"),
        tie("reviews_opinion", "reviews_case", "case_id", "dossier"),
        *(
            tie(table, "reviews_case", "case_id", "tenant_id", "dossier")
            for table in ("reviews_question", "reviews_conclusion", "reviews_decision")
        ),
        *(
            tie("reviews_case", "notifications_paper", f"{name}_paper_id", "dossier")
            for name in ("inquiry", "report", "decision")
        ),
        *(
            tie(table, "notifications_paper", "paper_id", "dossier")
            for table in ("reviews_opinion", "reviews_conclusion", "reviews_decision")
        ),
    ]
