"""What can be archived whole (办件归档): every kind of affair says whose rows it reads and what is shown of one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet

from accounts.actors import Actor
from files.models import Upload
from notifications.models import Paper
from registry.models import Park
from workflow.ledger import recorded

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from workflow.models import Job, JobItem

Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Sheet:
    """A table of an affair: written as CSV under `folder`, and onto the affair's page unless it is too long for one."""

    title: str
    head: Sequence[str]
    rows: Iterable[Sequence[Any]]
    group: str = recorded("案情")
    folder: str = ""
    long: bool = False


@dataclass(frozen=True)
class Text:
    """A file of text that an affair brings with it: its path within the affair's folder, and what stands in it."""

    title: str
    path: str
    content: str
    group: str = recorded("案情")


@dataclass(frozen=True)
class Attached:
    """A file of an affair under the name that it bears there; `sha256` is what it must have, None where it is gone."""

    title: str
    name: str
    upload: Upload | None
    sha256: str


def nothing(row: Any, actor: Actor) -> Iterator[Any]:
    """Nothing of this sort."""
    return iter(())


def own_papers(row: Any) -> QuerySet[Paper]:
    """The papers of the row's dossier."""
    return Paper.objects.filter(dossier=row.dossier)


def uploads_of(row: Any, actor: Actor) -> Iterator[Attached]:
    """The files of the affair's dossier as far as the scope shows them, in the order in which they came."""
    for number, upload in enumerate(Upload.objects.filter(dossier=row.dossier).order_by("uploaded_at", "pk"), 1):
        yield Attached(upload.name, f"{number:02}-{upload.name}", upload, upload.sha256)


@dataclass(frozen=True)
class AffairKind:
    """A kind of affair. Everything is read under the row scope of whoever exports.

    `readable(actor)` are the rows whose page the actor may open, `of_park(park)` narrows them to one park (None: not
    of any park); `facts` are the head of the page, `sheets` its tables, `texts` and `files` what goes in as files,
    `address` where the row's page is for this actor. Events are those of the row's `dossier`, papers those
    that `papers` gives.
    """

    code: str
    label: str | Promise
    readable: Callable[[Actor], QuerySet[Any]]
    of_park: Callable[[QuerySet[Any], Park], QuerySet[Any]] | None
    title: Callable[[Any], str]
    facts: Callable[[Any], list[tuple[str, Any]]]
    sheets: Callable[[Any, Actor], Iterator[Sheet]] = nothing
    texts: Callable[[Any, Actor], Iterator[Text]] = nothing
    files: Callable[[Any, Actor], Iterator[Attached]] = uploads_of
    address: Callable[[Any, Actor], str] = lambda row, actor: row.get_absolute_url()
    papers: Callable[[Any], QuerySet[Paper]] = own_papers


@dataclass(frozen=True)
class Affair:
    """One affair of some kind that the actor may read."""

    kind: AffairKind
    row: Any

    @property
    def title(self) -> str:
        """What it is called."""
        return self.kind.title(self.row)

    @property
    def name(self) -> str:
        """Its title, with its kind where the title does not tell it."""
        label, title = str(self.kind.label), self.title
        return title if label in title else f"{label} {title}"


FILING = "filing"
_kinds: dict[str, AffairKind] = {}


def register(kind: AffairKind) -> AffairKind:
    """Declare a kind of affair."""
    _kinds[kind.code] = kind
    return kind


def kind_of(code: str) -> AffairKind | None:
    """The kind of that code."""
    return _kinds.get(code)


def kinds() -> list[AffairKind]:
    """Every kind, filings first."""
    return list(_kinds.values())


def of_park(park: Park, actor: Actor) -> list[Affair]:
    """Every affair of a park that the actor may read, in the order of the kinds; one query for each kind."""
    return [
        Affair(kind, row)
        for kind in kinds()
        if kind.of_park is not None
        for row in kind.of_park(kind.readable(actor), park)
    ]


def code_of(job: Job, item: JobItem) -> str:
    """Of which kind a row of a job is; filings where the job does not say."""
    return str(job.parameters.get("affairs", {}).get(str(item.subject_id), FILING))


def of_job(job: Job, items: Iterable[JobItem], actor: Actor) -> dict[UUID, Affair]:
    """The affairs of a job's rows that the actor may read, by the key of their subject."""
    wanted: dict[str, list[UUID]] = {}
    for item in items:
        wanted.setdefault(code_of(job, item), []).append(item.subject_id)
    return {
        row.pk: Affair(kind, row)
        for code, keys in wanted.items()
        if (kind := kind_of(code)) is not None
        for row in kind.readable(actor).filter(pk__in=keys)
    }
