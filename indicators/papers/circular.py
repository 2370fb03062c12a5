"""通报 (T17): the circular of a year; its signature releases the run and publishes what the switch allows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.enums import OrganisationKind
from accounts.models import Organisation
from indicators import circular_city, circular_content
from indicators.enums import Programme, RunStatus
from indicators.models import Cosignature, Run
from indicators.services import circular
from notifications.content import addressed, lines, official_name
from notifications.enums import DraftStatus
from notifications.kinds import PLACE, PaperKind, register
from notifications.models import Draft, Paper
from notifications.rendering import wording_circular as wording
from notifications.rendering import wording_circular_city as wording_city

# P-0.1: 各市、县（市、区）人民政府，省政府直属各单位.
ADDRESSED = (
    OrganisationKind.APPLICANT_GOV,
    OrganisationKind.COUNTY_GOV,
    OrganisationKind.PROV_GOV_OFFICE,
    OrganisationKind.DEPARTMENT,
    OrganisationKind.OTHER_DEPARTMENT,
)
AREA = {"rows": 5}


class CircularForm(forms.Form):
    """What the office adds to the statistics."""

    summary = forms.CharField(
        label=_("总体情况"),
        help_text=_("接在统计数之后，每行一段；公开范围以外的园区和地方请勿点名。可以不填。"),
        widget=forms.Textarea(attrs=AREA),
        max_length=4000,
        required=False,
    )
    duties = forms.CharField(
        label=_("工作要求"),
        help_text=_("对各地（各园区）的要求，每行一段。可以不填。"),
        widget=forms.Textarea(attrs=AREA),
        max_length=4000,
        required=False,
    )
    contact = forms.CharField(
        label=_("联系人和电话"), help_text=_("如：联系人某某，电话 0571-00000000"), max_length=120, required=False
    )


def _run(draft: Draft) -> Run:
    return Run.objects.get(pk=draft.subject_id)


def _series(draft: Draft) -> str:
    """Cities and counties have a series of their own."""
    return PLACE if _run(draft).programme == Programme.CITY else "request"


def addressees() -> list[Organisation]:
    """To whom every circular goes, in the order of the offices."""
    return list(Organisation.objects.filter(Q(kind__in=ADDRESSED), active=True).order_by("order", "code"))


def _compose(draft: Draft) -> dict[str, Any]:
    run, office, fields = _run(draft), official_name(draft.tenant), draft.fields
    cosigned = circular_content.in_names(circular.cosigners(run))
    said: dict[str, Any] = {
        "summary": lines(fields.get("summary", "")),
        "duties": lines(fields.get("duties", "")),
        "corrected": circular_content.corrects(run),
        "contact": fields.get("contact", ""),
    }
    if run.programme == Programme.CITY:
        text = wording_city.circular(office, circular_city.year_of(run, cosigned), **said)
    else:
        text = wording.circular(office, circular_content.year_of(run, cosigned), **said)
    return addressed(text, office, addressees())


def _missing(draft: Draft) -> list[str]:
    """The form's own, names that are not public; before the signature the countersignatures on these very words."""
    run, form = _run(draft), CircularForm(draft.fields)
    found = [] if form.is_valid() else [str(error) for errors in form.errors.values() for error in errors]
    if run.status != RunStatus.PROPOSED and draft.status != DraftStatus.SIGNED:
        found.append(gettext("测算结果没有提请发布，或者已经撤回。"))
    found += _named(run, draft)
    if draft.status == DraftStatus.SIGNING:
        found += circular.cosignatures_missing(run, draft, _compose(draft))
    return found


def _named(run: Run, draft: Draft) -> list[str]:
    """Subjects that the text names although only they themselves are told."""
    said = " ".join(str(draft.fields.get(name, "")) for name in ("summary", "duties"))
    public = {one.pk for one in circular_content.public_ones(run)}
    names = [one.name for one in run.assessments.all() if one.pk not in public and one.name in said]
    if not names:
        return []
    return [gettext("文中点名了不在公开范围内的对象：%(names)s。") % {"names": "、".join(names)}]


def _passed(draft: Draft, actor: Actor) -> None:
    """会签 follows the check and comes before the signature."""
    circular.ask_cosignatures(_run(draft), draft, _compose(draft), actor)


def _dropped(draft: Draft, actor: Actor) -> None:
    circular.drop_cosignatures(_run(draft), actor)


def _signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    circular.publish(_run(draft), actor, paper)


def _page(draft: Draft) -> str:
    return _run(draft).get_absolute_url()


def _panel(draft: Draft, actor: Actor) -> dict[str, Any]:
    run = _run(draft)
    rows = Cosignature.objects.filter(run=run, draft=draft).select_related("tenant").order_by("-asked_at")
    newest: dict[Any, Cosignature] = {}
    for row in rows:
        newest.setdefault(row.tenant_id, row)
    return {
        "template": "indicators/_cosigning.html",
        "rows": [{"row": row, "tag": tag_of(row)} for row in newest.values()],
        "planned": [] if newest else [office.short_name for office in circular.cosigners(run)],
        "listing": run.get_listing_display(),
        "top": run.top,
    }


def tag_of(row: Cosignature) -> dict[str, str]:
    """What a department said, as shape and word."""
    if row.agreed is None:
        return {"kind": "waiting", "text": gettext("待会签")}
    return {"kind": "done", "text": gettext("同意")} if row.agreed else {"kind": "late", "text": gettext("有不同意见")}


register(
    PaperKind(
        circular.KIND, _("年度评价通报"), _("签发后即发布年度评价结果"), "request",
        _compose, _signed, CircularForm, _missing, published=True, page=_page, passed=_passed, dropped=_dropped,
        panel=_panel, series_of=_series,
    )
)  # fmt: skip
