"""办理意见 (T30): 省科技厅 goes on with a change of the register without a joint review."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.queries import the_government
from applications.kinds.change import of_content
from applications.papers import check_page
from applications.queries import latest_version
from applications.services import filing_of
from notifications.content import addressed, lines, official_name
from notifications.kinds import PaperKind, register
from notifications.models import Draft, Paper
from notifications.paper_forms import BLANK, required, text_field
from notifications.rendering.wording_waiver import waiver
from reviews import services
from reviews.papers.shared import said
from reviews.services.waiving import WAIVER


class WaiverForm(forms.Form):
    """Why no joint review is held, and who decided that."""

    reasons = text_field(_("不组织联审联评的理由"), _("申报单位可以看到。每行一段。"))
    official = forms.CharField(label=_("作出决定的负责人"), help_text=_("姓名和职务，写入公文。"), max_length=60)


def _compose(draft: Draft) -> dict[str, Any]:
    filing, office = filing_of(draft.subject_id), official_name(draft.tenant)
    version = latest_version(filing)
    assert version is not None, "an accepted filing was submitted"
    assert filing.park is not None, "a change is about a park that is there"
    text = waiver(
        office,
        said(filing),
        what=of_content(filing.park, version.content).words,
        reasons=lines(draft.fields.get("reasons", "")) or [BLANK],
        official=draft.fields.get("official") or BLANK,
    )
    return addressed(text, office, [the_government()])


def _missing(draft: Draft) -> list[str]:
    return [*required(WaiverForm)(draft), *services.against_waiving(filing_of(draft.subject_id))]


def _signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    fields = draft.fields
    services.waive_review(filing_of(draft.subject_id), fields["reasons"], fields["official"], paper, actor)


register(
    PaperKind(
        WAIVER, _("不组织联审联评的办理意见"), _("签发后不组织联审联评，直接形成办理意见"), "letter",
        _compose, _signed, WaiverForm, _missing, page=check_page,
    )
)  # fmt: skip
