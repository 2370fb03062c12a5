"""The operator opens offices (单位开户): who they are, the codes of their papers, their first administrator."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import services
from accounts.actors import Actor
from accounts.enums import DivisionLevel, OrganisationKind, PostRole
from accounts.models import Division, Invitation, Organisation, OrganisationName, Post
from workflow import ledger
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Chain

K = OrganisationKind
# The number series (机关代字) that the papers of each kind of office need, in the order in which they are asked for.
SERIES: dict[str, tuple[str, ...]] = {
    K.APPLICANT_GOV: ("request", "letter"),
    K.COUNTY_GOV: ("request", "letter"),
    K.CITY_ST_BUREAU: (),
    K.PARK_COMMITTEE: (),
    K.LEAD: ("request", "letter", "minutes"),
    K.DEPARTMENT: ("letter",),
    K.OTHER_DEPARTMENT: ("letter",),
    K.EXPERT: ("expert",),
    K.PROV_GOV_OFFICE: ("request", "reply", "letter"),
    K.THIRD_PARTY: ("letter",),
    K.OPERATOR: (),
}
# Series that an office may have besides; without one its papers count in another (`notifications.kinds.INSTEAD`).
FURTHER: dict[str, tuple[str, ...]] = {K.LEAD: ("place",)}
# What the operator may add; the twelve, the departments and the leading offices are there from the beginning.
ADDED = (K.COUNTY_GOV, K.CITY_ST_BUREAU, K.PARK_COMMITTEE, K.OTHER_DEPARTMENT, K.EXPERT, K.THIRD_PARTY)
LOCAL = (K.COUNTY_GOV, K.CITY_ST_BUREAU, K.PARK_COMMITTEE)


@dataclass(frozen=True)
class Told:
    """What the operator says of an office; `series` are the codes of its papers by kind of paper."""

    name: str
    short_name: str
    series: dict[str, str]
    kind: str = ""
    division: Division | None = None


def is_keeper(actor: Actor) -> bool:
    """The administrator of the operator."""
    return actor.organisation.kind == K.OPERATOR and actor.is_admin


@transaction.atomic
def open_office(told: Told, actor: Actor) -> Organisation:
    """Enter a further office, in use at once. Raises Refused."""
    if reasons := _against(told, None, actor):
        raise Refused(reasons)
    office = Organisation.objects.create(
        code=_code(told),
        kind=told.kind,
        name=told.name,
        short_name=told.short_name,
        division=told.division,
        parent=_parent(told),
        series=told.series,
        order=(Organisation.objects.order_by("-order").values_list("order", flat=True).first() or 0) + 1,
    )
    _record(office, "open_office", recorded("单位开户：%(name)s"), actor, after=told.kind)
    return office


@transaction.atomic
def change_office(office: Organisation, told: Told, reason: str, actor: Actor) -> Organisation:
    """Change an office's names and the codes of its papers, with the reason; old names are kept. Raises Refused."""
    reasons = _against(told, office, actor)
    if not reason.strip():
        reasons.append(_("请写明修改的理由。"))
    if reasons:
        raise Refused(reasons)
    row = Organisation.objects.select_for_update(no_key=True).get(pk=office.pk)
    before = {"name": row.name, "short_name": row.short_name, "series": row.series}
    if told.name != row.name:
        _keep_name(row)
    row.name, row.short_name, row.series = told.name, told.short_name, told.series
    row.save(update_fields=["name", "short_name", "series"])
    after = {"name": row.name, "short_name": row.short_name, "series": row.series}
    _record(row, "change_office", recorded("修改单位信息：%(name)s"), actor, reason, before=before, now=after)
    return row


def _keep_name(row: Organisation) -> None:
    """The name borne until today stays known with its end; the next one begins today."""
    today = timezone.localdate().isoformat()
    last = row.names.order_by("-valid_from").first()
    if last and not last.valid_to:
        last.valid_to = today
        last.save(update_fields=["valid_to"])
    elif last is None:
        OrganisationName.objects.create(organisation=row, name=row.name, valid_to=today)


@transaction.atomic
def invite_administrator(office: Organisation, name: str, email: str, actor: Actor) -> Invitation:
    """Invite the office's administrator, or the expert; an office that was not in use is in use from now on."""
    if not is_keeper(actor):
        raise Refused([_("单位由平台运维的管理员开户。")])
    row = Organisation.objects.select_for_update(no_key=True).get(pk=office.pk)
    if missing := missing_series(row):
        raise Refused([_("请先填写机关代字（%(missing)s），否则这个单位签不出公文。") % {"missing": missing}])
    if not row.active:
        row.active = True
        row.save(update_fields=["active"])
    invitation = services.invite_to(row, actor.person, name=name, email=email, role=first_role(row.kind))
    _record(row, "invite_administrator", recorded("邀请单位管理员：%(name)s"), actor, invited=name)
    return invitation


@transaction.atomic
def suspend(office: Organisation, reason: str, actor: Actor) -> Organisation:
    """Take an office out of use: nobody signs in for it any more; what it did stays. Raises Refused."""
    return _switch(office, False, reason, actor)


@transaction.atomic
def resume(office: Organisation, reason: str, actor: Actor) -> Organisation:
    """Take an office into use again. Raises Refused."""
    return _switch(office, True, reason, actor)


