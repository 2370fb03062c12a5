"""The rankings for everybody: the years, one year's lists, one park's year, and the files to compute them again."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.decorators import public_page
from indicators import charts, place_rankings, queries_public, recompute
from indicators.circular_content import score_shown
from indicators.enums import Listing, Programme, RankingList
from indicators.indicator_rows import indicator_rows
from indicators.models import Assessment, Finding, Run
from indicators.open_data import change_of
from notifications.models import Paper
from policy.outcomes import Verdict
from registry.kept import kept
from registry.models import Park
from registry.words import crumbs

PROGRAMMES = {"parks": Programme.PARK, "cities": Programme.CITY}
NAMES = {programme: name for name, programme in PROGRAMMES.items()}
VERDICTS = {Verdict.MET: "done", Verdict.NOT_MET: "warning", Verdict.OPEN: "waiting", Verdict.NOT_APPLICABLE: "ended"}
SIGNS = {">=": "≥", ">": "＞", "<=": "≤", "<": "＜"}
UNITS = {"pp": gettext_lazy("个百分点")}
PER_PAGE = 100


@kept
@public_page
@require_safe
def years(request: HttpRequest) -> HttpResponse:
    """排名: every published year with its circular."""
    rows = [
        {
            "title": _("%(year)d 年度%(programme)s") % {"year": run.year, "programme": run.get_programme_display()},
            "href": address(run),
            "paper": run.paper if _is_public(run.paper) else None,
            "listing": run.get_listing_display(),
            "day": run.released_at,
        }
        for run in queries_public.standing_runs()
    ]
    return render(request, "rankings/years.html", {"crumbs": crumbs((_("排名"), "")), "rows": rows})


@kept
@public_page
@require_safe
def year(request: HttpRequest, programme: str, year: int, number: int | None = None) -> HttpResponse:
    """One year: its lists as far as they are public, how they were computed, and the files."""
    run, runs = _run(programme, year, number)
    lists = [_list(request, run, runs, one) for one in recompute.lists_of(run)]
    title = _("%(year)d 年度%(programme)s评价结果") % {"year": run.year, "programme": run.get_programme_display()}
    context = {
        "crumbs": crumbs((_("排名"), reverse("rankings:years")), (str(run.year), "")),
        "title": title,
        "run": run,
        "standing": runs[0] if runs[0] != run else None,
        "standing_href": address(runs[0]),
        "former": [{"run": one, "href": address(one, runs)} for one in runs if one.number < run.number],
        "paper": run.paper if _is_public(run.paper) else None,
        "overview": _overview(run.paper),
        "lists": lists,
        "is_own": run.listing == Listing.OWN,
        "is_top": run.listing == Listing.TOP,
        "is_of_places": run.programme == Programme.CITY,
        "versions": _versions(run),
        "files": [
            {"name": name, "href": _file_address(run, name), "text": _about(name)} for name in recompute.names(run)
        ],
        "commands": recompute.commands(run),
    }
    return render(request, "rankings/year.html", context)


@kept
@public_page
@require_safe
def park(request: HttpRequest, programme: str, year: int, subject: str, number: int | None = None) -> HttpResponse:
    """One park's year: verdict, score by dimension, every finding with its formula."""
    run, runs = _run(programme, year, number)
    one = queries_public.shown(run).filter(subject=subject).prefetch_related("findings").first()
    if one is None:
        raise Http404
    version = queries_public.index_of(run, one.list)
    parts = queries_public.dimensions(version)
    others = list(queries_public.shown(run, one.list)) if queries_public.may_list(run) else []
    context = {
        "crumbs": crumbs((_("排名"), reverse("rankings:years")), (str(run.year), address(run, runs)), (one.name, "")),
        "one": one,
        "run": run,
        "standing_href": address(runs[0]) if runs[0] != run else "",
        "tag": tag_of(one),
        "score": score_shown(one),
        "change": change_of(one),
        "paper": run.paper if _is_public(run.paper) else None,
        "park_href": "" if run.programme == Programme.CITY else _park_address(one),
        "place_href": reverse("registry:city", args=[one.subject]) if run.programme == Programme.CITY else "",
        "dimensions": charts.dimensions(one, parts, others),
        "has_others": bool(others),
        "indicators": indicator_rows(one, version, others),
        "compare": place_rankings.comparison(one, others),
        "findings": [as_component(finding) for finding in one.findings.all()],
        "corrections": queries_public.corrections(one),
        "programme": programme,
    }
    return render(request, "rankings/subject.html", context)


@kept
@public_page
@require_safe
def file(request: HttpRequest, programme: str, year: int, name: str, number: int | None = None) -> HttpResponse:
    """A file to compute a year again; its checksum is in the header `X-Checksum-SHA256`."""
    run, _runs = _run(programme, year, number)
    found = recompute.file(run, name)
    if found is None:
        raise Http404
    response = HttpResponse(found.content, content_type=found.kind)
    response["Content-Disposition"] = f'attachment; filename="{run.year}-{name}"'
    response["X-Checksum-SHA256"] = found.checksum
    return response


def _run(programme: str, year: int, number: int | None) -> tuple[Run, list[Run]]:
    """The run that is asked for, and all released ones of the year, the standing one first. Raises Http404."""
    runs = queries_public.runs_of(PROGRAMMES[programme], year) if programme in PROGRAMMES else []
    found = runs[:1] if number is None else [run for run in runs if run.number == number]
    if not found:
        raise Http404(_("%(year)d 年度的评价结果没有公布。") % {"year": year})
    return found[0], runs


