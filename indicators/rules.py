"""Who may act on a year's return, and what stands in an act's way."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.enums import OrganisationKind
from accounts.models import Organisation
from indicators import checking, queries
from indicators.enums import ReturnStatus, SubjectKind, VerificationOutcome
from indicators.models import Return

SHOWN = 5


def reporter_of(report: Return) -> UUID:
    """Whose return it is to fill in: the committee's, else the city government's own."""
    return report.reporter_id or report.tenant_id


def writes(actor: Actor, report: Return) -> bool:
    """A handler of the committee or of the city government, who fill in; of the province's one each department.

    What a county reports of itself its city may return, and never rewrites.
    """
    if not actor.is_handler:
        return False
    if report.is_of_province:
        return actor.organisation in queries.departments_of(report)
    if report.kind == SubjectKind.CITY:
        return actor.organisation.pk == reporter_of(report)
    return actor.organisation.pk in {report.reporter_id, report.tenant_id}


def may_fill(actor: Actor, report: Return, code: str) -> list[str]:
    """Of the province's return each department enters its own figures, and nobody what the register counts."""
    if not report.is_of_province:
        return []
    if code in queries.COUNTED:
        return [_("%(name)s由系统按名册统计，不用填报") % {"name": queries.named(code)}]
    if not queries.owned(code, actor.organisation.pk):
        return [_("%(name)s由其他部门填报") % {"name": queries.named(code)}]
    return []


def may_ask_to_sign(actor: Actor, report: Return) -> bool:
    """A handler of whoever fills the return in, while it is filled in; the province's is collected by 省统计局."""
    ours = actor.is_handler and actor.organisation.pk == reporter_of(report)
    return ours and report.status == ReturnStatus.FILLING and not report.is_of_province


def is_signer_of_reporter(actor: Actor, report: Return) -> bool:
    """The signer of whoever fills the return in (T15, R2)."""
    return actor.is_signer and actor.organisation.pk == reporter_of(report)


def is_signer_of_county(actor: Actor, report: Return) -> bool:
    """The signer of the county government in which the park lies (T15, R3)."""
    return actor.is_signer and actor.organisation.pk == report.county_id


def is_signer_of_owner(actor: Actor, report: Return) -> bool:
    """The signer of the city government, who vouches for the return (T15, R4)."""
    return actor.is_signer and actor.organisation.pk == report.tenant_id


def is_of_county(actor: Actor, report: Return) -> bool:
    """Anybody of the county government who works on papers (T15, R3)."""
    return _works(actor) and actor.organisation.pk == report.county_id


def is_of_owner(actor: Actor, report: Return) -> bool:
    """Anybody of the city government who works on papers (T15, R4)."""
    return _works(actor) and actor.organisation.pk == report.tenant_id


def _works(actor: Actor) -> bool:
    return actor.is_handler or actor.is_reviewer or actor.is_signer


def is_statistician(actor: Actor, report: Return) -> bool:
    """A handler or signer of 省统计局, which keeps the returns together (T16)."""
    return (actor.is_handler or actor.is_signer) and actor.organisation.pk == queries.office_of(queries.STATISTICS)


def verifies(actor: Actor) -> bool:
    """A handler of a department, or of the office that keeps the returns: what cities handed in waits for them."""
    return actor.is_handler and (actor.is_lead or actor.is_department)


def oversees(actor: Actor) -> bool:
    """省科技厅, and 省统计局, which keeps the returns together."""
    return actor.is_lead or actor.organisation.pk == queries.office_of(queries.STATISTICS)


def is_statistics_signer(actor: Actor, report: Return) -> bool:
    """The signer of 省统计局, who locks (T16)."""
    return actor.is_signer and actor.organisation.pk == queries.office_of(queries.STATISTICS)


def confirming_office(report: Return) -> Organisation:
    """Who confirms a figure that leapt (V3): 市科技局 where it works here, else the city government."""
    bureaus = Organisation.objects.filter(kind=OrganisationKind.CITY_ST_BUREAU, parent=report.tenant_id, active=True)
    return bureaus.order_by("code").first() or report.tenant


def confirms(actor: Actor, report: Return) -> bool:
    """A handler, reviewer or signer of the office that confirms."""
    return _works(actor) and actor.organisation.pk == confirming_office(report).pk


def has_county(report: Return) -> list[str]:
    """A return of a park in a county goes through the county government."""
    return [_("这份报表先由县（市、区）政府审核，不能直接报市政府。")] if report.county_id else []


def is_of_province(report: Return) -> list[str]:
    """The province's return goes from the departments to 省统计局, by way of nobody."""
    return [_("全省数据由省统计局汇总，不经市、县审核。")] if report.is_of_province else []


def is_not_of_province(report: Return) -> list[str]:
    """省统计局 collects the province's return only."""
    return [] if report.is_of_province else [_("这份报表由市政府报送。")]


def has_no_county(report: Return) -> list[str]:
    """There is nobody in a county to check the return."""
    return [] if report.county_id else [_("这份报表没有县（市、区）审核环节，请直接报市政府。")]


def figures_missing(report: Return) -> list[str]:
    """Each needed figure is either entered or said to be unknown with a note; a blank is neither."""
    missing = [code for code in queries.needed(report) if code not in queries.answered(report)]
    return _named(missing, _("还有 %(n)d 项数据没有填写：%(codes)s%(more)s。确实不掌握的，请选“未知”并填写口径说明。"))


def figures_unsound(report: Return) -> list[str]:
    """What the rules refuse, warnings that nobody explained, and leaps that the city's office did not confirm."""
    found = checking.outstanding(report)
    said = [str(flaw) for flaw in found[:SHOWN]]
    if len(found) > SHOWN:
        said.append(_("另有 %(n)d 处须更正、说明或核实，见报表的“须处理”清单。") % {"n": len(found) - SHOWN})
    return said


def figures_unverified(report: Return) -> list[str]:
    """Figures that the owning department has not yet said anything of."""
    stands = queries.reported(report)
    said = queries.newest_verifications(report, stands)
    waiting = [code for code in stands if code not in said]
    return _named(waiting, _("还有 %(n)d 项数据没有核定：%(codes)s%(more)s。"))


def figures_returned(report: Return) -> list[str]:
    """Figures that a department returned and that were not handed in again."""
    said = queries.newest_verifications(report, queries.reported(report))
    returned = [code for code, row in said.items() if row.outcome == VerificationOutcome.RETURNED]
    return _named(returned, _("有 %(n)d 项数据被退回，尚未重新填报：%(codes)s%(more)s。"))


def conflicts_open(report: Return) -> list[str]:
    """Differences that are not settled (V9)."""
    codes = list(report.conflicts.filter(settled_at=None).values_list("code", flat=True))
    return _named(codes, _("有 %(n)d 项数据冲突没有协商确定：%(codes)s%(more)s。"))


def _named(codes: list[str], sentence: str) -> list[str]:
    if not codes:
        return []
    more = _("等") if len(codes) > SHOWN else ""
    names = "、".join(queries.named(code) for code in codes[:SHOWN])
    return [sentence % {"n": len(codes), "codes": names, "more": more}]
