"""A return by spreadsheet: the template, a table uploaded or pasted, what it would change, and then all or none."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.requests import ActorRequest
from indicators import blanks, queries, rules, sheets, tables
from indicators.enums import ReturnStatus
from indicators.models import Return
from indicators.services import uploading
from indicators.sheets import Line, SheetRefused
from indicators.views.returns import table_of, the_return
from workflow.machine import Refused

SALT = "indicators.sheet"
HOUR = 3600
LARGEST = 2 << 20
KINDS = {
    "xlsx": (blanks.as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (blanks.as_csv, "text/csv; charset=utf-8"),
}


@require_safe
def template(request: ActorRequest, pk: UUID, kind: str) -> HttpResponse:
    """The table of this return, filled in as far as it is."""
    report = the_return(pk)
    if kind not in KINDS or not _is_open(request, report):
        raise Http404
    make, media_type = KINDS[kind]
    name = f"{report.name}{report.year}.{kind}"
    header = content_disposition_header(True, name) or "attachment"
    body = make(report, table_of(request, report))
    return HttpResponse(body, content_type=media_type, headers={"Content-Disposition": header})


def _is_open(request: ActorRequest, report: Return) -> bool:
    return report.status == ReturnStatus.FILLING and rules.writes(request.actor, report)


def sheet(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Give a table by file or by pasting; see what it changes; take it over."""
    report = the_return(pk)
    if not _is_open(request, report):
        raise Http404
    if request.method != "POST":
        return _page(request, report)
    try:
        lines, versions = _given(request, report)
        if "apply" in request.POST:
            saved = uploading.apply(report, lines, request.actor, versions)
            n = len(saved.written)
            messages.success(request, ngettext("已导入 %(n)d 项数据。", "已导入 %(n)d 项数据。", n) % {"n": n})
            return redirect(report)
        found = uploading.preview(report, lines, request.actor)
    except SheetRefused as refused:
        return _page(request, report, problems=refused.problems, status=422)
    except Refused as refused:
        return _page(request, report, problems=refused.reasons, status=422)
    if found.problems:
        return _page(request, report, problems=found.problems, status=422)
    return _page(request, report, found=found, kept=_kept(lines, versions))


def _given(request: ActorRequest, report: Return) -> tuple[list[Line], dict[str, int]]:
    """The lines of a file, of a pasted text or of the preview that was shown, with the versions it was shown at."""
    if kept := request.POST.get("kept"):
        return _read_kept(kept)
    versions = dict(report.entries.values_list("code", "version"))
    if (sent := request.FILES.get("file")) is not None:
        if (sent.size or 0) > LARGEST:
            raise SheetRefused([_("%(name)s：文件超过 2 MB，请只留下数据表。") % {"name": sent.name}])
        return sheets.read(sent.name or "", sent.read()), versions
    if "text" in request.POST:
        return uploading.pasted(request.POST["text"], report, request.POST.get("first", "")), versions
    raise SheetRefused([_("请选择文件，或者粘贴数据。")])


def _kept(lines: list[Line], versions: dict[str, int]) -> str:
    value = {"lines": [[one.sheet, one.number, one.cells, one.letters] for one in lines], "versions": versions}
    return signing.dumps(value, salt=SALT, compress=True)


def _read_kept(text: str) -> tuple[list[Line], dict[str, int]]:
    try:
        value = signing.loads(text, salt=SALT, max_age=HOUR)
    except signing.BadSignature as error:
        raise SheetRefused([_("预览已过期，请重新上传。")]) from error
    return [Line(*one) for one in value["lines"]], value["versions"]


def _page(
    request: ActorRequest,
    report: Return,
    *,
    problems: list[str] | None = None,
    found: uploading.Preview | None = None,
    kept: str = "",
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "report": report,
        "errors": [{"text": text} for text in problems or []],
        "found": found,
        "kept": kept,
        "text": "" if found else request.POST.get("text", ""),
        "first": request.POST.get("first", ""),
        "figures": [(code, f"{queries.named(code)} {code}") for code in tables.codes_of(report.kind)],
        "columns": "、".join(blanks.HEADINGS),
    }
    return render(request, "indicators/sheet.html", context, status=status)
