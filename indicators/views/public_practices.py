"""Good practices for everybody: the list with its filters, an article, its file."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.decorators import public_page
from files import rules
from indicators import queries_practices
from indicators.forms_practices import FilterForm
from registry.kept import kept
from registry.words import crumbs

PAGE = 20


@kept
@public_page
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """优秀做法: what places do well, by place, dimension, tag and year."""
    form = FilterForm(request.GET, queries_practices.places(), queries_practices.years())
    wrong = not form.is_valid()
    rows = queries_practices.published().none() if wrong else queries_practices.filtered(form.cleaned_data)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "crumbs": crumbs((_("城市"), reverse("registry:city_list")), (_("优秀做法"), "")),
        "form": form,
        "page": page,
        "total": page.paginator.count,
    }
    return render(request, "practices/list.html", context)


@kept
@public_page
@require_safe
def practice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One article."""
    row = get_object_or_404(queries_practices.published(), pk=pk)
    above = (_("优秀做法"), reverse("practices:list"))
    return render(request, "practices/practice.html", {"crumbs": crumbs(above, (row.title, "")), "row": row})


@public_page
@require_safe
def file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The file of an article; one that is not known to be clean waits."""
    row = get_object_or_404(queries_practices.published().select_related("file"), pk=pk)
    if row.file is None or rules.unreadable_in(row.file.scan_state, is_owner=False):
        raise Http404
    try:
        content = row.file.path.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, as_attachment=True, filename=row.file_name, content_type=row.file.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    return response  # type: ignore[return-value]  # decorators know whole answers alone
