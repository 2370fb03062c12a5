"""Index versions are drafted and edited: from the default, from an older version, node by node."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.enums import PostRole
from accounts.queries import the_lead
from indicators.enums import Programme, RankingList
from indicators.enums_policy import IndexStatus
from indicators.models import IndexVersion, Run
from policy import index
from policy.index import Part
from workflow import instants, ledger, todo
from workflow.ledger import recorded
from workflow.machine import Refused

Tree = tuple[Part, ...]


@transaction.atomic
def draft(ranking: RankingList | str, actor: Actor, source: IndexVersion | None = None) -> IndexVersion:
    """Start a new version of a list's index, as a copy of `source` or of the default. Raises Refused."""
    if not (actor.is_lead and actor.is_handler):
        raise Refused([_("只有省科技厅的经办人可以起草指标体系。")])
    rows = IndexVersion.objects.filter(ranking=ranking)
    waiting = rows.filter(status__in=[IndexStatus.DRAFT, IndexStatus.CHECKING, IndexStatus.SIGNING]).first()
    if waiting:
        raise Refused([_("第 %(n)d 版还没有签发完毕，请先办完或在其上修改。") % {"n": waiting.number}])
    default = index.default(str(ranking))
    version = IndexVersion.objects.create(
        tenant=the_lead(),
        ranking=ranking,
        number=(rows.aggregate(last=Max("number"))["last"] or 0) + 1,
        title=source.title if source else default.title,
        valid_from=_first_year(source) if source else default.valid_from,
        basis=source.basis if source else list(default.basis),
        tree=source.tree if source else [part.as_json() for part in default.tree],
        copied_from=source.number if source else None,
        drafted_by=actor.person,
    )
    ledger.open_chain(version.dossier, version.tenant)
    ledger.append(
        version,
        "draft",
        recorded("起草指标体系"),
        actor,
        dossier=version.dossier,
        after=version.status,
        basis="P-II.2.4a",
    )
    ask(version, "draft_index", recorded("起草指标体系：%(title)s（第 %(n)d 版）"), PostRole.HANDLER)
    return version


def _first_year(source: IndexVersion) -> int:
    """From which year a copy is proposed to hold: not for years that were released by the version it changes."""
    of_park = source.ranking in (RankingList.CREATING, RankingList.RECOGNISED)
    programme = Programme.PARK if of_park else Programme.CITY
    last = Run.objects.filter(programme=programme, released_at__isnull=False).aggregate(last=Max("year"))["last"]
    return max(source.valid_from, (last or 0) + 1)


def ask(version: IndexVersion, kind: str, title: str, role: PostRole) -> None:
    """Put the next step before a post of 省科技厅."""
    todo.assign(
        version,
        kind,
        title % {"title": version.title, "n": version.number},
        version.get_absolute_url(),
        dossier=version.dossier,
        organisation=version.tenant,
        role=role,
        by=version.tenant,
    )


def save_head(
    version: IndexVersion, edition: int, title: str, valid_from: int, basis: Sequence[str], actor: Actor
) -> IndexVersion:
    """Write title, first year and basis of a draft. Raises Refused."""
    return _change(version, edition, actor, title=title, valid_from=valid_from, basis=list(basis))


def add_part(version: IndexVersion, edition: int, part: Part, actor: Actor) -> IndexVersion:
    """Put a node at the end of its siblings. Raises Refused."""

    def added(tree: Tree) -> Tree:
        if any(one.code == part.code for one in tree):
            raise Refused([_("代码 %(code)s 已经用过，请换一个。") % {"code": part.code}])
        return (*tree, part)

    return _with_tree(version, edition, actor, added)


def change_part(version: IndexVersion, edition: int, code: str, part: Part, actor: Actor) -> IndexVersion:
    """Write one node anew; its children follow when its code changes. Raises Refused."""

    def changed(tree: Tree) -> Tree:
        if part.code != code and any(one.code == part.code for one in tree):
            raise Refused([_("代码 %(code)s 已经用过，请换一个。") % {"code": part.code}])
        return tuple(
            part if one.code == code else replace(one, parent=part.code) if one.parent == code else one for one in tree
        )

    return _with_tree(version, edition, actor, changed)


def remove_part(version: IndexVersion, edition: int, code: str, actor: Actor) -> IndexVersion:
    """Take a node out; one that has others under it stays. Raises Refused."""

    def without(tree: Tree) -> Tree:
        if any(one.parent == code for one in tree):
            raise Refused([_("其下还有指标，请先移走或删除下级。")])
        return tuple(one for one in tree if one.code != code)

    return _with_tree(version, edition, actor, without)


def move_part(version: IndexVersion, edition: int, code: str, up: bool, actor: Actor) -> IndexVersion:
    """Let a node change places with the sibling above or below it. Raises Refused."""

    def moved(tree: Tree) -> Tree:
        nodes = list(tree)
        at = next((place for place, one in enumerate(nodes) if one.code == code), None)
        if at is None:
            raise Refused([_("这一项已经不在了，请刷新页面。")])
        siblings = [place for place, one in enumerate(nodes) if one.parent == nodes[at].parent]
        beside = siblings.index(at) + (-1 if up else 1)
        if 0 <= beside < len(siblings):
            other = siblings[beside]
            nodes[at], nodes[other] = nodes[other], nodes[at]
        return tuple(nodes)

    return _with_tree(version, edition, actor, moved)


def set_weights(version: IndexVersion, edition: int, weights: Mapping[str, str], actor: Actor) -> IndexVersion:
    """Write the weights of indicators, plain decimals by code; dimensions weigh what these add up to."""

    def weighted(tree: Tree) -> Tree:
        return tuple(replace(one, weight=weights.get(one.code, one.weight)) for one in tree)

    return _with_tree(version, edition, actor, weighted)


def _with_tree(version: IndexVersion, edition: int, actor: Actor, change: Callable[[Tree], Tree]) -> IndexVersion:
    return _change(version, edition, actor, change)


@transaction.atomic
def _change(
    version: IndexVersion,
    edition: int,
    actor: Actor,
    change: Callable[[Tree], Tree] | None = None,
    **told: object,
) -> IndexVersion:
    """Change a draft as the actor saw it. Raises Refused."""
    locked = IndexVersion.objects.select_for_update(no_key=True, of=("self",)).get(pk=version.pk)
    if not (actor.is_handler and actor.organisation.pk == locked.tenant_id):
        raise Refused([_("只有省科技厅的经办人可以修改指标体系。")])
    if locked.status != IndexStatus.DRAFT:
        raise Refused([_("这一版已送核对或签发，不能修改；需要改的，请先退回起草，已有的签发随之失效。")])
    if locked.edition != edition:
        raise Refused([_("另一位同事刚刚修改了这一版。您填写的内容还在下面，请对照现在的内容再保存。")])
    if change:
        told["tree"] = [part.as_json() for part in index.tidy(change(locked.parts))]
    for name, value in told.items():
        setattr(locked, name, value)
    locked.edition += 1
    locked.changed_at = instants.now()
    locked.save(update_fields=[*told, "edition", "changed_at"])
    return locked
