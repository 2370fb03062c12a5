"""复函 (T7): a department's opinion."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.queries import the_lead
from notifications.content import addressed, lines, official_name
from notifications.kinds import PaperKind, register
from notifications.models import Draft, Paper
from notifications.rendering import wording
from reviews import services
from reviews.enums import Stance
from reviews.models import Opinion
from reviews.papers.shared import BLANK, required, said, text_field


class OpinionForm(forms.Form):
    """What a department says."""

    stance = forms.ChoiceField(label=_("意见"), choices=Stance.choices, widget=forms.RadioSelect)
    reasons = text_field(_("理由和依据"), _("对照本部门职能逐条写明，每行一条。"))
    conditions = text_field(
        _("条件"), _("选择“有条件同意”时必填，每行一条，申报单位将逐条落实。"), rows=4, required=False
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        conditions = lines(data.get("conditions", ""))
        if data.get("stance") == Stance.CONDITIONS and not conditions:
            self.add_error("conditions", gettext("选择“有条件同意”时，请至少写明一个条件。"))
        if data.get("stance") in {Stance.AGREE, Stance.DISAGREE} and conditions:
            self.add_error("conditions", gettext("只有“有条件同意”才列条件；请清空条件，或改选意见。"))
        return data


def _opinion_page(draft: Draft) -> str:
    return reverse("reviews:opinion", args=[draft.subject_id])


# -- 复函 (T7) -----------------------------------------------------------------------------------
def _opinion(draft: Draft) -> Opinion:
    return Opinion.objects.select_related("case__filing__tenant", "case__filing__host_zone").get(pk=draft.subject_id)


def _compose_opinion(draft: Draft) -> dict[str, Any]:
    opinion, office, lead = _opinion(draft), official_name(draft.tenant), the_lead()
    stance = Stance(draft.fields.get("stance") or Stance.AGREE)
    text = wording.department_reply(
        office,
        said(opinion.case.filing),
        to=official_name(lead),
        asked=opinion.case.inquiry_paper.number,
        opinion={Stance.AGREE: "同意", Stance.CONDITIONS: "有条件同意", Stance.DISAGREE: "不同意"}[stance],
        reasons=lines(draft.fields.get("reasons", "")) or [BLANK],
        conditions=lines(draft.fields.get("conditions", "")),
    )
    return addressed(text, office, [lead])


def _opinion_signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    fields = draft.fields
    services.give_opinion(
        _opinion(draft), Stance(fields["stance"]), fields["reasons"], lines(fields.get("conditions", "")), paper, actor
    )


register(
    PaperKind(
        "opinion", _("部门复函"), _("签发后即提交本部门意见"), "letter", "papers/letter.html",
        _compose_opinion, _opinion_signed, OpinionForm, required(OpinionForm), page=_opinion_page,
    )
)  # fmt: skip
