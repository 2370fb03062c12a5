"""Public pages of what is proposed for the list: notices, objections under the real name, and their answers."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.decorators import public_page, unlogged
from accounts.throttle import Limit
from registry.kept import kept
from registry.words import crumbs
from reviews import queries_publicity as queries
from reviews.forms_publicity import LookupForm, ObjectionForm
from reviews.models import Publicity
from reviews.services import objections
from workflow.machine import Refused

PAGE, FED = 20, 30
# Objections and look-ups from one address; an office behind one address may still file several.
FILINGS = Limit("objection", 10, 3600)
LOOKUPS = Limit("objection-lookup", 10, 900)
TOO_MANY = 429


@kept
@public_page
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """公示: what is public now with days left, and earlier notices with their results."""
    page = Paginator(queries.notices(), PAGE).get_page(request.GET.get("page"))
    context = {
        "crumbs": crumbs((_("公示"), "")),
        "page": page,
        "rows": [queries.line(notice) for notice in page],
    }
    return render(request, "publicity/list.html", context)


@kept
@public_page
@require_safe
def notice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One notice: who, where, how large, which industries, until when, and how to object."""
    found = _notice(pk)
    return render(request, "publicity/notice.html", _shown(found))


def _notice(pk: UUID) -> Publicity:
    return get_object_or_404(Publicity.objects.select_related("paper"), pk=pk)


def _shown(found: Publicity) -> dict[str, Any]:
    summary = found.summary
    area = summary["area"]
    return {
        "crumbs": crumbs((_("公示"), reverse("publicity:list")), (summary["park_name"], "")),
        "notice": found,
        "name": summary["park_name"],
        "tag": queries.state(found),
        "open": objections.is_open(found),
        "days_left": queries.days_left(found),
        "head": [
            {"key": _("公示事项"), "value": queries.intended(found)},
            {"key": _("申报单位"), "value": summary["applicant"]},
            {"key": _("所在开发区"), "value": summary["host_zone"] or _("未载明")},
            *([{"key": _("面积"), "value": _("%(area)s 平方公里") % {"area": area}}] if area else []),
            {"key": _("主导产业"), "value": "、".join(summary["industries"])},
            {
                "key": _("公示时间"),
                "value": _("%(from)s至%(to)s（24:00 止）")
                % {"from": date_format(found.starts_on), "to": date_format(found.ends_on)},
            },
            {"key": _("受理处室"), "value": found.contact},
            {"key": _("监督电话"), "value": found.phone},
        ],
        "sides": queries.sides(found),
        "map": queries.on_map(found),
        "legend": [{"kind": "waiting", "text": queries.intended(found)}],
    }


@public_page
@unlogged
@never_cache
def object_to(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Object under the real name; the receipt's number and code are shown once."""
    found = _notice(pk)
    form = ObjectionForm(request.POST or None, request.FILES or None, initial={"token": uuid.uuid4()})
    above = ((_("公示"), reverse("publicity:list")), (str(found), found.get_absolute_url()))
    context = {**_shown(found), "form": form, "crumbs": crumbs(*above, (_("提出异议"), ""))}
    if request.method != "POST" or not form.is_valid():
        return render(request, "publicity/object.html", context)
    address = request.META.get("REMOTE_ADDR", "")
    if FILINGS.reached(address):
        form.add_error(None, _("从同一网络提交的次数过多，请一小时后再试，或者书面提出。您填写的内容还在下面。"))
        return render(request, "publicity/object.html", context, status=TOO_MANY)
    data = form.cleaned_data
    try:
        receipt = objections.file_objection(
            found,
            data["token"],
            name=data["name"],
            unit=data["unit"],
            phone=data["phone"],
            text=data["text"],
            by_unit=data["by_unit"],
            files=[one for one in data["files"] if one],
        )
    except Refused as refused:
        form.add_error(None, refused.reasons)
        return render(request, "publicity/object.html", context)
    FILINGS.count(address)
    return render(request, "publicity/receipt.html", {**context, "receipt": receipt})


@public_page
@unlogged
@never_cache
def answer(request: HttpRequest) -> HttpResponse:
    """Look up what became of an objection, by the number and the code of its receipt."""
    form = LookupForm(request.POST or None)
    context = {"crumbs": crumbs((_("公示"), reverse("publicity:list")), (_("查询异议处理情况"), "")), "form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, "publicity/lookup.html", context)
    address = request.META.get("REMOTE_ADDR", "")
    if LOOKUPS.reached(address):
        form.add_error(None, _("查询次数过多，请十五分钟后再试。"))
        return render(request, "publicity/lookup.html", context, status=TOO_MANY)
    objection = objections.found(form.cleaned_data["number"], form.cleaned_data["code"])
    if objection is None:
        LOOKUPS.count(address)
        form.add_error(None, _("没有找到。请核对回执上的编号和查询码。"))
        return render(request, "publicity/lookup.html", context)
    return render(request, "publicity/answer.html", {**context, "objection": objection})


@public_page
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """公示订阅: the newest notices and results as an Atom feed."""
    atom = Atom1Feed(
        title=_("公示 · %(site)s") % {"site": settings.SITE["name"]},
        link=request.build_absolute_uri(reverse("publicity:list")),
        description=_("拟列入创建名单的园区公示"),
        feed_url=request.build_absolute_uri(request.path),
        language=settings.LANGUAGE_CODE,
    )
    for found in queries.notices()[:FED]:
        atom.add_item(
            title=found.paper.title,
            link=request.build_absolute_uri(found.get_absolute_url()),
            description=_fed(found),
            unique_id=f"urn:uuid:{found.pk}",
            pubdate=found.published_at,
            updateddate=found.closed_at or found.published_at,
        )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _fed(found: Publicity) -> str:
    words = {
        "applicant": found.summary["applicant"],
        "from": date_format(found.starts_on),
        "to": date_format(found.ends_on),
        "contact": found.contact,
    }
    text = _("%(applicant)s申报；公示时间%(from)s至%(to)s；受理处室：%(contact)s。") % words
    return f"{text}{found.result_note}" if found.result_note else text
