"""The public check of an official paper by its code."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.decorators import public_page
from notifications.checks import MISSES, Answer, check, normalise, sha256_of
from notifications.enums import FileState
from notifications.forms import CheckForm, CompareForm
from notifications.models import Paper


def asker(request: HttpRequest) -> str:
    """By what the misses of one asker are counted: the network address."""
    return str(request.META.get("REMOTE_ADDR", ""))


@public_page
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Ask for a check code (公文核验)."""
    form = CheckForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("notifications:check_code", normalise(form.cleaned_data["code"]) or "-")
    return render(request, "notifications/check.html", {"form": form})


@public_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_code(request: HttpRequest, code: str) -> HttpResponse:
    """One large answer about a paper; a file may be compared, and is not kept."""
    if MISSES.reached(asker(request)):
        return render(request, "notifications/check_later.html", status=429)
    answer = check(code)
    if answer.paper is None:
        MISSES.count(asker(request))
        return render(request, "notifications/check_code.html", {"answer": answer, "form": CheckForm()}, status=404)
    form = CompareForm(request.POST or None, request.FILES or None) if request.method == "POST" else CompareForm()
    comparison = _compare(answer, form) if form.is_bound and form.is_valid() else None
    return render(
        request,
        "notifications/check_code.html",
        {"answer": answer, "paper": answer.paper, "form": form, "comparison": comparison},
    )


def _compare(answer: Answer, form: CompareForm) -> dict[str, str]:
    """Whether the file is byte for byte the one that was issued."""
    paper = answer.paper
    assert paper is not None
    found = sha256_of(form.cleaned_data["file"].chunks())
    if paper.file_state != FileState.READY:
        return {
            "kind": "info",
            "title": _("暂时不能比对"),
            "text": _("本文的正式文件还在生成，请稍后再试。"),
            "sha256": found,
        }
    if found != paper.file_hash:
        return {
            "kind": "late",
            "title": _("文件不一致"),
            "text": _("您手中的文件与签发的文件不同：可能被改动过、重新打印或另存过，请以本页为准。"),
            "sha256": found,
        }
    return {
        "kind": "success",
        "title": _("文件一致"),
        "text": _("您手中的文件与签发时逐字节相同。本文目前的效力：%(word)s。") % {"word": answer.word},
        "sha256": found,
    }


@public_page
@require_safe
def public_file(request: HttpRequest, code: str) -> HttpResponse:
    """The file of a published paper, for anybody."""
    paper = get_object_or_404(Paper.objects.defer("data"), check_code=normalise(code), published_at__isnull=False)
    if paper.file_state != FileState.READY or not paper.path.is_file():
        raise Http404
    return pdf_of(paper)  # type: ignore[return-value]


def pdf_of(paper: Paper) -> FileResponse:
    """A paper's file under its number and title."""
    return FileResponse(
        paper.path.open("rb"),
        as_attachment=True,
        filename=f"{paper.number} {paper.title}.pdf".replace("/", "／"),
        content_type="application/pdf",
    )
