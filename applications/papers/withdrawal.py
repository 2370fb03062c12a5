"""The letter of a city or county that takes a filing back (T31)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.queries import the_government, the_lead
from applications import services
from applications.kinds import kind_of, topic_of
from applications.papers.shared import filing_in, informed
from applications.queries import request_title, we_of, withdrawal_title
from applications.transitions import filing as machine
from notifications.content import addressed, lines, official_name
from notifications.kinds import PaperKind, register
from notifications.models import Draft, Paper
from notifications.paper_forms import BLANK
from notifications.rendering import wording_withdrawal as wording

WITHDRAWAL = "withdrawal"


class WithdrawalForm(forms.Form):
    """Why the city takes its filing back."""

    reasons = forms.CharField(
        label=_("撤回的理由"),
        help_text=_("写明为什么撤回、今后如何安排，每行一段。撤回后本次申报即终止，可以另行再次申报。"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
    )
    contact = forms.CharField(
        label=_("附注"), help_text=_("联系人及办公电话，如：联系人：某某，电话：0571-00000000"), max_length=60
    )


def _compose(draft: Draft) -> dict[str, Any]:
    filing, office = filing_in(draft), official_name(draft.tenant)
    request = filing.request_paper
    told: dict[str, Any] = {
        "title": withdrawal_title(filing),
        "we": we_of(filing),
        "request_title": request.title if request else request_title(filing),
        "request_number": request.number if request else "",
        "reasons": lines(draft.fields.get("reasons", "")) or [BLANK],
        "contact": draft.fields.get("contact", ""),
    }
    if filing.division_id:
        lead = the_lead()
        asks = kind_of(filing).matter.asks.format(park=filing.park_name, host="", area="")
        text = wording.place_withdrawal(office, asks, lead=official_name(lead), **told)
        return addressed(text, office, [lead], informed(filing))
    text = wording.withdrawal(office, topic_of(filing), **told)
    return addressed(text, office, [the_government()], [the_lead()])


def _missing(draft: Draft) -> list[str]:
    filing = filing_in(draft)
    arrow = machine["withdraw"]
    reasons = [str(reason) for rule in arrow.unless for reason in rule(filing)]
    if filing.status not in arrow.sources:
        reasons.append(gettext("申报当前为“%(status)s”，不能撤回。") % {"status": filing.get_status_display()})
    if not lines(draft.fields.get("reasons", "")):
        reasons.append(gettext("请写明撤回的理由。"))
    return reasons


def _signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    services.withdraw(filing_in(draft), "\n".join(lines(draft.fields["reasons"])), paper, actor)


def _page(draft: Draft) -> str:
    return filing_in(draft).get_absolute_url()


register(
    PaperKind(
        code=WITHDRAWAL,
        label=_("撤回申报的函"),
        act=_("签发后即撤回申报"),
        series="letter",
        compose=_compose,
        signed=_signed,
        form=WithdrawalForm,
        page=_page,
        missing=_missing,
    )
)
