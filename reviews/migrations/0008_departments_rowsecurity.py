"""Row security of the departments' side: what is said among the reviewers never reaches the applicant."""

from django.db import migrations

from accounts.rowsecurity import append_only, granted, own, protect, tie

OFFICE = "EXISTS (SELECT 1 FROM accounts_organisation k WHERE k.id = app_organisation() AND k.kind = '{kind}')"
ASKED = (
    "EXISTS (SELECT 1 FROM {rows} p WHERE p.dossier = {table}.dossier"
    " AND p.tenant_id = app_organisation() AND p.status <> 'withdrawn')"
)


def office_is(kind: str) -> str:
    """The acting office is of this kind."""
    return OFFICE.format(kind=kind)


def lead(table: str) -> str:
    """省科技厅 on a dossier that it acts on; the government office, which acts on it too, is left out."""
    return f"{granted(table, 'act')} AND {office_is('kjt')}"


def reviewing(table: str) -> str:
    """An office that was asked for its opinion in this dossier, or an expert who was invited, and still is."""
    departments, experts = (
        ASKED.format(rows=rows, table=table) for rows in ("reviews_opinion", "reviews_expertopinion")
    )
    return f"({departments} OR {experts})"


def taking_part(table: str) -> str:
    return f"(({lead(table)}) OR {reviewing(table)})"


# The department whose condition was passed on; to the city the condition itself does not exist.
ASKER = (
    "EXISTS (SELECT 1 FROM reviews_condition c WHERE c.id = reviews_requirement.condition_id"
    " AND c.tenant_id = app_organisation())"
)
ASKER_OF_ANSWER = (
    "EXISTS (SELECT 1 FROM reviews_requirement r JOIN reviews_condition c ON c.id = r.condition_id"
    " WHERE r.id = reviews_requirementanswer.requirement_id AND c.tenant_id = app_organisation())"
)
RECALLS = own("requested_by_id")


def policy(table: str, name: str, using: str, check: str) -> migrations.RunSQL:
    """One more policy for UPDATE on a table that is protected already."""
    return migrations.RunSQL(
        f"CREATE POLICY {name} ON {table} FOR UPDATE USING ({using}) WITH CHECK ({check})",
        f"DROP POLICY {name} ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("reviews", "0007_opinions_and_experts")]

    operations = [
        policy(
            "reviews_opinion",
            "requester_recall",
            RECALLS,
            f"{RECALLS} AND status IN ('superseded', 'withdrawn')",
        ),
        policy(
            "reviews_question",
            "act_update",
            granted("reviews_question", "act"),
            granted("reviews_question", "act"),
        ),
        protect(
            "reviews_expertopinion",
            own=("ru", own()),
            requester=("iu", f"{RECALLS} AND {granted('reviews_expertopinion', 'act')}"),
            authority=("r", granted("reviews_expertopinion", "act")),
            peers=(
                "r",
                f"closed_at IS NOT NULL AND {granted('reviews_expertopinion', 'read')} AND {office_is('expert')}",
            ),
        ),
        protect("reviews_opiniondraft", own=("ri", own())),
        protect(
            "reviews_sectionremark",
            own=("ri", f"{own()} AND {granted('reviews_sectionremark')}"),
            authority=("r", granted("reviews_sectionremark", "act")),
        ),
        protect(
            "reviews_condition",
            own=("ri", f"{own()} AND {granted('reviews_condition')}"),
            authority=("r", granted("reviews_condition", "act")),
        ),
        protect(
            "reviews_requirement",
            own=("ru", own()),
            authority=("r", granted("reviews_requirement", "act")),
            lead=("iu", lead("reviews_requirement")),
            asker=("ru", ASKER),
        ),
        protect(
            "reviews_requirementanswer",
            own=("ri", own()),
            authority=("r", granted("reviews_requirementanswer", "act")),
            asker=("ru", ASKER_OF_ANSWER),
        ),
        protect(
            "reviews_enclosure",
            own=("ri", own()),
            granted=("r", granted("reviews_enclosure", "read", "act")),
        ),
        protect(
            "reviews_questionproposal",
            own=("ru", own()),
            reviewer=("i", f"{own()} AND {reviewing('reviews_questionproposal')}"),
            lead=("ru", lead("reviews_questionproposal")),
        ),
        protect(
            "reviews_note",
            own=("u", own()),
            reader=("r", taking_part("reviews_note")),
            author=("i", f"{own()} AND {taking_part('reviews_note')}"),
        ),
        protect(
            "reviews_recusal",
            own=("ru", own()),
            declaring=("i", f"{own()} AND {granted('reviews_recusal')}"),
            person=("r", "person_id = app_person()"),
            authority=("r", granted("reviews_recusal", "act")),
            lead=("u", lead("reviews_recusal")),
        ),
        append_only("reviews_opiniondraft"),
        append_only("reviews_sectionremark"),
        append_only("reviews_condition"),
        append_only("reviews_requirementanswer", mutable=("settled", "verdict", "judged_at")),
        append_only("reviews_enclosure"),
        append_only("reviews_note", mutable=("withdrawn_at", "withdrawn_reason")),
        *(
            tie(table, "reviews_opinion", column, "tenant_id", "dossier")
            for table, column in (
                ("reviews_opinion", "previous_id"),
                ("reviews_opiniondraft", "opinion_id"),
                ("reviews_sectionremark", "opinion_id"),
                ("reviews_condition", "opinion_id"),
            )
        ),
        *(
            tie(table, "reviews_case", "case_id", "dossier")
            for table in (
                "reviews_expertopinion",
                "reviews_sectionremark",
                "reviews_condition",
                "reviews_questionproposal",
                "reviews_note",
                "reviews_recusal",
            )
        ),
        tie("reviews_requirement", "reviews_case", "case_id", "tenant_id", "dossier"),
        tie("reviews_requirement", "reviews_condition", "condition_id", "dossier"),
        tie("reviews_requirementanswer", "reviews_requirement", "requirement_id", "tenant_id", "dossier"),
        tie("reviews_enclosure", "files_upload", "upload_id", "tenant_id", "dossier"),
        tie("reviews_enclosure", "reviews_question", "question_id", "tenant_id", "dossier"),
        tie("reviews_enclosure", "reviews_requirementanswer", "answer_id", "tenant_id", "dossier"),
        tie("reviews_questionproposal", "reviews_question", "question_id", "dossier"),
        tie("reviews_opinion", "applications_filingversion", "version_id", "dossier"),
        tie("reviews_expertopinion", "applications_filingversion", "version_id", "dossier"),
        tie("reviews_expertopinion", "notifications_paper", "paper_id", "dossier"),
    ]
