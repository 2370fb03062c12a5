"""复函 (T7): a department's opinion."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.queries import the_lead
from applications.display import label_of
from notifications.content import addressed, lines, official_name
from notifications.kinds import PaperKind, register
from notifications.models import Draft, Paper
from notifications.paper_forms import BLANK, required, text_field
from notifications.rendering import wording
from notifications.rendering.measures import chinese_date
from reviews import services
from reviews.enums import Stance
from reviews.models import Opinion
from reviews.opinion_fields import Row, conditions_in, day_in, remarks_in
from reviews.papers.shared import said
from reviews.services.opinions import record_state


class OpinionForm(forms.Form):
    """What a department says; its conditions and remarks on sections are rows of the opinion's own page."""

    stance = forms.ChoiceField(label=_("意见"), choices=Stance.choices, widget=forms.RadioSelect)
    reasons = text_field(_("理由和依据"), _("对照本部门职能逐条写明，每行一条。"))


def opinion_missing(draft: Draft) -> list[str]:
    """What stands against sending or signing: the form's own, and conditions that do not fit the stance."""
    reasons = required(OpinionForm)(draft)
    stance, conditions = draft.fields.get("stance"), conditions_in(draft.fields)
    if stance == Stance.CONDITIONS and not conditions:
        reasons.append(gettext("选择“有条件同意”时，请至少写明一个条件。"))
    if stance in {Stance.AGREE, Stance.DISAGREE} and conditions:
        reasons.append(gettext("只有“有条件同意”才列条件；请清空条件，或改选意见。"))
    return reasons


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
        conditions=[_in_words(row) for row in conditions_in(draft.fields)],
        remarks=[f"{label_of(row['section'])}：{row['text']}" for row in remarks_in(draft.fields)],
    )
    return addressed(text, office, [lead])


def _in_words(row: Row) -> str:
    """A condition as the letter says it: its text, the section, the day, and who has to meet it."""
    day = day_in(row)
    more = [
        gettext("涉及“%(section)s”") % {"section": label_of(row["section"])} if row["section"] else "",
        row["answerer"] and gettext("由%(who)s落实") % {"who": row["answerer"]},
        chinese_date(day) + gettext("前完成") if day else "",
        "" if row["mandatory"] else gettext("建议性"),
    ]
    said = "，".join(part for part in more if part)
    text = " ".join(str(row["text"]).split())
    return f"{text}（{said}）" if said else text


def _opinion_signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    fields = draft.fields
    services.give_opinion(
        _opinion(draft),
        Stance(fields["stance"]),
        fields["reasons"],
        conditions_in(fields),
        remarks_in(fields),
        paper,
        actor,
    )


def _sent(draft: Draft, actor: Actor) -> None:
    """What is sent for checking is on record, also where the page saved itself."""
    record_state(_opinion(draft), draft, actor)


register(
    PaperKind(
        "opinion", _("部门复函"), _("签发后即提交本部门意见"), "letter",
        _compose_opinion, _opinion_signed, OpinionForm, opinion_missing, page=_opinion_page,
        editor="reviews:opinion_draft", sent=_sent,
    )
)  # fmt: skip
