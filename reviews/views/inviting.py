"""Pages by which 省科技厅 invites, takes back, asks once more, and ends the experts' round."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.decorators import only
from accounts.models import Organisation
from accounts.queries import experts, other_departments, the_departments
from accounts.requests import ActorRequest
from applications.display import label_of
from reviews import services
from reviews.casepage import targets_of
from reviews.enums import ExpertStatus
from reviews.forms_departments import InviteForm, OptionalReasonForm, ReasonForm, ReopenForm
from reviews.models import Case, ExpertOpinion, Opinion
from reviews.views.acts import act_page, is_lead, the_case

OPINIONS = "?tab=opinions"


def _departments(case: Case) -> list[Organisation]:
    asked = case.opinions.values("tenant")
    return [*the_departments().exclude(pk__in=asked), *other_departments().exclude(pk__in=asked)]


def _experts(case: Case) -> list[Organisation]:
    asked = case.expert_opinions.exclude(status=ExpertStatus.WITHDRAWN).values("tenant")
    return list(experts().exclude(pk__in=asked))


@only(is_lead)
def invite(request: ActorRequest, pk: UUID, kind: str) -> HttpResponse:
    """Invite a further department (`department`) or an expert (`expert`) to a case."""
    if kind not in {"department", "expert"}:
        raise Http404
    case = the_case(pk)
    offices = _departments(case) if kind == "department" else _experts(case)
    call = services.invite_department if kind == "department" else services.invite_expert
    return act_page(
        request,
        case,
        InviteForm(
            request.POST or None,
            offices=offices,
            parameter="opinion_days" if kind == "department" else "expert_days",
        ),
        lambda data: call(
            case,
            next(one for one in offices if one.code == data["organisation"]),
            data["reason"],
            request.actor,
            data["due_on"],
        ),
        title=_("邀请其他部门") if kind == "department" else _("邀请专家论证"),
        text=_("发出邀请后，受邀方即可查阅本案封存的申报版本。答复之前可以撤回。"),
        button=_("发出邀请"),
        done=_("邀请已发出。"),
        back=f"{case.get_absolute_url()}{OPINIONS}",
    )


@only(is_lead)
def withdraw_department(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take back the invitation of a further department."""
    rows = Opinion.objects.select_related("case__filing__tenant", "case__filing__host_zone", "tenant")
    return _withdraw(request, get_object_or_404(rows, pk=pk, invited=True))


@only(is_lead)
def withdraw_expert(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take back the invitation of an expert."""
    rows = ExpertOpinion.objects.select_related("case__filing__tenant", "case__filing__host_zone", "tenant")
    return _withdraw(request, get_object_or_404(rows, pk=pk))


def _withdraw(request: ActorRequest, opinion: Opinion | ExpertOpinion) -> HttpResponse:
    case = opinion.case
    return act_page(
        request,
        case,
        ReasonForm(request.POST or None),
        lambda data: services.withdraw_invitation(opinion, data["reason"], request.actor),
        title=_("撤回邀请：%(office)s") % {"office": opinion.tenant.short_name},
        text=_("撤回后对方不能再查阅本案，并会收到撤回的原因；邀请和撤回都留存在办理过程中。"),
        button=_("撤回邀请"),
        done=_("邀请已撤回。"),
        back=f"{case.get_absolute_url()}{OPINIONS}",
        kind="warning",
    )


@only(is_lead)
def reopen(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Ask a department once more, about the sections that changed."""
    rows = Opinion.objects.select_related("case__filing__tenant", "case__filing__host_zone", "case__version", "tenant")
    opinion = get_object_or_404(rows, pk=pk)
    case = opinion.case
    said = [{"key": _("原意见"), "value": opinion.get_stance_display() or opinion.get_status_display()}]
    if remarks := [label_of(row.section) for row in opinion.section_remarks.all()]:
        said.append({"key": _("原来涉及的栏目"), "value": "、".join(remarks)})
    return act_page(
        request,
        case,
        ReopenForm(request.POST or None, targets=targets_of(case.version.content)),
        lambda data: services.reopen_opinion(opinion, data["sections"], data["reason"], request.actor, data["due_on"]),
        title=_("重新征求意见：%(office)s") % {"office": opinion.tenant.short_name},
        text=_("原意见留存备查，不再计入；该部门只须就所列栏目重新出具意见，并能看到改了什么。"),
        facts=said,
        button=_("重新征求意见"),
        done=_("已重新征求意见。"),
        back=f"{case.get_absolute_url()}{OPINIONS}",
    )


@only(is_lead)
def close_experts(request: ActorRequest, pk: UUID) -> HttpResponse:
    """End the experts' round."""
    case = the_case(pk)
    return act_page(
        request,
        case,
        OptionalReasonForm(request.POST or None),
        lambda data: services.close_expert_round(case, request.actor, data["reason"]),
        title=_("结束专家论证"),
        text=_("结束后不再接受论证意见，本案各位专家可以互相看到意见。不能恢复。"),
        button=_("结束论证"),
        done=_("专家论证已结束。"),
        back=f"{case.get_absolute_url()}{OPINIONS}",
        kind="warning",
    )
