"""No state with legal effect without its paper, and nothing of another dossier or tenant: not even by raw SQL."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import Organisation, Person
from accounts.scope import system
from applications.models import Filing, FilingBoundary, FilingVersion, Material, PlanField, Remark
from files.models import Upload
from notifications.models import Paper
from reviews.models import Case, Conclusion, Decision, Opinion, Question
from tests.factories import make_actor, make_filing, make_organisation, make_paper, make_person
from workflow import ledger
from workflow.models import Event

pytestmark = pytest.mark.django_db

# Status → the papers that it rests on.
FILING = {
    "submitted": ("request",),
    "formal_check": ("request",),
    "returned": ("request", "return"),
    "accepted": ("request", "acceptance"),
    "rejected": ("request", "rejection"),
    "in_review": ("request", "acceptance"),
    "withdrawn": ("request", "withdrawal"),
    "listed": ("request", "acceptance", "decision"),
    "declined": ("request", "acceptance", "decision"),
}
CASE = {
    "reported": ("report",),
    "listed": ("report", "decision"),
    "declined": ("report", "decision"),
    "deferred": ("report", "decision"),
}


class World:
    """A filing with its case and one opinion, and a neighbour's alike, as rows alone."""

    def __init__(self) -> None:
        self.filing = make_filing()
        self.owner, self.person = self.filing.tenant, make_person(self.filing.tenant)
        with system():
            self.department = make_organisation("department")
            self.version = self._version()
            self.case = Case.objects.create(
                dossier=self.filing.dossier,
                tenant=self.owner,
                filing=self.filing,
                version=self.version,
                inquiry_paper=self.paper(),
            )
            self.opinion = Opinion.objects.create(
                dossier=self.filing.dossier, tenant=self.department, case=self.case, requested_by=self.owner
            )

    def _version(self) -> FilingVersion:
        return FilingVersion.objects.create(
            tenant=self.owner,
            dossier=self.filing.dossier,
            filing=self.filing,
            serial=1,
            content={},
            hash="0" * 64,
            frozen_by=self.person,
        )

    def paper(self) -> Paper:
        """A paper of the dossier."""
        return make_paper(self.owner, dossier=self.filing.dossier)


@pytest.fixture
def world() -> World:
    """One dossier."""
    return World()


def update(table: str, pk: uuid.UUID, **values: Any) -> None:
    """Raw SQL as the owner role, which checks at once what else is checked at the end of a transaction."""
    columns = ", ".join(f"{name} = %s" for name in values)
    with system(), connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)
        cursor.execute(f"UPDATE {table} SET {columns} WHERE id = %s", [*values.values(), pk])
        assert cursor.rowcount == 1
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def fails(table: str, pk: uuid.UUID, **values: Any) -> None:
    """The database refuses."""
    with pytest.raises(IntegrityError), transaction.atomic():
        update(table, pk, **values)


def test_every_status_of_legal_effect_is_tried() -> None:
    assert set(FILING) == set(Filing._meta.get_field("status").choices and dict(Filing.status.field.choices)) - {
        "draft",
        "discarded",
    }
    assert set(CASE) == set(dict(Case.status.field.choices)) - {
        *("reviewing", "concluded"),  # before anything of legal effect
        "publicity",  # rests on its notice
        "withdrawn",  # rests on the filing's letter
    }


@pytest.mark.parametrize("status", FILING)
def test_filing_reaches_a_status_only_with_all_its_papers(world: World, status: str) -> None:
    papers = {f"{name}_paper_id": world.paper().pk for name in FILING[status]}
    for left_out in papers:
        rest = {name: pk for name, pk in papers.items() if name != left_out}
        fails("applications_filing", world.filing.pk, status=status, **rest)
    update("applications_filing", world.filing.pk, status=status, **papers)


@pytest.mark.parametrize("status", CASE)
def test_case_reaches_a_status_only_with_all_its_papers(world: World, status: str) -> None:
    papers = {f"{name}_paper_id": world.paper().pk for name in CASE[status]}
    for left_out in papers:
        rest = {name: pk for name, pk in papers.items() if name != left_out}
        fails("reviews_case", world.case.pk, status=status, **rest)
    update("reviews_case", world.case.pk, status=status, **papers)


@pytest.mark.parametrize("left_out", ["paper_id", "stance", "reasons"])
def test_opinion_is_signed_only_with_paper_stance_and_reasons(world: World, left_out: str) -> None:
    values = {"paper_id": world.paper().pk, "stance": "agree", "reasons": "同意"}
    rest = {name: value for name, value in values.items() if name != left_out}
    fails("reviews_opinion", world.opinion.pk, status="signed", **rest)
    update("reviews_opinion", world.opinion.pk, status="signed", **values)


@pytest.mark.parametrize("model", [Conclusion, Decision])
def test_conclusion_and_decision_need_a_paper(world: World, model: Any) -> None:
    said = {"outcome": "recommend"} if model is Conclusion else {"ruling": "list"}
    with system(), pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(dossier=world.filing.dossier, tenant=world.owner, case=world.case, **said)


def test_filing_is_not_inserted_in_a_status_of_legal_effect(world: World) -> None:
    for status in FILING:
        with pytest.raises(IntegrityError), transaction.atomic():
            make_filing(world.owner, host_zone=world.filing.host_zone, status=status)


