"""The papers of a filing: the city's request and receipt, 受理通知书, 补正通知书, 不予受理通知书."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.queries import the_government
from applications import services
from applications.models import Filing, FilingVersion
from applications.queries import area_in_words, in_words, latest_version, request_title
from applications.rules import REQUEST
from notifications.content import addressed, lines, official_name
from notifications.kinds import PaperKind, register
from notifications.models import Draft, Paper
from notifications.rendering import wording
from notifications.rendering.coverage import made_printable
from notifications.rendering.measures import chinese_date
from workflow.deadlines import due
from workflow.machine import Refused


class RequestForm(forms.Form):
    """What the city's handler writes in the request (请示)."""

    grounds = forms.CharField(
        label=_("创建基础"),
        help_text=_("请示正文第三部分：产业基础、创建条件、规划和论证情况。每行一段。"),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=3000,
    )
    contact = forms.CharField(
        label=_("附注"), help_text=_("联系人及办公电话，如：联系人：某某，电话：0571-00000000"), max_length=60
    )


class NoticeForm(forms.Form):
    """What the notice adds to its fixed wording."""

    contact = forms.CharField(label=_("附注"), help_text=_("联系人及办公电话"), max_length=60, required=False)


class RejectionForm(NoticeForm):
    """Why a filing is not accepted."""

    reasons = forms.CharField(
        label=_("不予受理的理由"),
        help_text=_("逐条写明理由和依据，每行一条。"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=3000,
    )


class SupplementForm(NoticeForm):
    """The one complete list of remarks; the rows are edited on the formal-check page."""


def check_page(draft: Draft) -> str:
    """The formal check of the filing that a notice is about."""
    return reverse("applications:check", args=[draft.subject_id])


def _filing(draft: Draft) -> Filing:
    return services.filing_of(draft.subject_id)


def _version(draft: Draft) -> FilingVersion:
    """The frozen version that a draft rests on."""
    filing = _filing(draft)
    if pk := draft.fields.get("version"):
        return filing.versions.get(pk=pk)
    version = latest_version(filing)
    if version is None:
        raise Refused([gettext("申报尚未冻结版本。")])
    return version


# -- 请示 (T1) -----------------------------------------------------------------------------------
def _request_missing(draft: Draft) -> list[str]:
    filing = _filing(draft)
    reasons = [] if draft.status != "drafting" else services.machine[_submission(filing)].unless
    found = [str(reason) for rule in reasons for reason in rule(filing)]
    for name in ("grounds", "contact"):
        if not str(draft.fields.get(name, "")).strip():
            found.append(gettext("请示的“%(field)s”还没有填写。") % {"field": RequestForm.base_fields[name].label})
    return found


def _submission(filing: Filing) -> str:
    return "resubmit" if filing.status == "returned" else "submit"


def _freeze(draft: Draft, actor: Actor) -> None:
    from applications.freezing import freeze

    with override(settings.LANGUAGE_CODE):
        version = freeze(_filing(draft), actor)
    draft.fields = {**draft.fields, "version": str(version.pk)}
    draft.save(update_fields=["fields", "changed_at"])


def _compose_request(draft: Draft) -> dict[str, Any]:
    filing = _filing(draft)
    content = _frozen_or_current(draft, filing)
    said = wording.Filing(
        applicant=official_name(filing.tenant),
        park=filing.park_name,
        host=filing.host_zone.name,
        area=content["area"],
        request_title=request_title(filing),
        request_number="",
    )
    text = wording.creation_request(
        said,
        signer=draft.signer.name if draft.signer else "",
        industries=content["industries"],
        grounds="\n".join(lines(draft.fields.get("grounds", ""))) or "（待填写）",
        contact=draft.fields.get("contact", ""),
        attachments=[f"{filing.park_name}创建规划及申报材料", "四至范围和界址点坐标"],
    )
    return addressed(text, official_name(filing.tenant), [the_government()])


def _frozen_or_current(draft: Draft, filing: Filing) -> dict[str, str]:
    from applications.freezing import snapshot

    if draft.status != "drafting" and draft.fields.get("version"):
        version = _version(draft)
        return {"area": area_in_words(version), "industries": _industries(version.content)}
    content = snapshot(filing)
    current = FilingVersion(content=content)
    area = area_in_words(current) if content.get("boundary") else "（待填写）"
    return {"area": area, "industries": _industries(content)}


def _industries(content: dict[str, Any]) -> str:
    return "、".join(row["name"] for row in content.get("industries", []) if row["name"]) or "（待填写）"


def _request_signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    services.submit(_filing(draft), _version(draft), paper, actor)


register(
    PaperKind(
        code=REQUEST,
        label=_("创建请示"),
        act=_("签发后即向省政府申报"),
        series="request",
        template="papers/base.html",
        compose=_compose_request,
        signed=_request_signed,
        form=RequestForm,
        missing=_request_missing,
        sent=_freeze,
    )
)


# -- 回执 ----------------------------------------------------------------------------------------
def receipt_content(filing: Filing, version: FilingVersion, paper: Paper) -> dict[str, Any]:
    """The receipt's content: number, time, what was submitted, the hash of the frozen version and its files."""
    at = timezone.localtime(version.submitted_at)
    facts = [
        ("申报单位", official_name(filing.tenant)),
        ("申报事项", f"创建{filing.park_name}"),
        ("申报编号", filing.number),
        ("请示文号", paper.number),
        ("版次", f"第{version.serial}版"),
        ("提交时间", f"{chinese_date(at.date())}{at:%H:%M:%S}（北京时间）"),
    ]
    files = [(made_printable(m["name"]), f"{m['size']:,}字节", m["sha256"]) for m in version.content["materials"]]
    text = wording.receipt("创园", number=version.receipt_number, facts=facts, files=files, digest=version.hash)
    return addressed(text, "创园", [], sealed=False)


def _never(draft: Draft) -> dict[str, Any]:
    raise Refused([gettext("回执由系统自动出具。")])


def _nothing(draft: Draft, paper: Paper, actor: Actor) -> None:
    """A receipt brings nothing about."""


RECEIPT = register(
    PaperKind(
        code="receipt",
        label=_("申报回执"),
        act="",
        series="",
        template="papers/receipt.html",
        compose=_never,
        signed=_nothing,
    )
)


# -- 省科技厅: 受理、补正、不予受理 (T3, T5) --------------------------------------------------------
def _compose_acceptance(draft: Draft) -> dict[str, Any]:
    filing, office = _filing(draft), official_name(draft.tenant)
    received = services.received_on(filing)
    text = wording.acceptance(
        office, in_words(filing, _version(draft)), received=received, contact=draft.fields.get("contact", "")
    )
    return addressed(text, office, [filing.tenant], [the_government()])


def _acceptance_signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    services.accept(_filing(draft), paper, actor)


register(
    PaperKind(
        code="acceptance",
        label=_("受理通知书"),
        act=_("签发后即受理"),
        series="letter",
        template="papers/letter.html",
        compose=_compose_acceptance,
        signed=_acceptance_signed,
        form=NoticeForm,
        page=check_page,
    )
)


def _remarks(draft: Draft) -> list[dict[str, str]]:
    return [row for row in draft.fields.get("remarks", []) if row.get("text", "").strip()]


def _remarks_missing(draft: Draft) -> list[str]:
    return [] if _remarks(draft) else [gettext("补正意见还是空的：请至少写一条，每条对应一个栏目或材料。")]


def _compose_supplement(draft: Draft) -> dict[str, Any]:
    filing, office = _filing(draft), official_name(draft.tenant)
    rows = [
        wording.Remark(
            material=row.get("label", ""), problem=row["text"], basis=row.get("basis", ""), needed=row.get("needed", "")
        )
        for row in _remarks(draft)
    ]
    text = wording.supplement(
        office,
        in_words(filing, _version(draft)),
        remarks=rows,
        due=due(services.SUPPLEMENT_DAYS).date,
        contact=draft.fields.get("contact", ""),
    )
    return addressed(text, office, [filing.tenant], [the_government()])


def _supplement_signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    services.return_for_supplement(_filing(draft), _remarks(draft), paper, actor)


register(
    PaperKind(
        code="supplement",
        label=_("补正通知书"),
        act=_("签发后即退回补正"),
        series="letter",
        template="papers/letter.html",
        compose=_compose_supplement,
        signed=_supplement_signed,
        form=SupplementForm,
        page=check_page,
        missing=_remarks_missing,
        editor="applications:remarks",
    )
)


def _compose_rejection(draft: Draft) -> dict[str, Any]:
    filing, office = _filing(draft), official_name(draft.tenant)
    text = wording.refusal(
        office,
        in_words(filing, _version(draft)),
        reasons=lines(draft.fields.get("reasons", "")) or ["（待填写）"],
        contact=draft.fields.get("contact", ""),
    )
    return addressed(text, office, [filing.tenant], [the_government()])


def _reasons_missing(draft: Draft) -> list[str]:
    return [] if lines(draft.fields.get("reasons", "")) else [gettext("请写明不予受理的理由。")]


def _rejection_signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    services.reject(_filing(draft), paper, actor)


register(
    PaperKind(
        code="rejection",
        label=_("不予受理通知书"),
        act=_("签发后即不予受理"),
        series="letter",
        template="papers/letter.html",
        compose=_compose_rejection,
        signed=_rejection_signed,
        form=RejectionForm,
        page=check_page,
        missing=_reasons_missing,
    )
)