def address(run: Run, runs: list[Run] | None = None) -> str:
    """The public page of a run: the year's own for the one that stands, else that of its number."""
    name = NAMES[Programme(run.programme)]
    if runs and runs[0] != run:
        return reverse("rankings:run", args=[name, run.year, run.number])
    return reverse("rankings:year", args=[name, run.year])


def _file_address(run: Run, name: str) -> str:
    return reverse("rankings:run_file", args=[NAMES[Programme(run.programme)], run.year, run.number, name])


def _about(name: str) -> str:
    """What a file holds, in words."""
    known = {
        "ranking.csv": _("位次、区间、得分和结论"),
        "findings.csv": _("每个对象每一条款的实际值、要求、算式和结果"),
        "facts.json": _("判定所依据的数据和裁定"),
    }
    if name in known:
        return known[name]
    ranking, _dash, part = name.removesuffix(".csv").partition("-")
    what = _("%(list)s：指标数据") if part == "data" else _("%(list)s：指标、权重和算法")
    return what % {"list": RankingList(ranking).label}


def _list(request: HttpRequest, run: Run, runs: list[Run], ranking: str) -> dict[str, Any]:
    whole = rows = list(queries_public.shown(run, ranking))
    of_places = ranking in place_rankings.PLACES
    parts = queries_public.dimensions(queries_public.index_of(run, ranking)) if of_places else []
    form = None
    if ranking == RankingList.COUNTY:
        form, rows = place_rankings.within(request.GET, whole)
    ranks = charts.ranks(rows)
    by, rows = place_rankings.sorted_by(request.GET, ranking, rows, parts)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    redrawn = queries_public.redrawn([one.subject for one in page], run.year)
    return {
        "notes": [(one.name, redrawn[one.subject]) for one in page if one.subject in redrawn],
        "corrected": queries_public.corrected_among([one.pk for one in page]),
        "code": ranking,
        "title": RankingList(ranking).label,
        "has_verdicts": ranking != RankingList.RECOGNISED,
        "of_places": of_places,
        "column": place_rankings.COLUMN[RankingList(ranking)] if of_places else _("园区"),
        "dimensions": place_rankings.heads(request.GET, ranking, parts, by),
        "form": form,
        "rows": [{**_line(run, one, runs), "dimensions": place_rankings.scores(one, parts)} for one in page],
        "page": page,
        "total": len(rows),
        "ranked": whole[0].ranked if whole else 0,
        "ranks": ranks,
        "distribution": charts.distribution(whole) if queries_public.may_list(run) else None,
        "is_cut": sum(one.rank is not None for one in rows) > charts.MOST,
        "most": charts.MOST,
    }


def _line(run: Run, one: Assessment, runs: list[Run]) -> dict[str, Any]:
    change = change_of(one)
    return {
        "one": one,
        "href": subject_address(run, one, runs),
        "score": score_shown(one),
        "change": change,
        "moved": abs(change) if change else 0,
        "interval": place_rankings.interval_in_words(one),
        "tag": tag_of(one),
    }


def subject_address(run: Run, one: Assessment, runs: list[Run]) -> str:
    """The page of one park's year: the year's own where the run stands, else that of its number."""
    name = NAMES[Programme(run.programme)]
    if runs and runs[0] == run:
        return reverse("rankings:subject", args=[name, run.year, one.subject])
    return reverse("rankings:run_subject", args=[name, run.year, run.number, one.subject])


def tag_of(one: Assessment) -> dict[str, str] | None:
    """The verdict as shape and word; None where a list is ranked only."""
    if not one.verdict:
        return None
    return {"kind": VERDICTS[Verdict(one.verdict)], "text": one.get_verdict_display()}


def as_component(finding: Finding) -> dict[str, Any]:
    """A stored finding as templates/components/finding.html takes it, without what is for the park alone."""
    unit = str(UNITS.get(finding.unit, finding.unit))
    wanted = f"{SIGNS.get(finding.operator, '')} {finding.threshold}" if finding.threshold is not None else ""
    return {
        "clause": finding.clause,
        "title": finding.label,
        "outcome": finding.outcome,
        "observed": finding.shown,
        "unit": unit,
        "threshold": f"{wanted} {unit}".strip() if wanted else "",
        "formula": finding.formula,
        "reason": finding.reason,
        "quote": finding.quote,
    }


def _park_address(one: Assessment) -> str:
    found = Park.objects.filter(slug=one.subject).first()
    return found.get_absolute_url() if found else ""


def _is_public(paper: Paper | None) -> bool:
    return paper is not None and paper.published_at is not None


def _overview(paper: Paper | None) -> list[str]:
    """The statistics as the circular told them: what it keeps back is kept back here."""
    if paper is None or not _is_public(paper):
        return []
    found, inside = [], False
    for block in paper.data.get("body", []):
        if block["kind"] == "h1":
            inside = block["text"].startswith("一、")
        elif inside and block["kind"] == "p":
            found.append(block["text"])
    return found


def _versions(run: Run) -> list[dict[str, Any]]:
    """The index version of each list, in words."""
    return [
        {"list": RankingList(key).label, **told}
        for key, told in sorted((run.index_versions or {}).items())
        if isinstance(told, dict)
    ]
