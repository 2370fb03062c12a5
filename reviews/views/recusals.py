"""Recusal: declare one, and the head's answer."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from accounts.decorators import only
from accounts.models import Person
from accounts.requests import ActorRequest
from reviews import services
from reviews.forms_departments import RecusalDecisionForm, RecusalForm
from reviews.models import Recusal
from reviews.rules_departments import is_head_for
from reviews.views.acts import act_page, discusses, the_case


@only(discusses)
def declare(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Declare a recusal for oneself; a handler also for a colleague."""
    case, actor = the_case(pk), request.actor
    if not services.takes_part(case, actor):
        raise Http404
    people = [actor.person]
    if actor.is_handler:
        posts = actor.organisation.posts.in_force().exclude(person=actor.person)
        people += list(Person.objects.filter(posts__in=posts).distinct().order_by("username"))
    return act_page(
        request,
        case,
        RecusalForm(request.POST or None, people=people, initial={"person": str(actor.person.pk)}),
        lambda data: services.declare_recusal(
            case, next(one for one in people if str(one.pk) == data["person"]), data["reason"], actor
        ),
        title=_("申请回避"),
        text=_("与本案有利害关系、可能影响公正的，应当回避。提出后即不能办理本案，由本单位审核人或签发人确认。"),
        button=_("提出回避"),
        done=_("回避申请已提出。"),
        back=case.get_absolute_url(),
        inner=True,
    )


@only(discusses)
def recusal(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The head of the office confirms a recusal and names who acts instead, or finds that none is needed."""
    rows = Recusal.objects.select_related("case__filing__tenant", "case__filing__host_zone", "tenant")
    found, actor = get_object_or_404(rows, pk=pk), request.actor
    if not is_head_for(actor, found):
        raise Http404
    if found.status != "declared":
        return redirect(found.case)
    people = list(services.replacements_for(found))
    facts = [
        {"key": _("回避的人员"), "value": f"{found.person_name}（{found.tenant.short_name}）"},
        {"key": _("原因"), "value": found.reason},
    ]
    if not people:
        text = _("本单位没有同岗位的其他人员可以接替；可以先确认回避，再由单位管理员增加人员。")
    else:
        text = _("确认后该人员不能再办理本案；其名下的待办事项和未送审的文稿随即移交接替人。")
    return act_page(
        request,
        found.case,
        RecusalDecisionForm(request.POST or None, people=people),
        lambda data: (
            services.dismiss_recusal(found, data["note"], actor)
            if data["decision"] == "dismiss"
            else services.confirm_recusal(
                found, actor, next((one for one in people if str(one.pk) == data["replacement"]), None), data["note"]
            )
        ),
        title=_("确认回避"),
        text=text,
        facts=facts,
        button=_("提交"),
        done=_("已处理。"),
        back=found.case.get_absolute_url(),
        inner=True,
    )
