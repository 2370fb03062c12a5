"""Row security, roles and composite keys, read from PostgreSQL's own catalogue."""

from collections.abc import Sequence

import pytest
from django.apps import apps
from django.db import connection

from accounts.models import Organisation
from tests.architecture.rows import ROOMS

pytestmark = pytest.mark.django_db

OPEN_TABLES = {
    # People, posts and master data: no tenant's secret; never listed unscoped.
    "accounts_division",
    "accounts_divisionname",
    "accounts_organisation",
    "accounts_organisationname",
    "accounts_person",
    "accounts_person_groups",
    "accounts_person_user_permissions",
    "accounts_post",
    "registry_edition",
    "registry_hostzone",
}


def rows(sql: str, parameters: Sequence[object] = ()) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def our_tables() -> set[str]:
    return {
        table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in ROOMS
        for table in [model._meta.db_table]
    }


def test_every_table_is_protected_or_named_as_open() -> None:
    protected = {
        name
        for name, enabled, forced in rows(
            "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class WHERE relkind = 'r'"
        )
        if enabled and forced
    }
    assert our_tables() - protected == OPEN_TABLES


def test_every_table_with_a_tenant_is_protected() -> None:
    owned = {
        model._meta.db_table
        for model in apps.get_models()
        if model._meta.app_label in ROOMS
        if {"tenant", "dossier"} & {field.name for field in model._meta.get_fields()}
    }
    assert owned & OPEN_TABLES == set()
    assert len(owned) > 15


def test_every_protected_table_has_a_named_policy_per_audience() -> None:
    policies: dict[str, set[str]] = {}
    for table, policy in rows("SELECT tablename, policyname FROM pg_policies"):
        policies.setdefault(str(table), set()).add(str(policy))
    for table in our_tables() - OPEN_TABLES:
        assert "system" in policies[table]
        assert len(policies[table]) > 1, f"{table}: the system's policy alone leaves nobody able to work"


def test_tests_run_as_the_owner_who_is_bound() -> None:
    assert rows("SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user") == [
        ("portal_owner", False, False)
    ]


def test_roles_have_only_what_they_need() -> None:
    found = {
        name: (superuser, bypass, create_role)
        for name, superuser, bypass, create_role in rows(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname LIKE 'portal_%%'"
        )
    }
    assert found == {
        "portal_owner": (False, False, False),
        "portal_web": (False, False, False),
        "portal_backup": (False, True, False),
    }


def test_serving_role_may_not_truncate_nor_own() -> None:
    for table in our_tables():
        assert rows("SELECT has_table_privilege('portal_web', %s, 'TRUNCATE')", [table]) == [(False,)]
        assert rows("SELECT has_table_privilege('portal_web', %s, 'SELECT')", [table]) == [(True,)]
        assert rows("SELECT has_table_privilege('portal_backup', %s, 'INSERT')", [table]) == [(False,)]
    assert rows("SELECT count(*) FROM pg_tables WHERE tableowner = 'portal_web'") == [(0,)]