def _switch(office: Organisation, active: bool, reason: str, actor: Actor) -> Organisation:
    if not is_keeper(actor):
        raise Refused([_("单位由平台运维的管理员开户。")])
    row = Organisation.objects.select_for_update(no_key=True).get(pk=office.pk)
    if row.kind not in ADDED:
        raise Refused([_("设区市、义乌市政府和省级部门不能停用。")])
    if row.active == active:
        raise Refused([_("单位的状态已经改变，请重新打开本页。")])
    if not reason.strip():
        raise Refused([_("请写明理由。")])
    row.active = active
    row.save(update_fields=["active"])
    label = recorded("启用单位：%(name)s") if active else recorded("停用单位：%(name)s")
    _record(row, "resume_office" if active else "suspend_office", label, actor, reason)
    return row


def missing_series(office: Organisation) -> str:
    """The kinds of papers for which an office has no code yet, in words."""
    words = series_words()
    return "、".join(words[key] for key in SERIES[office.kind] if not office.series.get(key))


def series_words() -> dict[str, str]:
    """What the codes are for."""
    return {
        "request": _("请示、报告"),
        "letter": _("函、通知"),
        "minutes": _("纪要"),
        "reply": _("批复"),
        "place": _("创新型城市的请示、通知、通报"),
        "expert": _("论证意见"),
    }


def first_role(kind: str) -> PostRole:
    """The post of the first person of an office: its administrator; an expert is alone and signs."""
    return PostRole.SIGNER if kind == K.EXPERT else PostRole.ADMIN


def administrators(offices: list[Organisation]) -> dict[object, list[str]]:
    """The names of those who administer each office today, and of the experts."""
    found: dict[object, list[str]] = {}
    of_office = Q(role=PostRole.ADMIN) | Q(role=PostRole.SIGNER, organisation__kind=K.EXPERT)
    posts = Post.objects.in_force().filter(of_office, organisation__in=offices).select_related("person")
    for post in posts.order_by("person__name"):
        found.setdefault(post.organisation_id, []).append(post.person.name)
    return found


def _against(told: Told, office: Organisation | None, actor: Actor) -> list[str]:
    if not is_keeper(actor):
        return [_("单位由平台运维的管理员开户。")]
    kind = office.kind if office else told.kind
    reasons = []
    others = Organisation.objects.exclude(pk=office.pk) if office else Organisation.objects.all()
    if others.filter(name=told.name).exists():
        reasons.append(_("已有名为“%(name)s”的单位。") % {"name": told.name})
    taken = {prefix: row.name for row in others for prefix in row.series.values()}
    for prefix in told.series.values():
        if prefix and prefix in taken:
            said = {"prefix": prefix, "name": taken[prefix]}
            reasons.append(_("机关代字“%(prefix)s”已由%(name)s使用，两个单位不能同用一个代字。") % said)
    if office is None:
        reasons += _against_place(told, kind)
    return reasons


def _against_place(told: Told, kind: str) -> list[str]:
    if kind not in ADDED:
        return [_("请选择单位的类别。")]
    if kind in LOCAL and told.division is None:
        return [_("请选择单位所在的市或县（市、区）。")]
    if kind != K.COUNTY_GOV or told.division is None:
        return []
    if told.division.level != DivisionLevel.COUNTY:
        return [_("县（市、区）政府应选县（市、区）。")]
    known = Organisation.objects.filter(kind=kind, division=told.division).first()
    return [_("%(name)s已有账户，请在原账户上办理。") % {"name": known.name}] if known else []


def _code(told: Told) -> str:
    """A code that no other office has: by kind and place, numbered where there are several."""
    words = {
        K.COUNTY_GOV: "county", K.CITY_ST_BUREAU: "kjj", K.PARK_COMMITTEE: "committee",
        K.OTHER_DEPARTMENT: "other", K.EXPERT: "expert", K.THIRD_PARTY: "third",
    }  # fmt: skip
    stem = words[OrganisationKind(told.kind)] + (f"-{told.division.code}" if told.division else "")
    known = set(Organisation.objects.filter(code__startswith=stem).values_list("code", flat=True))
    numbered = (f"{stem}-{number}" for number in range(1, len(known) + 2))
    first = [stem] if told.division else []
    return next(code for code in [*first, *numbered] if code not in known)


def _parent(told: Told) -> Organisation | None:
    """The city above a county's government, a bureau or a committee."""
    place = told.division
    if place is None or told.kind not in LOCAL:
        return None
    cities = Organisation.objects.filter(kind=K.APPLICANT_GOV)
    own = cities.filter(division=place).first()
    return own or cities.filter(division_id=place.parent_id).first()


def _record(
    office: Organisation, name: str, label: str, actor: Actor, reason: str = "", after: str = "", **data: object
) -> None:
    """Each office has a dossier of its own with the operator, under the office's key."""
    if not Chain.objects.filter(dossier=office.pk).exists():
        ledger.open_chain(office.pk, actor.organisation)
    said = label % {"name": office.name}
    ledger.append(office, name, said, actor, dossier=office.pk, after=after, reason=reason.strip(), data=dict(data))
