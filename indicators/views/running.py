"""省科技厅 has a year computed, looks at what came out and what changed, and proposes its release."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.decorators import only
from accounts.requests import ActorRequest
from indicators import queries_policy, queries_results
from indicators.enums import Listing, Programme, RankingList, RunStatus
from indicators.models import Run
from indicators.services import replaying, running
from indicators.transitions_run import runs
from policy.outcomes import Verdict
from workflow import instants, ledger
from workflow.machine import Refused

TAGS = {
    RunStatus.QUEUED: "waiting",
    RunStatus.COMPUTING: "progress",
    RunStatus.COMPUTED: "info",
    RunStatus.PROPOSED: "waiting",
    RunStatus.RELEASED: "done",
    RunStatus.FAILED: "late",
}
NAMES = dict(RankingList.choices)
PAGE = 100
CHANGES = 50
# Seconds after which a page with progress is asked for again.
REFRESH = 3
LEAD = only(lambda actor: actor.is_lead)


class YearForm(forms.Form):
    """Which programme's year."""

    programme = forms.ChoiceField(label=gettext_lazy("事项"), choices=Programme.choices, widget=forms.RadioSelect)
    year = forms.IntegerField(
        label=gettext_lazy("评价年度"),
        min_value=running.FIRST_YEAR,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
    )

    def clean_year(self) -> int:
        """A year that has begun."""
        year: int = self.cleaned_data["year"]
        if year > (today := instants.today().year):
            raise forms.ValidationError(_("年度不能晚于 %(year)d 年。") % {"year": today})
        return year


