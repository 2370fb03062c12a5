"""The bulk acts: who is offered which, what each asks, what it would do to every row and what stands in its way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from accounts.enums import PostRole
from accounts.models import Person, Post
from accounts.queries import the_departments
from applications.enums import FilingStatus
from applications.models import Filing
from notifications import signoff
from portal.bulk import doing
from portal.exports.columns import TABLE_KINDS
from workflow.models import Task

Options = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """What would happen to one row; `blocked` says why nothing can."""

    subject: UUID
    label: str
    will: str = ""
    blocked: str = ""


class NoOptions(forms.Form):
    """An act that asks nothing."""

    def __init__(self, data: Any, actor: Actor, tasks: Sequence[Task] = ()) -> None:
        super().__init__(data)


class RemindForm(NoOptions):
    """What is said to those who are reminded."""

    note = forms.CharField(
        label=gettext_lazy("附言（可不填）"),
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("同一单位只收到一条消息，列出全部催办事项。"),
    )


class AssignForm(NoOptions):
    """To whom the rows go."""

    person = forms.ChoiceField(
        label=gettext_lazy("指派给"), help_text=gettext_lazy("本单位在任人员；岗位须与事项相符。")
    )

    def __init__(self, data: Any, actor: Actor, tasks: Sequence[Task] = ()) -> None:
        super().__init__(data, actor)
        posts = Post.objects.in_force().filter(organisation=actor.organisation, person__is_active=True)
        roles: dict[str, tuple[str, list[str]]] = {}
        for pk, name, role in posts.order_by("person__name").values_list("person_id", "person__name", "role"):
            roles.setdefault(str(pk), (name, []))[1].append(str(PostRole(role).label))
        people = [(pk, f"{name}（{'、'.join(labels)}）") for pk, (name, labels) in roles.items()]
        self.fields["person"].choices = [("", _("请选择")), *people]  # type: ignore[attr-defined]


class ConsultForm(NoOptions):
    """Whom the letters ask."""

    departments = forms.MultipleChoiceField(
        label=gettext_lazy("征求意见的部门"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("每件申报各起一份征求意见函，仍须逐件审核、签发。"),
    )

    def __init__(self, data: Any, actor: Actor, tasks: Sequence[Task] = ()) -> None:
        super().__init__(data, actor)
        found = [(department.code, department.name) for department in the_departments()]
        self.fields["departments"].choices = found  # type: ignore[attr-defined]
        self.initial["departments"] = [code for code, _name in found]


class TableForm(NoOptions):
    """In which form a list is exported."""

    format = forms.ChoiceField(
        label=gettext_lazy("文件格式"), choices=list(TABLE_KINDS.items()), widget=forms.RadioSelect, initial="xlsx"
    )


@dataclass(frozen=True)
class Act:
    """A bulk act. `plan` tells every row's fate; `most` rows at most at once."""

    code: str
    label: str | Promise
    verb: str | Promise
    job: str
    offered: Callable[[Actor, str], bool]
    plan: Callable[[list[Task], Actor, Options], list[Line]]
    form: type[NoOptions] = NoOptions
    most: int = 500
    of_cases: bool = False


def _label(task: Task) -> str:
    return task.title


def _remind(tasks: list[Task], actor: Actor, options: Options) -> list[Line]:
    reminded = doing.reminded_today([task.pk for task in tasks], actor)
    lines = []
    for task in tasks:
        who = task.organisation.short_name
        if task.organisation_id == actor.organisation.pk:
            who = task.assignee.name if task.assignee else str(PostRole(task.role).label)
        if task.done_at:
            blocked = _("已经办结，不用催办。")
        elif task.pk in reminded:
            blocked = _("本单位今天已经催办过。")
        else:
            blocked = ""
        lines.append(Line(task.pk, _label(task), _("催办：%(who)s") % {"who": who}, blocked))
    return lines


def _assign(tasks: list[Task], actor: Actor, options: Options) -> list[Line]:
    person = Person.objects.filter(pk=options["person"]).first() if options.get("person") else None
    posts = Post.objects.in_force().filter(organisation=actor.organisation, person=person)
    roles = set(posts.values_list("role", flat=True)) if person else set()
    lines = []
    for task in tasks:
        blocked = ""
        if task.organisation_id != actor.organisation.pk:
            blocked = _("不是本单位的事项，不能指派。")
        elif task.done_at:
            blocked = _("已经办结，不能再指派。")
        elif person and task.role not in roles:
            blocked = _("%(person)s不在%(role)s岗位上。") % {"person": person, "role": PostRole(task.role).label}
        elif person and task.assignee_id == person.pk:
            blocked = _("已经指派给%(person)s。") % {"person": person}
        will = _("指派给%(person)s") % {"person": person} if person else ""
        lines.append(Line(task.pk, _label(task), will, blocked))
    return lines


def filings_of(tasks: list[Task]) -> list[Filing]:
    """The filings behind the rows, each once, in the order of the rows."""
    order = list(dict.fromkeys(task.dossier for task in tasks))
    rows = Filing.objects.filter(dossier__in=order).select_related("tenant", "case")
    found = {filing.dossier: filing for filing in rows}
    return [found[dossier] for dossier in order if dossier in found]


def _consult(tasks: list[Task], actor: Actor, options: Options) -> list[Line]:
    lines = []
    for filing in filings_of(tasks):
        blocked = ""
        if filing.status != FilingStatus.ACCEPTED:
            blocked = _("状态为“%(status)s”，受理后、审核前才能征求意见。") % {"status": filing.get_status_display()}
        elif signoff.open_draft_of("consultation", filing, actor.organisation.pk):
            blocked = _("征求意见函正在办理。")
        lines.append(Line(filing.pk, filing.park_name, _("起草征求意见函"), blocked))
    return lines


def _list(tasks: list[Task], actor: Actor, options: Options) -> list[Line]:
    return [Line(task.pk, _label(task), _("列入名单")) for task in tasks]


def _zip(tasks: list[Task], actor: Actor, options: Options) -> list[Line]:
    return [Line(filing.pk, filing.park_name, _("打包案卷")) for filing in filings_of(tasks)]


ACTS = {
    act.code: act
    for act in (
        Act("remind", gettext_lazy("催办"), gettext_lazy("催办"), "desk.remind",
            lambda actor, queue: queue != "done", _remind, RemindForm),
        Act("assign", gettext_lazy("指派"), gettext_lazy("指派"), "desk.assign",
            lambda actor, queue: queue not in {"done", "asked"}, _assign, AssignForm),
        Act("consult", gettext_lazy("征求意见"), gettext_lazy("起草征求意见函"), "desk.consult",
            lambda actor, queue: actor.is_lead and actor.is_handler and queue not in {"done", "asked"},
            _consult, ConsultForm, most=100, of_cases=True),
        Act("table", gettext_lazy("导出名单"), gettext_lazy("生成文件"), "desk.table",
            lambda actor, queue: True, _list, TableForm, most=20000),
        Act("zip", gettext_lazy("导出案卷"), gettext_lazy("生成文件"), "desk.zip",
            lambda actor, queue: True, _zip, NoOptions, most=100, of_cases=True),
    )
}  # fmt: skip


def acts_of(actor: Actor, queue: str) -> list[Act]:
    """The bulk acts that a queue offers to a post."""
    return [act for act in ACTS.values() if act.offered(actor, queue)]