REFERENCES = [
    *(("applications_filing", "filing", f"{name}_paper_id") for name in ("request", "return", "acceptance")),
    *(("applications_filing", "filing", f"{name}_paper_id") for name in ("rejection", "decision")),
    *(("reviews_case", "case", f"{name}_paper_id") for name in ("inquiry", "report", "decision")),
    ("reviews_opinion", "opinion", "paper_id"),
]


@pytest.mark.parametrize(("table", "subject", "column"), REFERENCES)
def test_paper_of_another_dossier_is_not_hung_in(world: World, table: str, subject: str, column: str) -> None:
    foreign = make_paper(world.owner, published=False)
    fails(table, getattr(world, subject).pk, **{column: foreign.pk})
    update(table, getattr(world, subject).pk, **{column: world.paper().pk})


@pytest.mark.parametrize(("table", "subject", "column"), REFERENCES)
def test_published_paper_of_another_dossier_decides_and_does_nothing_else(
    world: World, table: str, subject: str, column: str
) -> None:
    published = make_paper(world.owner)
    change = update if column == "decision_paper_id" else fails
    change(table, getattr(world, subject).pk, **{column: published.pk})


def _children(world: World, tenant: Organisation, dossier: uuid.UUID, person: Person) -> dict[str, Any]:
    """A row of every kind that hangs on the filing or case, of a tenant and dossier."""
    own = {"tenant": tenant, "dossier": dossier}
    on_filing, on_case = {**own, "filing": world.filing}, {**own, "case": world.case}
    upload = Upload(**own, name="a.pdf", content_type="application/pdf", size=1, sha256="0" * 64, uploaded_by=person)
    return {
        "plan_field": [PlanField(**on_filing, key="x", value="x", changed_by=person)],
        "material": [upload, Material(**on_filing, code="plan", upload=upload, added_by=person)],
        "boundary": [
            FilingBoundary(**on_filing, geojson={}, area_km2="1", parts=1, source="x", crs="x", changed_by=person)
        ],
        "version": [FilingVersion(**on_filing, serial=2, content={}, hash="0" * 64, frozen_by=person)],
        "remark": [Remark(**on_filing, round=1, target="x", text="x", made_by=tenant)],
        "question": [Question(**on_case, asked_by=tenant, asked_person=person, text="x")],
        "conclusion": [Conclusion(**on_case, outcome="defer", text="x", paper=world.paper())],
        "decision": [Decision(**on_case, ruling="defer", text="x", paper=world.paper())],
    }


CHILDREN = ("plan_field", "material", "boundary", "version", "remark", "question", "conclusion", "decision")


def insert(rows: list[Any]) -> None:
    """Insert rows and check their ties at once."""
    with system(), connection.cursor() as cursor:
        for row in rows:
            row.save(force_insert=True)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.mark.parametrize("child", CHILDREN)
def test_child_row_of_another_tenant_or_dossier_is_not_hung_in(world: World, child: str) -> None:
    stranger, dossier = make_organisation(), world.filing.dossier
    for tenant, place in ((stranger, dossier), (world.owner, uuid.uuid4()), (stranger, uuid.uuid4())):
        with pytest.raises(IntegrityError), transaction.atomic():
            insert(_children(world, tenant, place, world.person)[child])
    insert(_children(world, world.owner, dossier, world.person)[child])


def test_opinion_of_another_dossier_is_not_hung_in(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        insert([Opinion(dossier=uuid.uuid4(), tenant=world.owner, case=world.case, requested_by=world.owner)])


UNCHANGING = {
    "notifications_paper": (
        "number",
        "title",
        "data",
        "data_hash",
        "issued_on",
        "signer_name",
        "check_code",
        "confers",
    ),
    "workflow_event": ("label", "reason", "data", "hash", "previous_hash", "audience"),
    "applications_filingversion": ("content", "hash", "serial", "findings"),
}
JSON_COLUMNS = {"data", "content", "findings"}
OTHER = {"issued_on": "2013-01-31", "serial": 9, "confers": "creating", "audience": "office"}


@pytest.mark.parametrize(
    ("table", "column"), [(table, column) for table, columns in UNCHANGING.items() for column in columns]
)
def test_what_was_signed_or_recorded_is_never_changed(world: World, table: str, column: str) -> None:
    pk = _row(world, table)
    fails(table, pk, **{column: '{"x": 1}' if column in JSON_COLUMNS else OTHER.get(column, "改")})


@pytest.mark.parametrize("table", [*UNCHANGING, "reviews_conclusion", "reviews_decision"])
def test_what_was_signed_or_recorded_is_never_deleted(world: World, table: str) -> None:
    pk = _row(world, table)
    with system(), connection.cursor() as cursor, pytest.raises(IntegrityError), transaction.atomic():
        cursor.execute(f"DELETE FROM {table} WHERE id = %s", [pk])


def _row(world: World, table: str) -> uuid.UUID:
    """A row of the table in the dossier."""
    if table == "notifications_paper":
        return world.paper().pk
    if table == "applications_filingversion":
        return world.version.pk
    if table == "workflow_event":
        actor = make_actor(world.owner)
        with system():
            made: Event = ledger.append(world.filing, "note", "一件事", actor, dossier=world.filing.dossier)
        return made.pk
    child = table.removeprefix("reviews_")
    rows = _children(world, world.owner, world.filing.dossier, world.person)[child]
    insert(rows)
    return rows[-1].pk


def test_validity_and_file_of_a_paper_may_change(world: World) -> None:
    update("notifications_paper", world.paper().pk, validity="revoked", file_state="ready", file_at=timezone.now())