class ReleaseForm(forms.Form):
    """What the public is to see."""

    listing = forms.ChoiceField(
        label=gettext_lazy("公开范围"), choices=Listing.choices, initial=Listing.OWN, widget=forms.RadioSelect
    )
    top = forms.IntegerField(
        label=gettext_lazy("公开前几名"),
        min_value=1,
        max_value=999,
        required=False,
        help_text=gettext_lazy("选择“公开前若干名”时填写；各名单分别计算。"),
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )
    as_open = forms.BooleanField(
        label=gettext_lazy("有尚待裁定的园区，同意按“尚待裁定”发布"),
        help_text=gettext_lazy("未裁定的年度不能作为黄牌警告或取消创建资格的依据。"),
    )

    def __init__(self, *args: Any, is_open: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_open:
            del self.fields["as_open"]

    def clean(self) -> dict[str, Any]:
        """The number belongs to its choice."""
        cleaned = super().clean() or {}
        if cleaned.get("listing") == Listing.TOP and not cleaned.get("top") and "top" not in self.errors:
            self.add_error("top", _("请填写公开前几名。"))
        return cleaned


@LEAD
def index(request: ActorRequest) -> HttpResponse:
    """The runs of all years, the newest first."""
    rows = [{"run": run, "tag": TAGS[RunStatus(run.status)]} for run in queries_results.computed_years()]
    return render(request, "indicators/runs/index.html", {"rows": rows, "starts": request.actor.is_handler})


@LEAD
def start(request: ActorRequest) -> HttpResponse:
    """What a year would be computed for and what it lacks; a POST starts it."""
    last_year = instants.today().year - 1
    given = request.POST if request.method == "POST" else request.GET
    form = YearForm(given if "year" in given else None, initial={"programme": Programme.PARK, "year": last_year})
    if not form.is_bound:
        form = YearForm({"programme": Programme.PARK, "year": last_year})
    reasons: list[str] = []
    context: dict[str, Any] = {"form": form, "starts": request.actor.is_handler}
    if form.is_valid():
        programme, year = form.cleaned_data["programme"], form.cleaned_data["year"]
        if request.method == "POST":
            try:
                return _started(request, programme, year, dry=request.POST.get("kind") == "dry")
            except Refused as refused:
                reasons = refused.reasons
        context |= _preview(programme, year)
    context["errors"] = [{"text": text, "href": ""} for text in reasons]
    return render(request, "indicators/runs/start.html", context, status=422 if reasons else 200)


def _started(request: ActorRequest, programme: str, year: int, *, dry: bool) -> HttpResponse:
    newest = queries_results.newest_run(programme, year)
    run = running.start_run(programme, year, request.actor, dry)
    if newest and run.pk == newest.pk:
        messages.info(request, _("数据、裁定、参数、条款和程序都没有变化，结果与这一次相同，没有重新测算。"))
    return redirect(run)


def _preview(programme: str, year: int) -> dict[str, Any]:
    """Whom the year would be computed for, by list, and what it lacks."""
    lacking = queries_results.outstanding(programme, year)
    lists = []
    for key in RankingList:
        members = [one for one in lacking.subjects if one.list == key]
        if members:
            version = queries_policy.index_in_force(key, year)
            lists.append({"label": key.label, "members": members, "version": version, "judged": members[0].judged})
    return {"programme": Programme(programme), "year": year, "lacking": lacking, "lists": lists}


def the_run(pk: UUID) -> Run:
    """The run, as far as the scope lets one see it."""
    return get_object_or_404(Run.objects.select_related("asked_by", "proposed_by", "released_by", "paper"), pk=pk)


@LEAD
def page(request: ActorRequest, pk: UUID) -> HttpResponse:
    """How far a run is, or what came out of it."""
    return shown(request, the_run(pk))


def shown(
    request: ActorRequest,
    run: Run,
    *,
    form: ReleaseForm | None = None,
    reasons: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a run."""
    context: dict[str, Any] = {
        "run": run,
        "tag": TAGS[RunStatus(run.status)],
        "errors": [{"text": text, "href": ""} for text in reasons or []],
        "waits": run.status in queries_results.UNDER_WAY,
        "still": "still" in request.GET,
        "events": ledger.history(run.dossier),
    }
    if run.result_hash:
        context |= _result(request, run)
        open_to = {arrow.name: against for arrow, against in runs.open_to(run, request.actor)}
        is_open = queries_results.is_open(run)
        context |= {
            "may_propose": "propose" in open_to and not run.dry,
            "against": open_to.get("propose", []),
            "may_withdraw": "withdraw" in open_to,
            "may_draft": run.status == RunStatus.PROPOSED and request.actor.is_lead and request.actor.is_handler,
            "form": form or ReleaseForm(is_open=is_open, initial={"listing": Listing.OWN}),
        }
    response = render(request, "indicators/runs/run.html", context, status=status)
    if context["waits"] and not context["still"]:
        response["Refresh"] = str(REFRESH)
    return response


def _result(request: ActorRequest, run: Run) -> dict[str, Any]:
    """One list of the result, and how many came to which verdict in each."""
    counts = queries_results.counts(run)
    lists = [key for key in RankingList if key.value in counts]
    chosen = next((key for key in lists if key.value == request.GET.get("list")), lists[0] if lists else None)
    tabs = [
        {"label": key.label, "n": sum(counts[key].values()), "value": key.value, "current": key == chosen}
        for key in lists
    ]
    page_ = Paginator(queries_results.ranked(run, chosen or ""), PAGE).get_page(request.GET.get("page"))
    verdicts = counts.get(chosen or "", {})
    return {
        "tabs": tabs,
        "chosen": chosen,
        "judged": chosen not in (None, RankingList.RECOGNISED),
        "numbers": [{"number": verdicts.get(one, 0), "text": one.label} for one in Verdict],
        "version": run.index_versions.get(chosen.value) if chosen else None,
        "page": page_,
        "rows": queries_results.rows_of(list(page_)),
        "previous": queries_results.previous_of(run),
        "waiting": queries_results.by_subject(queries_policy.rulings_missing(run)),
    }


@LEAD
@require_POST
def propose(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The result goes before the signer."""
    run = the_run(pk)
    form = ReleaseForm(request.POST, is_open=queries_results.is_open(run))
    if not form.is_valid():
        return shown(request, run, form=form, status=422)
    try:
        running.propose_release(run, form.cleaned_data["listing"], form.cleaned_data["top"] or 0, request.actor)
    except Refused as refused:
        return shown(request, run, form=form, reasons=refused.reasons, status=422)
    messages.success(request, _("已提请发布，通报由其他签发人签发后生效。"))
    return redirect(run)


@LEAD
@require_POST
def withdraw(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A proposal is taken back, with the reason."""
    run = the_run(pk)
    try:
        running.withdraw_proposal(run, request.POST.get("reason", ""), request.actor)
    except Refused as refused:
        return shown(request, run, reasons=refused.reasons, status=422)
    messages.success(request, _("已撤回提请。"))
    return redirect(run)


@LEAD
def stages(request: ActorRequest, pk: UUID, ranking: str) -> HttpResponse:
    """Every stage of a list's scores, as files from which anybody can compute the index again."""
    run = the_run(pk)
    try:
        files = replaying.stage_files(run, ranking)
    except replaying.Unreplayable as error:
        raise Http404 from error
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(name, content)
    response = HttpResponse(packed.getvalue(), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{run.year}-{run.number}-{ranking}.zip"'
    return response


@LEAD
def compare(request: ActorRequest, pk: UUID) -> HttpResponse:
    """What changed since another run of the year (by default the one before), and why."""
    run = the_run(pk)
    others = Run.objects.filter(programme=run.programme, year=run.year).exclude(pk=run.pk).exclude(result_hash="")
    choices = list(others.order_by("-number"))
    wanted = request.GET.get("with", "")
    before = next((one for one in choices if str(one.number) == wanted), None) or queries_results.previous_of(run)
    before = before or (choices[0] if choices else None)
    context: dict[str, Any] = {"run": run, "before": before, "choices": choices}
    if before and run.result_hash:
        page_ = Paginator(queries_results.changed_subjects(before, run), CHANGES).get_page(request.GET.get("page"))
        context |= {
            "page": page_,
            "changes": queries_results.changes(before, run, list(page_)),
            "causes": _causes(before, run),
        }
    return render(request, "indicators/runs/compare.html", context)


def _causes(before: Run, after: Run) -> list[dict[str, Any]]:
    """What differs for all of them: parameters, clause texts, index versions, the program."""
    causes = []
    for name in sorted({*before.params, *after.params}):
        if before.params.get(name) != after.params.get(name):
            default = _("默认")
            said = {"before": before.params.get(name, default), "after": after.params.get(name, default)}
            causes.append({"what": _("口径参数 %s") % name, **said})
    for what, field in ((_("条款集"), "clause_sets"), (_("指标体系"), "index_versions")):
        one, other = getattr(before, field), getattr(after, field)
        for key in sorted({*one, *other}):
            if one.get(key) != other.get(key):
                said = {"before": _version(one.get(key)), "after": _version(other.get(key))}
                causes.append({"what": f"{what} {NAMES.get(key, key)}", **said})
    if before.code_version != after.code_version:
        causes.append({"what": _("计算程序"), "before": before.code_version[:19], "after": after.code_version[:19]})
    return causes


def _version(told: Any) -> str:
    if told is None:
        return _("没有")
    if isinstance(told, dict):
        return _("第 %(number)s 版") % {"number": told.get("number")}
    return str(told)[:19]
