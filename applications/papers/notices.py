"""What 省科技厅 answers in the formal check: 受理, 补正, 不予受理 (T3, T5)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from applications import remarks, services
from applications.display import label_of
from applications.enums import RemarkReason
from applications.kinds import kind_of
from applications.models import Remark
from applications.papers.shared import NoticeForm, check_page, filing_in, informed, version_in
from applications.queries import in_words
from applications.rules import remarks_unsettled, second_unacknowledged
from notifications.content import addressed, lines, official_name
from notifications.kinds import PaperKind, register
from notifications.models import Draft, Paper
from notifications.rendering import wording
from notifications.rendering.wording_city import city_acceptance
from notifications.rendering.wording_national import alone_acceptance
from workflow.deadlines import due
from workflow.parameters import value


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


# -- 省科技厅: 受理、补正、不予受理 (T3, T5) --------------------------------------------------------
def _compose_acceptance(draft: Draft) -> dict[str, Any]:
    filing, office = filing_in(draft), official_name(draft.tenant)
    received = services.received_on(filing)
    kind = kind_of(filing)
    say = alone_acceptance if kind.alone else city_acceptance if kind.direct else wording.acceptance
    text = say(office, in_words(filing, version_in(draft)), received=received, contact=draft.fields.get("contact", ""))
    return addressed(text, office, [filing.tenant], informed(filing))


def _acceptance_signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    services.accept(filing_in(draft), paper, actor)


def _remarks(draft: Draft) -> list[dict[str, str]]:
    return [row for row in draft.fields.get("remarks", []) if row.get("text", "").strip()]


def _remarks_missing(draft: Draft) -> list[str]:
    return remarks.obstacles(filing_in(draft), _remarks(draft))


def _all_remarks(draft: Draft) -> list[wording.Remark]:
    """What the notice lists: remarks of earlier rounds that stay open, then the new ones."""
    kept = [
        wording.Remark(
            material=label_of(remark.target),
            problem=remark.text,
            basis=remark.basis,
            needed=_last_words(remark) or remark.needed,
        )
        for remark in filing_in(draft).remarks.to_answer()
    ]
    new = [
        wording.Remark(
            material=row.get("label", ""),
            problem=_with_reason(row),
            basis=row.get("basis", ""),
            needed=row.get("needed", ""),
        )
        for row in _remarks(draft)
    ]
    return [*kept, *new]


def _last_words(remark: Remark) -> str:
    last = remark.entries.order_by("-at").first()
    return last.text if last else ""


def _with_reason(row: dict[str, str]) -> str:
    """The remark under its reason, in the Chinese of the paper; 其它 says nothing."""
    code = row.get("reason", "")
    if not code or code == RemarkReason.OTHER:
        return row["text"]
    with override(settings.LANGUAGE_CODE):
        return f"{RemarkReason(code).label}：{row['text']}"


def _acceptance_missing(draft: Draft) -> list[str]:
    filing = filing_in(draft)
    return [*remarks_unsettled(filing), *second_unacknowledged(filing)]


def _compose_supplement(draft: Draft) -> dict[str, Any]:
    filing, office = filing_in(draft), official_name(draft.tenant)
    text = wording.supplement(
        office,
        in_words(filing, version_in(draft)),
        remarks=_all_remarks(draft),
        due=due(value("supplement_days")).date,
        contact=draft.fields.get("contact", ""),
    )
    return addressed(text, office, [filing.tenant], informed(filing))


def _supplement_signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    services.return_for_supplement(filing_in(draft), _remarks(draft), paper, actor)


def _compose_rejection(draft: Draft) -> dict[str, Any]:
    filing, office = filing_in(draft), official_name(draft.tenant)
    text = wording.refusal(
        office,
        in_words(filing, version_in(draft)),
        reasons=lines(draft.fields.get("reasons", "")) or ["（待填写）"],
        contact=draft.fields.get("contact", ""),
    )
    return addressed(text, office, [filing.tenant], informed(filing))


def _reasons_missing(draft: Draft) -> list[str]:
    return [] if lines(draft.fields.get("reasons", "")) else [gettext("请写明不予受理的理由。")]


def _rejection_signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    services.reject(filing_in(draft), paper, actor)


register(
    PaperKind(
        code="acceptance",
        label=_("受理通知书"),
        act=_("签发后即受理"),
        series="letter",
        compose=_compose_acceptance,
        signed=_acceptance_signed,
        form=NoticeForm,
        page=check_page,
        missing=_acceptance_missing,
    )
)


register(
    PaperKind(
        code="supplement",
        label=_("补正通知书"),
        act=_("签发后即退回补正"),
        series="letter",
        compose=_compose_supplement,
        signed=_supplement_signed,
        form=SupplementForm,
        page=check_page,
        missing=_remarks_missing,
        editor="applications:remarks",
    )
)


register(
    PaperKind(
        code="rejection",
        label=_("不予受理通知书"),
        act=_("签发后即不予受理"),
        series="letter",
        compose=_compose_rejection,
        signed=_rejection_signed,
        form=RejectionForm,
        page=check_page,
        missing=_reasons_missing,
    )
)
