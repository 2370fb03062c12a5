"""Who drafts, checks and signs a version of the index (P-II.2.4a), and what stands in its way."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from indicators import queries
from indicators.models import IndexVersion
from policy import index

# The names in the catalogue of the two departments that sign beside 省科技厅.
DEVELOPMENT = "发改"


def signatories(version: IndexVersion) -> list[UUID]:
    """省科技厅, 省发改委 and 省统计局; fewer where the operator has not named an office for a department."""
    others = (queries.office_of(label) for label in (DEVELOPMENT, queries.STATISTICS))
    return [version.tenant_id, *(office for office in others if office)]


def is_handler_of_lead(actor: Actor | None, version: IndexVersion) -> bool:
    """A handler of 省科技厅, who drafts."""
    return actor is not None and actor.is_handler and actor.organisation.pk == version.tenant_id


def is_reviewer_of_lead(actor: Actor | None, version: IndexVersion) -> bool:
    """A reviewer of 省科技厅 who did not draft it."""
    return (
        actor is not None
        and actor.is_reviewer
        and actor.organisation.pk == version.tenant_id
        and actor.person.pk != version.drafted_by_id
    )


def is_signatory(actor: Actor | None, version: IndexVersion) -> bool:
    """A signer of one of the three departments."""
    return actor is not None and actor.is_signer and actor.organisation.pk in signatories(version)


def may_send_back(actor: Actor | None, version: IndexVersion) -> bool:
    """A signer of one of the three, or whoever drafted or checked it at 省科技厅."""
    return is_signatory(actor, version) or is_handler_of_lead(actor, version) or is_reviewer_of_lead(actor, version)


def is_worker_or_handler(actor: Actor | None, version: IndexVersion) -> bool:
    """The worker that computes a year, or a handler of 省科技厅 who asks for it."""
    return actor is None or is_handler_of_lead(actor, version)


def tree_faults(version: IndexVersion) -> list[str]:
    """What is wrong with the tree: sums, clauses, figures, the share of increments (P-II.2.4c)."""
    return index.faults(version.parts, version.ranking)


def basis_missing(version: IndexVersion) -> list[str]:
    """What the version rests on is listed (P-II.2.4b)."""
    return [] if version.basis else [_("请写明这一版指标体系的依据文件（P-II.2.4b）。")]


def offices_missing(version: IndexVersion) -> list[str]:
    """The three departments are three different offices."""
    if len(set(signatories(version))) == 3:
        return []
    return [_("请运维单位先在“核定部门”中指定省发改委和省统计局，三部门才能分别签发。")]


def signatures_missing(version: IndexVersion) -> list[str]:
    """Each of the three has signed what the version says now."""
    digest = version.content_digest()
    if version.digest != digest:
        return [_("内容与送签时的摘要不一致，请退回重新核对。")]
    signed = set(version.signatures.filter(dropped_at=None, digest=digest).values_list("tenant_id", flat=True))
    absent = Organisation.objects.filter(pk__in=set(signatories(version)) - signed).order_by("order")
    return [_("%(office)s还没有签发。") % {"office": office.short_name} for office in absent]
