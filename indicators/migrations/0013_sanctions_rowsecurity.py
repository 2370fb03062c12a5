"""Row security of sanctions: the city and its committee, who works on the case; the public sees cards that were given.

Composite keys hold a sanction to a final miss, and a revocation to the year before and to its card in force.
"""

from django.db import migrations

from accounts.rowsecurity import append_only, granted, in_chain, own, protect, tie
from registry.watching import watch

CASE, CARD = "indicators_sanctioncase", "indicators_yellowcard"
ARGUMENT, ANSWER = "indicators_sanctionargument", "indicators_sanctionanswer"
HEARING, OPINION, FILE = "indicators_sanctionhearing", "indicators_sanctionopinion", "indicators_sanctionfile"
# The answers reach the city with the decision, never before.
DECIDED = (
    "EXISTS (SELECT 1 FROM indicators_sanctioncase c WHERE c.id = indicators_sanctionanswer.case_id"
    " AND c.status IN ('imposed', 'served', 'review', 'not_imposed', 'annulled'))"
)
RESTS = f"""
ALTER TABLE {CASE} ADD CONSTRAINT sanction_rests_on_a_final_miss
  FOREIGN KEY (assessment_id, subject, year, verdict, final)
  REFERENCES indicators_assessment (id, subject, year, verdict, final);
ALTER TABLE {CASE} ADD CONSTRAINT revocation_rests_on_the_year_before
  FOREIGN KEY (before_id, subject, before_year, before_verdict, before_final)
  REFERENCES indicators_assessment (id, subject, year, verdict, final);
ALTER TABLE {CASE} ADD CONSTRAINT revocation_rests_on_its_card
  FOREIGN KEY (card_id, subject, before_year, card_status)
  REFERENCES {CARD} (id, subject, year, status) DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE {CARD} ADD CONSTRAINT card_rests_on_a_final_miss
  FOREIGN KEY (assessment_id, subject, year, verdict, final)
  REFERENCES indicators_assessment (id, subject, year, verdict, final);
"""
FREE = f"""
ALTER TABLE {CARD} DROP CONSTRAINT card_rests_on_a_final_miss;
ALTER TABLE {CASE} DROP CONSTRAINT revocation_rests_on_its_card;
ALTER TABLE {CASE} DROP CONSTRAINT revocation_rests_on_the_year_before;
ALTER TABLE {CASE} DROP CONSTRAINT sanction_rests_on_a_final_miss;
"""
MUTABLE = (
    "status",
    "card_status",
    "notice_paper_id",
    "received_at",
    "received_by_id",
    "report_paper_id",
    "decision_paper_id",
    "decided_at",
    "decided_by_id",
    "served_at",
    "served_by_id",
    "review_paper_id",
    "review_decision_id",
    "review_outcome",
    "withdrawal_paper_id",
    "doubts",
)
PAPERS = ("notice", "report", "decision", "review", "withdrawal")


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0012_sanctions"),
        ("registry", "0004_edition"),
        ("files", "0002_rowsecurity"),
        ("workflow", "0003_dossier_writing"),
    ]

    operations = [
        migrations.RunSQL(RESTS, FREE),
        protect(
            CASE,
            own=("ru", own()),
            granted=("r", granted(CASE)),
            worked_on=("u", granted(CASE, "act", "colleague")),
        ),
        append_only(CASE, mutable=MUTABLE),
        *(tie(CASE, "notifications_paper", f"{name}_paper_id", "dossier") for name in PAPERS),
        tie(CASE, "notifications_paper", "review_decision_id", "dossier"),
        protect(
            CARD,
            public=("r", "app_scope() <> ''"),
            own=("u", own()),
            worked_on=("u", granted(CARD, "act", "colleague")),
            given=("i", granted(CARD, "act")),
        ),
        append_only(CARD, mutable=("status", "plan", "plan_at", "check_note", "checked_at", "ended_on", "ended_by_id")),
        tie(CARD, "notifications_paper", "paper_id", "dossier"),
        watch(CARD),
        protect(
            ARGUMENT,
            own=("ri", own()),
            colleague=("i", granted(ARGUMENT, "colleague")),
            granted=("r", granted(ARGUMENT)),
        ),
        append_only(ARGUMENT),
        tie(ARGUMENT, CASE, "case_id", "tenant_id", "dossier"),
        protect(
            ANSWER,
            act=("iu", granted(ANSWER, "act")),
            working_group=("r", granted(ANSWER, "act", "read")),
            own=("r", f"{own()} AND {DECIDED}"),
            colleague=("r", f"{granted(ANSWER, 'colleague')} AND {DECIDED}"),
        ),
        tie(ANSWER, CASE, "case_id", "tenant_id", "dossier"),
        tie(ANSWER, ARGUMENT, "argument_id", "tenant_id", "dossier"),
        protect(
            HEARING,
            own=("riu", own()),
            colleague=("iu", granted(HEARING, "colleague")),
            granted=("r", granted(HEARING)),
            act=("u", granted(HEARING, "act")),
        ),
        tie(HEARING, CASE, "case_id", "tenant_id", "dossier"),
        protect(
            OPINION,
            own=("ri", f"{own()} AND {in_chain(OPINION)}"),
            act=("r", granted(OPINION, "act")),
        ),
        append_only(OPINION),
        tie(OPINION, CASE, "case_id", "dossier"),
        protect(FILE, own=("ri", own()), colleague=("i", granted(FILE, "colleague")), granted=("r", granted(FILE))),
        append_only(FILE),
        tie(FILE, CASE, "case_id", "tenant_id", "dossier"),
        tie(FILE, "files_upload", "upload_id", "tenant_id", "dossier"),
    ]
