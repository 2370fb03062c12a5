"""Keeps the words to search by: what stands in a dossier and who may find it, rewritten when the dossier moved on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from applications.models import Filing
from applications.queries import latest_version
from notifications.models import Paper
from notifications.queries import kind_label
from portal.search.words import fold, plain
from reviews.models import Opinion
from workflow.enums import SearchAudience
from workflow.ledger import in_chinese
from workflow.models import Chain, Event, SearchEntry

CASE, OPINION, PAPER, REST = "case", "opinion", "paper", "rest"
MOST_TEXT = 1200
# Headline fields of a plan: what it is for and what it lives on.
HEADLINES = ("space.dominant_function", "goal.demonstration", "goal.model", "goal.pioneer", "management.committee")

CHANGED = """
SELECT c.dossier FROM workflow_chain c
  LEFT JOIN workflow_searchentry s ON s.dossier = c.dossier AND s.kind IN ('case', 'rest')
  LEFT JOIN applications_filing f ON f.dossier = c.dossier
 WHERE s.id IS NULL OR s.chain_length <> c.length OR s.title <> coalesce(f.park_name, '')
 LIMIT %s
"""


def changed(limit: int = 500) -> list[UUID]:
    """The dossiers that moved on since their entries were written, under the system scope.

    What is compared is the length of each dossier's chain: an act that commits late is not overlooked.
    """
    with connection.cursor() as cursor:
        cursor.execute(CHANGED, [limit])
        return [row[0] for row in cursor.fetchall()]


def index_changed(limit: int = 500) -> int:
    """Write anew the entries of what moved on, under the system scope; how many dossiers."""
    dossiers = changed(limit)
    for dossier in dossiers:
        index_dossier(dossier)
    return len(dossiers)


@transaction.atomic
def index_dossier(dossier: UUID) -> None:
    """Write the entries of one dossier anew, under the system scope; one in which an act goes on is left for later."""
    chain = Chain.objects.select_for_update(no_key=True, skip_locked=True).filter(dossier=dossier).first()
    if chain is None:
        return
    filing = Filing.objects.filter(dossier=dossier).select_related("tenant__division", "host_zone").first()
    entries = [_case(filing, chain) if filing else _rest(chain)]
    if filing:
        entries += [_opinion(opinion, filing) for opinion in _signed_opinions(dossier)]
    papers = Paper.objects.filter(dossier=dossier).defer("data").prefetch_related("copies")
    entries += [_paper(paper, chain) for paper in papers]
    SearchEntry.objects.filter(dossier=dossier).delete()
    SearchEntry.objects.bulk_create(entries)


def _signed_opinions(dossier: UUID) -> list[Opinion]:
    return list(Opinion.objects.filter(dossier=dossier, status="signed").select_related("tenant"))


def _entry(kind: str, title: str, text: str, **more: Any) -> SearchEntry:
    title, text = plain(title)[:240], plain(text)[:MOST_TEXT]
    return SearchEntry(kind=kind, title=title, text=text, folded=fold(f"{title} {text}"), **more)


def _case(filing: Filing, chain: Chain) -> SearchEntry:
    tenant = filing.tenant
    city = tenant.division.name if tenant.division else ""
    facts = [filing.number, tenant.name, tenant.short_name, city, filing.zone_name, *_headlines(filing)]
    entry = _entry(
        CASE,
        filing.park_name,
        " · ".join(fact for fact in facts if fact),
        dossier=chain.dossier,
        tenant_id=filing.tenant_id,
        subject_id=filing.pk,
        audience=SearchAudience.DOSSIER,
        at=filing.submitted_at or filing.created_at,
        chain_length=chain.length,
    )
    entry.title = filing.park_name  # compared with the filing's to see that it was renamed
    return entry


def _headlines(filing: Filing) -> list[str]:
    """From the version that was submitted last: the working copy is the city's own."""
    version = latest_version(filing)
    if version is None:
        return []
    content = version.content
    industries = [str(industry.get("name", "")) for industry in content.get("industries", [])]
    fields = content.get("fields", {})
    return [*industries, *(str(fields[key])[:200] for key in HEADLINES if fields.get(key))]


def _rest(chain: Chain) -> SearchEntry:
    """A dossier that holds papers only: nothing of it is found but they."""
    return SearchEntry(
        kind=REST,
        dossier=chain.dossier,
        tenant_id=chain.tenant_id,
        subject_id=chain.dossier,
        audience=SearchAudience.AUTHORITY,
        at=_started(chain),
        chain_length=chain.length,
    )


def _started(chain: Chain) -> Any:
    """When the first event of a chain was written; now where there is none yet."""
    first = Event.objects.filter(dossier=chain.dossier, serial=1).values_list("at", flat=True).first()
    return first or timezone.now()


def _opinion(opinion: Opinion, filing: Filing) -> SearchEntry:
    """A signed opinion: its department and the leading offices find it, the applicant never does."""
    said = [in_chinese(opinion.get_stance_display()), opinion.reasons, *map(_words, opinion.conditions)]
    return _entry(
        OPINION,
        f"{opinion.tenant.short_name}：{filing.park_name}",
        " · ".join(said),
        dossier=opinion.dossier,
        tenant_id=opinion.tenant_id,
        subject_id=opinion.pk,
        audience=SearchAudience.AUTHORITY,
        at=opinion.signed_at or opinion.requested_at,
    )


def _words(condition: Any) -> str:
    return str(condition.get("text", "")) if isinstance(condition, dict) else str(condition)


def _paper(paper: Paper, chain: Chain) -> SearchEntry:
    """A paper is found by those who may open it: the policies of notifications_paper, told once per paper."""
    if paper.published_at is not None:
        audience = SearchAudience.PUBLIC
    elif paper.tenant_id == chain.tenant_id:
        audience = SearchAudience.DOSSIER
    else:
        audience = SearchAudience.AUTHORITY
    return _entry(
        PAPER,
        paper.title,
        f"{paper.number} · {paper.issuer_name} · {in_chinese(kind_label(paper.kind))}",
        dossier=paper.dossier,
        tenant_id=paper.tenant_id,
        subject_id=paper.pk,
        audience=audience,
        readers=[copy.organisation_id for copy in paper.copies.all()],
        at=paper.signed_at,
    )
