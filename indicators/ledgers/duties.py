"""What the ledgers of a park say of a year about the duties that the policy lays on it, clause by clause."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from indicators.enums import Book, SubjectKind
from indicators.enums_ledgers import OPEN_MODES, LandKind, LandUse, LeaderRole
from indicators.ledgers import counting, reminding
from indicators.models import Issue, Land, Leader, Ledger, Project, Result, Return
from policy.supports import supports
from registry.models import Park
from workflow import instants

MET, NOT_MET, UNKNOWN, NOTHING = "met", "not_met", "not_assessable", "not_applicable"
FEW_INDUSTRIES = 2


def duties(ledger: Ledger, year: int, *, whole: bool) -> list[dict[str, Any]]:
    """One finding per clause as the component shows it; `whole`: whether the rows of the year may all be read."""
    park = Park.objects.filter(slug=ledger.park).first()
    found = [*_projects(ledger, year), *_land(ledger, year)]
    if not whole:
        reason = _("年度报表报送后才能核对。")
        found = [{**one, "outcome": UNKNOWN, "observed": "", "reason": reason} for one in found]
    found += [*_funds(ledger, year), *_people(ledger, year)]
    if park is not None:
        found += [*_industries(park), *_assessment(ledger, park)]
    return found


def was_handed_in(ledger: Ledger, year: int) -> bool:
    """Whether the return of the year left the city, so that the offices read the rows that it counts."""
    returns = Return.objects.filter(kind=SubjectKind.PARK, subject=ledger.park, year=year)
    return returns.filter(submitted_at__isnull=False).exists()


def _finding(ledger: Ledger, clause: str, title: str, book: Book, outcome: str, **more: str) -> dict[str, Any]:
    address = f"{reverse('ledgers:list', args=[book])}?park={ledger.park}"
    return {"clause": clause, "title": title, "outcome": outcome, "href": address, **more}


def _plain(value: Decimal | None) -> str:
    return "" if value is None else format(value.normalize(), "f")


def _projects(ledger: Ledger, year: int) -> Iterator[dict[str, Any]]:
    rows = Project.objects.filter(counting.new_projects(year), ledger=ledger, removed_at=None)
    admitted = rows.count()
    assessed = rows.filter(assessed_on__isnull=False).count()
    flagged = rows.filter(counting.FLAGGED).count()
    all_assessed = NOTHING if not admitted else MET if assessed == admitted else NOT_MET
    told = {"observed": f"{assessed} / {admitted}" if admitted else "", "threshold": "100%"}
    yield _finding(
        ledger, "P-II.2.0c", _("入园项目的科技含量把关、科技水平评价（P-II.3.4c）"), Book.PROJECTS, all_assessed, **told
    )
    clean = NOTHING if not admitted else MET if not flagged else NOT_MET
    told = {"observed": str(flagged) if admitted else "", "threshold": "0", "unit": _("项")}
    yield _finding(ledger, "P-II.2.0d", _("杜绝低技术、高污染、高能耗的项目入园"), Book.PROJECTS, clean, **told)


def _land(ledger: Ledger, year: int) -> Iterator[dict[str, Any]]:
    counted = counting.counted(ledger, year)
    pairs = (
        ("P-II.3.4b", _("使用的新增建设用地指标不超过下达的指标"), "P.land_quota_used", "P.land_quota"),
        ("P-II.3.4b", _("耕地占补平衡：占用不超过补充"), "P.farmland_taken", "P.farmland_replaced"),
    )
    unit = _("公顷")
    for clause, title, part, most in pairs:
        used, limit = _number(counted[part]), _number(counted[most])
        if used is None or limit is None:
            yield _finding(ledger, clause, title, Book.LAND, UNKNOWN, reason=_("台账里没有行，或有供地没有填写面积。"))
            continue
        told = {"observed": _plain(used), "threshold": f"≤ {_plain(limit)}", "unit": unit}
        yield _finding(ledger, clause, title, Book.LAND, MET if used <= limit else NOT_MET, **told)
    total, sei = _number(counted["P.new_industrial_land"]), _number(counted["P.new_industrial_land_sei"])
    title = _("新增工业用地全部用于发展战略性新兴产业")
    if total is None or sei is None:
        yield _finding(ledger, "P-II.3.4d", title, Book.LAND, UNKNOWN, reason=_("台账里没有行。"))
    else:
        told = {"observed": f"{_plain(sei)} / {_plain(total)}", "threshold": "100%", "unit": unit}
        yield _finding(ledger, "P-II.3.4d", title, Book.LAND, MET if sei == total else NOT_MET, **told)
    research = Land.objects.filter(ledger=ledger, removed_at=None, year=year, kind=LandKind.SUPPLY)
    research = research.filter(use=LandUse.RESEARCH)
    lots, closed = research.count(), research.exclude(mode__in=OPEN_MODES).count()
    told = {"observed": f"{lots - closed} / {lots}" if lots else "", "threshold": "100%", "unit": _("宗")}
    outcome = NOTHING if not lots else MET if not closed else NOT_MET
    yield _finding(ledger, "P-III.2c", _("科研用地以招标拍卖挂牌方式供应"), Book.LAND, outcome, **told)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _funds(ledger: Ledger, year: int) -> Iterator[dict[str, Any]]:
    for of in reminding.FUNDS:
        one = supports().measures[f"P-III.3d[{of}]"]
        now, before = (reminding.fund(ledger, of, when) for when in (year, year - 1))
        told = {"quote": one.quote, "unit": _("万元"), "observed": _plain(now)}
        if now is None or before is None:
            lacking = year if now is None else year - 1
            told["reason"] = _("台账里没有 %(year)d 年的规模。") % {"year": lacking}
            yield _finding(ledger, one.clause, one.label, Book.SUPPORT, UNKNOWN, **told)
        else:
            told["threshold"] = f"＞ {_plain(before)}"
            yield _finding(ledger, one.clause, one.label, Book.SUPPORT, MET if now > before else NOT_MET, **told)


def _people(ledger: Ledger, year: int) -> Iterator[dict[str, Any]]:
    today = instants.today()
    held = Leader.objects.filter(reminding.holds(today), ledger=ledger, removed_at=None)
    roles = set(held.values_list("role", flat=True))
    vacant = [str(LeaderRole(role).label) for role in reminding.NEEDED if role not in roles]
    told = {"observed": str(len(reminding.NEEDED) - len(vacant)), "threshold": str(len(reminding.NEEDED))}
    told["reason"] = _("空缺：%s。") % "、".join(vacant) if vacant else ""
    title = _("主要负责人亲自抓，分管负责人具体抓")
    yield _finding(ledger, "P-IV.4d", title, Book.LEADERS, NOT_MET if vacant else MET, **told)
    overdue = Issue.objects.filter(ledger=ledger, removed_at=None, solved_on=None, due_on__lt=today).count()
    told = {"observed": str(overdue), "threshold": "0", "unit": _("个")}
    title = _("及时协调解决重大问题：逾期未解决的")
    yield _finding(ledger, "P-IV.4e", title, Book.ISSUES, NOT_MET if overdue else MET, **told)
    result = Result.objects.filter(ledger=ledger, removed_at=None, year=year).first()
    missing = {"reason": _("台账里没有 %(year)d 年的考核结果。") % {"year": year}}
    told = {"observed": str(result.get_result_display())} if result else missing
    yield _finding(ledger, "P-II.1.7", _("年度目标责任制考核"), Book.RESULTS, MET if result else UNKNOWN, **told)


def _industries(park: Park) -> Iterator[dict[str, Any]]:
    number, one = park.industries.count(), supports().measures["P-III.4a"]
    told = {"observed": str(number or ""), "threshold": "1–2", "unit": _("个"), "quote": one.quote}
    if number > FEW_INDUSTRIES:
        # 1–3 are allowed (P-IV.2a): more than two is advised against, not judged.
        told["reason"] = _("只作建议，不作判定。")
        told["advice"] = _("名录里登记了 %(n)d 个主导产业，宜集中抓好其中一两个。") % {"n": number}
    outcome = MET if 0 < number <= FEW_INDUSTRIES else UNKNOWN
    yield {"clause": one.clause, "title": one.label, "outcome": outcome, "href": park.get_absolute_url(), **told}


def _assessment(ledger: Ledger, park: Park) -> Iterator[dict[str, Any]]:
    title = _("规划环境影响评价覆盖现行范围")
    if reminding.boundary_of(park) is None:
        yield _finding(ledger, "P-II.3.5a", title, Book.EIAS, UNKNOWN, reason=_("名录里没有这个园区的范围。"))
        return
    why = reminding.uncovered(ledger, park)
    yield _finding(ledger, "P-II.3.5a", title, Book.EIAS, NOT_MET if why else MET, reason=f"{why}。" if why else "")
