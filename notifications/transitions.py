"""The way of a draft through its office. One row per arrow of the drawing in docs/workflow.md."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from notifications import rules
from notifications.enums import DraftStatus as S
from notifications.kinds import kind_of
from notifications.models import Draft
from workflow.enums import Audience
from workflow.machine import Machine, Transition, register


def incomplete(draft: Draft) -> list[str]:
    """What the kind of paper still misses."""
    return kind_of(draft.kind).missing(draft)


def without_code(draft: Draft) -> list[str]:
    """Without its code (机关代字) the paper would have no number (GB/T 9704)."""
    series = kind_of(draft.kind).series_for(draft)
    if not series or draft.tenant.series.get(series):
        return []
    return [gettext("本单位还没有登记这类公文的机关代字，编不出发文字号。请联系平台运维在“单位”里补登。")]


draft = register(
    Machine(
        "notifications.draft",
        S,
        (
            Transition(
                "send",
                _("送审"),
                {S.DRAFTING},
                S.CHECKING,
                rules.is_handler,
                (incomplete, without_code),
                audience=Audience.OFFICE,
            ),
            Transition("pass_on", _("审核通过"), {S.CHECKING}, S.SIGNING, rules.is_reviewer, audience=Audience.OFFICE),
            Transition(
                "send_back",
                _("退回修改"),
                {S.CHECKING, S.SIGNING},
                S.DRAFTING,
                rules.may_send_back,
                audience=Audience.OFFICE,
            ),
            Transition(
                "sign",
                _("签发"),
                {S.SIGNING},
                S.SIGNED,
                rules.is_signer,
                (incomplete, without_code),
                audience=Audience.OFFICE,
            ),
            Transition("cancel", _("作废"), {S.DRAFTING}, S.CANCELLED, rules.is_handler, audience=Audience.OFFICE),
            Transition(
                "lapse",
                _("事项终止，文稿作废"),
                {S.DRAFTING, S.CHECKING, S.SIGNING},
                S.CANCELLED,
                rules.is_the_system,
                audience=Audience.OFFICE,
            ),
        ),
    )
)
