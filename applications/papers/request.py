"""创建请示 (T1, T4) and the receipt that answers it."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django import forms
from django.conf import settings
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.queries import the_government, the_lead
from applications import services
from applications.kinds import kind_of, topic_of, word
from applications.models import Filing, FilingVersion
from applications.papers.shared import filing_in, version_in
from applications.queries import area_in_words, request_title, we_of
from applications.rules import REQUEST
from applications.transitions import filing as machine
from notifications.content import addressed, lines, official_name
from notifications.kinds import PaperKind, register
from notifications.models import Draft, Paper
from notifications.rendering import wording
from notifications.rendering.coverage import made_printable
from notifications.rendering.measures import chinese_date
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


def _in_words(draft: Draft, form: forms.Form) -> None:
    """What the grounds are about, in the words of the filing's kind."""
    kind, field = filing_in(draft).kind, form.fields["grounds"]
    field.label = str(word(kind, "grounds", str(field.label)))
    field.help_text = str(word(kind, "grounds.help", field.help_text))


def _series(draft: Draft) -> str:
    """The number series of what it is called: of a letter (函) or of a request (请示)."""
    return "letter" if filing_in(draft).division_id else "request"


def _named(filing: Model | UUID) -> tuple[str, str]:
    """A park's request goes upward (请示), a place writes a letter (函)."""
    found = filing if isinstance(filing, Filing) else services.filing_of(cast("UUID", filing))
    return gettext("申报函") if found.division_id else gettext("申报请示"), gettext("签发后即提交申报")


# -- 请示 (T1) -----------------------------------------------------------------------------------
def _request_missing(draft: Draft) -> list[str]:
    filing = filing_in(draft)
    reasons = [] if draft.status != "drafting" else machine[_submission(filing)].unless
    found = [str(reason) for rule in reasons for reason in rule(filing)]
    for name in ("grounds", "contact"):
        if not str(draft.fields.get(name, "")).strip():
            label = word(filing.kind, name, str(RequestForm.base_fields[name].label))
            told = {"paper": gettext("函") if filing.division_id else gettext("请示"), "field": label}
            found.append(gettext("%(paper)s的“%(field)s”还没有填写。") % told)
    return found


def _submission(filing: Filing) -> str:
    if filing.status == "returned":
        return "resubmit"
    return "lodge" if kind_of(filing).direct else "submit"


def _freeze(draft: Draft, actor: Actor) -> None:
    from applications.freezing import freeze

    with override(settings.LANGUAGE_CODE):
        version = freeze(filing_in(draft), actor)
    draft.fields = {**draft.fields, "version": str(version.pk)}
    draft.save(update_fields=["fields", "changed_at"])


def _compose_request(draft: Draft) -> dict[str, Any]:
    filing = filing_in(draft)
    content, kind = _frozen_or_current(draft, filing), kind_of(filing)
    said = wording.Filing(
        applicant=official_name(filing.tenant),
        park=filing.park_name,
        host=filing.zone_name,
        area=_area(content),
        request_title=request_title(filing),
        request_number="",
        matter=kind.matter,
        we=we_of(filing),
    )
    given = {
        "grounds": "\n".join(lines(draft.fields.get("grounds", ""))) or "（待填写）",
        "contact": draft.fields.get("contact", ""),
    }
    if not filing.division_id:
        # Only what goes upward names who signs it (签发人); a place writes a letter (函) to 省科技厅.
        given["signer"] = draft.signer.name if draft.signer else ""
    if kind.request is not None:
        receiver = the_lead() if kind.direct else the_government()
        return addressed(kind.request(said, content, **given), official_name(filing.tenant), [receiver])
    text = wording.creation_request(
        said,
        **given,
        industries=_industries(content),
        attachments=[f"{filing.park_name}创建规划及申报材料", "四至范围和界址点坐标"],
    )
    return addressed(text, official_name(filing.tenant), [the_government()])


def _frozen_or_current(draft: Draft, filing: Filing) -> dict[str, Any]:
    """The content that was frozen when the request was sent on, before that what stands now."""
    from applications.freezing import snapshot

    if draft.status != "drafting" and draft.fields.get("version"):
        content: dict[str, Any] = version_in(draft).content
        return content
    return snapshot(filing)


def _area(content: dict[str, Any]) -> str:
    return area_in_words(FilingVersion(content=content)) or "（待填写）"


def _industries(content: dict[str, Any]) -> str:
    return "、".join(row["name"] for row in content.get("industries", []) if row["name"]) or "（待填写）"


def _request_signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    services.submit(filing_in(draft), version_in(draft), paper, actor)


# -- 回执 ----------------------------------------------------------------------------------------
def receipt_content(filing: Filing, version: FilingVersion, paper: Paper) -> dict[str, Any]:
    """The receipt's content: number, time, what was submitted, the hash of the frozen version and its files."""
    at = timezone.localtime(version.submitted_at)
    facts = [
        ("申报单位", official_name(filing.tenant)),
        ("申报事项", topic_of(filing)),
        ("申报编号", filing.number),
        ("函号" if filing.division_id else "请示文号", paper.number),
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
        compose=_never,
        signed=_nothing,
    )
)


register(
    PaperKind(
        code=REQUEST,
        label=_("申报请示（函）"),
        act=_("签发后即提交申报"),
        series="request",
        compose=_compose_request,
        signed=_request_signed,
        form=RequestForm,
        missing=_request_missing,
        sent=_freeze,
        adapt=_in_words,
        named=_named,
        series_of=_series,
    )
)
