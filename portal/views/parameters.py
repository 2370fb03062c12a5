"""The parameters (参数): what is in force, since when and why; the signer of 省科技厅 changes them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actors import Actor
from accounts.decorators import only
from accounts.enums import PostRole
from accounts.requests import ActorRequest
from notifications.forms import SignForm
from workflow import basis, instants, parameters
from workflow.machine import Refused
from workflow.models import ParameterValue
from workflow.parameters import Parameter


def may_read(actor: Actor) -> bool:
    """省科技厅, the departments, 省政府办公厅, and the auditor."""
    return actor.is_lead or actor.is_department or actor.is_government or actor.role == PostRole.AUDITOR


def may_change(actor: Actor) -> bool:
    """The signer of 省科技厅."""
    return actor.is_lead and actor.is_signer


class ChangeForm(SignForm):
    """A new value, why, and the signer's password."""

    reason = forms.CharField(label=gettext_lazy("修改理由"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))
    field_order = ["value", "since", "reason", "password"]

    def __init__(self, *args: Any, parameter: Parameter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = field_of(parameter)
        if parameter.dated:
            self.fields["since"] = since_field()
        self.fields["password"].help_text = _(
            "修改即时生效并留存记录；已经起算的期限不变。请再次输入您本人的登录密码。"
        )
        self.order_fields(self.field_order)
        self.kind = parameter.kind

    def clean_value(self) -> Any:
        """A switch is a choice of two words, a share is given in percent."""
        value = self.cleaned_data["value"]
        if self.kind == "share":
            return value / 100
        return value == "on" if self.kind == "switch" else value


def field_of(parameter: Parameter) -> forms.Field:
    """The field for a value of a parameter."""
    label = gettext_lazy("新的值")
    if parameter.kind == "choice":
        return forms.ChoiceField(label=label, choices=list(parameter.choices), widget=forms.RadioSelect)
    if parameter.kind == "number":
        width = forms.TextInput(attrs={"class": "govuk-input--width-5"})
        as_typed = gettext_lazy("十进制数或分数，例如 0.25 或 1/3")
        return forms.CharField(label=label, max_length=20, widget=width, help_text=as_typed)
    if parameter.kind == "switch":
        choices = [("on", gettext_lazy("打开")), ("off", gettext_lazy("关闭"))]
        return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)
    widget = forms.NumberInput(attrs={"class": "govuk-input--width-5"})
    if parameter.kind == "share":
        percent = gettext_lazy("百分数，不带百分号；100 为全部")
        return forms.DecimalField(
            label=label, min_value=0, max_value=100, decimal_places=2, widget=widget, help_text=percent
        )
    hint = gettext_lazy("工作日数") if parameter.kind == "days" else ""
    return forms.IntegerField(label=label, min_value=0, max_value=parameters.LONGEST, widget=widget, help_text=hint)


def since_field() -> forms.Field:
    """From which day on a dated parameter is to hold."""
    return forms.DateField(
        label=gettext_lazy("自何日起适用"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=gettext_lazy("不填即自现在起。已经发布的年度按当时的口径，不受影响。"),
    )


def in_words(parameter: Parameter, value: Any) -> str:
    """A value as one reads it."""
    if parameter.kind == "choice":
        return str(dict(parameter.choices)[value])
    if parameter.kind == "number":
        return f"{value} {parameter.unit}".strip()
    if parameter.kind == "switch":
        return _("打开") if value else _("关闭")
    if parameter.kind == "days":
        return _("%(n)d 个工作日") % {"n": value}
    if parameter.kind == "share":
        share = f"{(value * 100).normalize():f}%"
        return _("全部（%(share)s）") % {"share": share} if value == 1 else share
    return str(value)


def basis_of(parameter: Parameter) -> str:
    """What a parameter rests on, in words."""
    return basis.in_words(parameter.basis) or _("文件没有规定，由省科技厅确定")


@require_safe
@only(may_read)
def index(request: ActorRequest) -> HttpResponse:
    """Every parameter with its value in force."""
    last: dict[str, ParameterValue] = {}
    in_force = ParameterValue.objects.filter(since__lte=instants.now())
    for row in in_force.select_related("person").order_by("version"):
        last[row.name] = row
    rows = [
        {
            "parameter": parameter,
            "basis": basis_of(parameter),
            "value": in_words(parameter, parameter.typed(_value(parameter, last.get(parameter.name)))),
            "set": last.get(parameter.name),
        }
        for parameter in parameters.declared().values()
    ]
    return render(request, "portal/parameters.html", {"rows": rows, "may_change": may_change(request.actor)})


def _value(parameter: Parameter, row: ParameterValue | None) -> Any:
    return row.value if row else parameter.default


@require_http_methods(["GET", "HEAD", "POST"])
@only(may_read)
def parameter(request: ActorRequest, name: str) -> HttpResponse:
    """One parameter with its history; a POST of the signer sets a new value."""
    found = parameters.declared().get(name)
    if found is None or (request.method == "POST" and not may_change(request.actor)):
        raise Http404
    form, status = None, 200
    if may_change(request.actor):
        form = ChangeForm(request.POST or None, parameter=found, person=request.actor.person)
        if request.method == "POST":
            if form.is_valid() and _changed(request, name, form):
                return redirect("portal:parameter", name)
            status = 422
    history = [
        {"row": row, "value": in_words(found, found.typed(row.value))}
        for row in parameters.history(name).select_related("person", "organisation")
    ]
    context = {
        "parameter": found,
        "basis": basis_of(found),
        "value": in_words(found, parameters.value(name)),
        "default": in_words(found, found.typed(found.default)),
        "history": history,
        "form": form,
    }
    return render(request, "portal/parameter.html", context, status=status)


def _changed(request: ActorRequest, name: str, form: ChangeForm) -> bool:
    try:
        told = form.cleaned_data
        parameters.change(name, told["value"], told["reason"], request.actor, told.get("since"))
    except Refused as refusal:
        for reason in refusal.reasons:
            form.add_error(None, reason)
        return False
    if since := told.get("since"):
        messages.success(request, _("参数已修改，自%(day)s起适用。") % {"day": since.isoformat()})
    else:
        messages.success(request, _("参数已修改，从现在起适用；已经起算的期限不变。"))
    return True