TIES = {
    ("indicators_entry", "indicators_return", ("report_id", "tenant_id", "dossier")),
    ("indicators_figure", "indicators_return", ("report_id", "tenant_id", "dossier")),
    ("indicators_conflict", "indicators_return", ("report_id", "tenant_id", "dossier")),
    ("indicators_verification", "indicators_return", ("report_id", "dossier")),
    ("indicators_figureobjection", "indicators_return", ("report_id", "tenant_id", "dossier")),
    ("indicators_figureobjection", "indicators_figure", ("figure_id", "tenant_id", "dossier")),
    ("indicators_figureobjection", "files_upload", ("evidence_id", "tenant_id", "dossier")),
    ("indicators_confirmation", "indicators_return", ("report_id", "tenant_id", "dossier")),
    ("indicators_entry", "files_upload", ("evidence_id", "tenant_id", "dossier")),
    ("indicators_figure", "files_upload", ("evidence_id", "tenant_id", "dossier")),
    ("indicators_assessment", "indicators_run", ("run_id", "dossier")),
    ("indicators_cosignature", "indicators_run", ("run_id", "dossier")),
    ("indicators_cosignature", "notifications_draft", ("draft_id", "dossier")),
    ("indicators_inspection", "files_upload", ("evidence_id", "dossier")),
    ("indicators_practice", "files_upload", ("file_id", "dossier")),
    ("indicators_ratingseat", "indicators_ratinground", ("round_id", "dossier")),
    ("indicators_givenscore", "indicators_ratingseat", ("seat_id", "tenant_id", "dossier", "person_id")),
    ("indicators_ratinground", "indicators_evaluationround", ("evaluation_id", "tenant_id")),
    ("indicators_evaluationplace", "indicators_evaluationround", ("round_id", "dossier")),
    ("indicators_evaluationcontract", "indicators_evaluationround", ("round_id", "tenant_id")),
    ("indicators_evaluationcontract", "files_upload", ("file_id", "tenant_id", "dossier")),
    ("indicators_evaluationcontract", "notifications_paper", ("paper_id", "dossier")),
    ("indicators_evaluationresult", "indicators_evaluationround", ("round_id", "dossier")),
    ("indicators_sheetdraft", "indicators_ratingseat", ("seat_id", "tenant_id", "dossier", "person_id")),
    ("indicators_interimfigure", "indicators_watch", ("watch_id", "tenant_id", "dossier")),
    ("indicators_indexsignature", "indicators_indexversion", ("version_id", "dossier")),
    ("indicators_monitoringreport", "indicators_run", ("run_id", "year")),
    ("indicators_monitoringreport", "notifications_paper", ("paper_id", "dossier")),
    ("indicators_monitoringtext", "indicators_monitoringreport", ("report_id", "dossier")),
    ("indicators_monitoringsignature", "indicators_monitoringreport", ("report_id", "dossier")),
    ("notifications_paper", "notifications_paper", ("superseded_by_id", "tenant_id")),
    ("indicators_ruling", "notifications_paper", ("paper_id", "dossier")),
    ("indicators_ruling", "notifications_paper", ("withdrawal_id", "dossier")),
    ("indicators_sanctioncase", "indicators_assessment", ("assessment_id", "subject", "year", "verdict", "final")),
    (
        "indicators_sanctioncase",
        "indicators_assessment",
        ("before_id", "subject", "before_year", "before_verdict", "before_final"),
    ),
    ("indicators_sanctioncase", "indicators_yellowcard", ("card_id", "subject", "before_year", "card_status")),
    ("indicators_yellowcard", "indicators_assessment", ("assessment_id", "subject", "year", "verdict", "final")),
    ("indicators_sanctioncase", "notifications_paper", ("notice_paper_id", "dossier")),
    ("indicators_sanctioncase", "notifications_paper", ("report_paper_id", "dossier")),
    ("indicators_sanctioncase", "notifications_paper", ("decision_paper_id", "dossier")),
    ("indicators_sanctioncase", "notifications_paper", ("review_paper_id", "dossier")),
    ("indicators_sanctioncase", "notifications_paper", ("review_decision_id", "dossier")),
    ("indicators_sanctioncase", "notifications_paper", ("withdrawal_paper_id", "dossier")),
    ("indicators_yellowcard", "notifications_paper", ("paper_id", "dossier")),
    ("indicators_sanctionargument", "indicators_sanctioncase", ("case_id", "tenant_id", "dossier")),
    ("indicators_sanctionanswer", "indicators_sanctioncase", ("case_id", "tenant_id", "dossier")),
    ("indicators_sanctionanswer", "indicators_sanctionargument", ("argument_id", "tenant_id", "dossier")),
    ("indicators_sanctionhearing", "indicators_sanctioncase", ("case_id", "tenant_id", "dossier")),
    ("indicators_sanctionhearing", "notifications_paper", ("notice_paper_id", "dossier")),
    ("indicators_sanctionhearing", "notifications_paper", ("minutes_paper_id", "dossier")),
    ("indicators_sanctionopinion", "indicators_sanctioncase", ("case_id", "dossier")),
    ("indicators_sanctionfile", "indicators_sanctioncase", ("case_id", "tenant_id", "dossier")),
    ("indicators_sanctionfile", "files_upload", ("upload_id", "tenant_id", "dossier")),
    ("applications_planfield", "applications_filing", ("filing_id", "tenant_id", "dossier")),
    ("applications_delegation", "applications_filing", ("filing_id", "tenant_id", "dossier")),
    ("applications_material", "applications_filing", ("filing_id", "tenant_id", "dossier")),
    ("applications_material", "files_upload", ("upload_id", "tenant_id", "dossier")),
    ("applications_filingboundary", "applications_filing", ("filing_id", "tenant_id", "dossier")),
    ("applications_filingversion", "applications_filing", ("filing_id", "tenant_id", "dossier")),
    ("applications_remark", "applications_filing", ("filing_id", "tenant_id", "dossier")),
    ("applications_filing", "notifications_paper", ("request_paper_id", "dossier")),
    ("applications_filing", "notifications_paper", ("return_paper_id", "dossier")),
    ("applications_filing", "notifications_paper", ("acceptance_paper_id", "dossier")),
    ("applications_filing", "notifications_paper", ("rejection_paper_id", "dossier")),
    ("applications_filing", "notifications_paper", ("withdrawal_paper_id", "dossier")),
    ("applications_filing", "applications_filing", ("former_id", "tenant_id")),
    ("applications_filing", "registry_park", ("park_id", "tenant_id")),
    ("applications_remark", "applications_filingversion", ("version_id", "tenant_id", "dossier")),
    ("applications_remarkentry", "applications_remark", ("remark_id", "tenant_id", "dossier")),
    ("reviews_case", "applications_filing", ("filing_id", "tenant_id", "dossier")),
    ("reviews_case", "notifications_paper", ("inquiry_paper_id", "dossier")),
    ("reviews_case", "notifications_paper", ("report_paper_id", "dossier")),
    ("reviews_opinion", "reviews_case", ("case_id", "dossier")),
    ("reviews_opinion", "notifications_paper", ("paper_id", "dossier")),
    ("reviews_question", "reviews_case", ("case_id", "tenant_id", "dossier")),
    ("reviews_conclusion", "reviews_case", ("case_id", "tenant_id", "dossier")),
    ("reviews_conclusion", "notifications_paper", ("paper_id", "dossier")),
    ("reviews_decision", "reviews_case", ("case_id", "tenant_id", "dossier")),
    ("reviews_opinion", "reviews_opinion", ("previous_id", "tenant_id", "dossier")),
    ("reviews_opiniondraft", "reviews_opinion", ("opinion_id", "tenant_id", "dossier")),
    ("reviews_sectionremark", "reviews_opinion", ("opinion_id", "tenant_id", "dossier")),
    ("reviews_condition", "reviews_opinion", ("opinion_id", "tenant_id", "dossier")),
    ("reviews_expertopinion", "reviews_case", ("case_id", "dossier")),
    ("reviews_sectionremark", "reviews_case", ("case_id", "dossier")),
    ("reviews_condition", "reviews_case", ("case_id", "dossier")),
    ("reviews_questionproposal", "reviews_case", ("case_id", "dossier")),
    ("reviews_note", "reviews_case", ("case_id", "dossier")),
    ("reviews_recusal", "reviews_case", ("case_id", "dossier")),
    ("reviews_reviewitem", "reviews_case", ("case_id", "dossier")),
    ("reviews_strengthitem", "reviews_recommendation", ("recommendation_id", "dossier")),
    ("reviews_cityopinion", "reviews_cityreview", ("review_id", "dossier")),
    ("reviews_nomination", "reviews_cityreview", ("review_id", "dossier", "tenant_id")),
    ("reviews_recommendation", "files_upload", ("scan_id", "dossier")),
    ("reviews_requirement", "reviews_case", ("case_id", "tenant_id", "dossier")),
    ("reviews_requirement", "reviews_condition", ("condition_id", "dossier")),
    ("reviews_requirementanswer", "reviews_requirement", ("requirement_id", "tenant_id", "dossier")),
    ("reviews_enclosure", "files_upload", ("upload_id", "tenant_id", "dossier")),
    ("reviews_enclosure", "reviews_question", ("question_id", "tenant_id", "dossier")),
    ("reviews_enclosure", "reviews_requirementanswer", ("answer_id", "tenant_id", "dossier")),
    ("reviews_questionproposal", "reviews_question", ("question_id", "dossier")),
    ("reviews_opinion", "applications_filingversion", ("version_id", "dossier")),
    ("reviews_expertopinion", "applications_filingversion", ("version_id", "dossier")),
    ("reviews_expertopinion", "notifications_paper", ("paper_id", "dossier")),
    ("reviews_publicity", "reviews_case", ("case_id", "tenant_id", "dossier")),
    ("reviews_publicity", "notifications_paper", ("paper_id", "dossier")),
    ("reviews_publicity", "reviews_conclusion", ("conclusion_id", "tenant_id", "dossier")),
    ("reviews_objection", "reviews_publicity", ("publicity_id", "dossier")),
    ("reviews_objection", "notifications_paper", ("paper_id", "dossier")),
    ("reviews_objector", "reviews_objection", ("objection_id", "tenant_id", "dossier")),
    ("reviews_objectionfile", "reviews_objection", ("objection_id", "tenant_id", "dossier")),
    ("reviews_objectionfile", "files_upload", ("upload_id", "tenant_id", "dossier")),
    ("reviews_changerequest", "reviews_case", ("case_id", "tenant_id", "dossier")),
    ("reviews_changerequest", "applications_filingversion", ("base_id", "tenant_id", "dossier")),
    ("reviews_changerequest", "applications_filingversion", ("version_id", "tenant_id", "dossier")),
    ("reviews_changerequest", "notifications_paper", ("paper_id", "dossier")),
    ("reviews_inquiry", "reviews_case", ("case_id", "tenant_id", "dossier")),
    ("reviews_inquiry", "reviews_objection", ("objection_id", "dossier")),
    ("reviews_adoption", "reviews_conclusion", ("conclusion_id", "dossier")),
    ("reviews_adoption", "reviews_opinion", ("opinion_id", "tenant_id", "dossier")),
    ("reviews_countersignature", "reviews_case", ("case_id", "dossier")),
    ("reviews_countersignature", "notifications_draft", ("draft_id", "dossier")),
    ("reviews_cityadvice", "reviews_cityopinion", ("opinion_id", "tenant_id", "dossier")),
    ("reviews_countersignadvice", "reviews_countersignature", ("countersignature_id", "tenant_id", "dossier")),
    ("reviews_stateanswer", "reviews_case", ("case_id", "tenant_id", "dossier")),
    ("reviews_stateanswer", "files_upload", ("scan_id", "dossier")),
    ("reviews_visit", "reviews_case", ("case_id", "dossier")),
    ("reviews_visit", "notifications_paper", ("paper_id", "dossier")),
    ("reviews_visitphoto", "reviews_visit", ("visit_id", "tenant_id", "dossier")),
    ("reviews_visitphoto", "files_upload", ("upload_id", "tenant_id", "dossier")),
    ("notifications_papercopy", "notifications_paper", ("paper_id", "tenant_id")),
    ("notifications_paper", "notifications_draft", ("draft_id", "tenant_id", "dossier")),
    ("workflow_delivery", "workflow_event", ("event_id", "tenant_id")),
    ("workflow_clock", "workflow_event", ("event_id", "tenant_id", "dossier")),
    ("workflow_clock", "workflow_event", ("finished_by_id", "tenant_id", "dossier")),
    ("workflow_clockstop", "workflow_clock", ("clock_id", "tenant_id", "dossier")),
    ("workflow_clockstop", "workflow_event", ("stopped_by_id", "tenant_id", "dossier")),
    ("workflow_clockstop", "workflow_event", ("continued_by_id", "tenant_id", "dossier")),
    ("workflow_reminder", "workflow_clock", ("clock_id", "tenant_id", "dossier")),
    ("workflow_reminder", "workflow_event", ("event_id", "tenant_id", "dossier")),
    ("workflow_proposal", "workflow_event", ("event_id", "tenant_id", "dossier")),
    ("workflow_jobitem", "workflow_job", ("job_id", "tenant_id")),
    ("registry_park", "registry_legalstatus", ("current_id", "id", "status")),
    ("registry_legalstatus", "notifications_paper", ("paper_id", "status")),
    ("registry_citytitle", "notifications_paper", ("paper_id", "effect")),
    ("registry_parkmerger", "registry_legalstatus", ("ended_id", "park_id", "ended_as")),
}


def test_composite_keys_tie_rows_to_their_tenant_and_dossier() -> None:
    found = {
        (str(table), str(parent), tuple(columns))
        for table, parent, columns in rows(
            """
            SELECT c.conrelid::regclass::text, c.confrelid::regclass::text,
                   (SELECT array_agg(a.attname ORDER BY k.place)
                      FROM unnest(c.conkey) WITH ORDINALITY AS k (number, place)
                      JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number)
              FROM pg_constraint c WHERE c.contype = 'f' AND cardinality(c.conkey) > 1
            """
        )
    }
    assert found == TIES


def test_decisions_are_tied_to_a_paper_of_their_dossier_or_a_published_one() -> None:
    found = rows("SELECT conname FROM pg_constraint WHERE contype = 't' AND conname ~ 'tie$' ORDER BY conname")
    assert found == [
        ("applications_filing_decision_paper_id_published_tie",),
        ("reviews_case_decision_paper_id_published_tie",),
        ("reviews_decision_paper_id_published_tie",),
    ]


def test_no_scope_sees_no_row() -> None:
    for table in sorted(our_tables() - OPEN_TABLES):
        assert rows(f"SELECT count(*) FROM {table}") == [(0,)]
    assert Organisation.objects.count() == 0
