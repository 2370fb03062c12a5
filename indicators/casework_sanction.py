"""What an actor may do on a sanction case now: acts with their forms, and papers to be drafted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from indicators import forms_sanction as forms
from indicators import rules_sanction as rules
from indicators.enums_sanction import HEARD, RUNNING, STANDING, WEIGHING, CardStatus, SanctionStatus
from indicators.models import SanctionCase, YellowCard
from indicators.services import sanctions
from indicators.services.sanctions.deciding import CONSEQUENCES
from workflow import instants
from workflow.ledger import in_chinese
from workflow.models import Task

Text = str | Promise
S = SanctionStatus
Open = Callable[[SanctionCase, Actor], bool]


@dataclass(frozen=True)
class Act:
    """An act on the case page: whose it is, its form, when it is open, what it does, what is said when it is done."""

    name: str
    who: Open
    label: Text
    form: type[forms.CaseForm]
    is_open: Open
    perform: Callable[[SanctionCase, Any, Actor], Any]
    done: Text
    hint: Text = ""


@dataclass(frozen=True)
class Start:
    """A paper that a handler may begin to draft."""

    kind: str
    who: Open
    label: Text
    is_open: Open
    hint: Text = ""


def _lead(case: SanctionCase, actor: Actor) -> bool:
    return rules.is_handler_of_lead(actor, case)


def _addressee(case: SanctionCase, actor: Actor) -> bool:
    return rules.is_of_addressee(actor, case) and actor.is_handler


def _receives(case: SanctionCase, actor: Actor) -> bool:
    return rules.is_addressee(actor, case)


def _signs(case: SanctionCase, actor: Actor) -> bool:
    return rules.is_signer_of_addressee(actor, case)


def _department(case: SanctionCase, actor: Actor) -> bool:
    return actor.is_department and actor.is_signer


def _government(case: SanctionCase, actor: Actor) -> bool:
    return actor.is_government and actor.is_handler


def _lead_or_government(case: SanctionCase, actor: Actor) -> bool:
    return _lead(case, actor) or _government(case, actor)


def _in_time(case: SanctionCase, actor: Actor) -> bool:
    return case.status in HEARD and not rules.statement_over(case)


def card_of(case: SanctionCase) -> YellowCard | None:
    """The card that the case led to."""
    return YellowCard.objects.filter(dossier=case.dossier).select_related("paper", "ended_by").first()


def _card_in_force(case: SanctionCase) -> YellowCard | None:
    return YellowCard.objects.filter(dossier=case.dossier, status=CardStatus.IN_FORCE).first()


def _consequence(what: str) -> Open:
    def is_open(case: SanctionCase, actor: Actor) -> bool:
        if not case.is_revocation or case.status not in STANDING:
            return False
        mine = Task.objects.filter(subject_id=case.pk, kind=f"revoked_{what}", done_at=None)
        return mine.filter(organisation=actor.organisation, role=actor.role).exists()

    return is_open


def _unchecked(case: SanctionCase) -> bool:
    hearing = getattr(case, "hearing", None)
    return hearing is not None and hearing.recorded_at is not None and hearing.checked_at is None


def _planned(case: SanctionCase) -> bool:
    """Whether the hearing's time has come, so that there is something to record."""
    hearing = getattr(case, "hearing", None)
    return hearing is not None and hearing.held_at is not None and hearing.held_at <= instants.now()


def _answer(case: SanctionCase, form: Any, actor: Actor) -> None:
    for argument, outcome, text in form.given():
        sanctions.answer(case, argument, outcome, text, actor)


def _plan(case: SanctionCase, form: Any, actor: Actor) -> None:
    card = _card_in_force(case)
    assert card is not None, "the act is offered with a card in force"
    sanctions.hand_in_plan(card, form.cleaned_data["note"], actor)


def _check(case: SanctionCase, form: Any, actor: Actor) -> None:
    card = _card_in_force(case)
    assert card is not None, "the act is offered with a card in force"
    sanctions.note_check(card, form.cleaned_data["note"], actor)


def _carry(what: str) -> Callable[[SanctionCase, Any, Actor], Any]:
    return lambda case, form, actor: sanctions.carry_out(case, what, form.cleaned_data["note"], actor)


ACTS = (
    Act(
        "receive", _receives, _("签收告知书"), forms.EmptyForm,
        lambda case, actor: case.status == S.NOTICED and rules.is_addressee(actor, case),
        lambda case, form, actor: sanctions.receive(case, actor), _("已签收，陈述申辩期限自次日起算。"),
        _("签收时间随即记录；陈述申辩的期限自签收次日起算。"),
    ),
    Act(
        "serve", _receives, _("签收决定"), forms.EmptyForm,
        lambda case, actor: case.status == S.IMPOSED and rules.is_addressee(actor, case),
        lambda case, form, actor: sanctions.serve(case, actor), _("已签收，申请复核的期限自次日起算。"),
        _("签收时间随即记录；申请复核的期限自签收次日起算。"),
    ),
    Act(
        "attach", _addressee, _("上传附件"), forms.FilesForm,
        lambda case, actor: _addressee(case, actor) and case.status in (*HEARD, S.HEARING)
        and not rules.statement_over(case),
        lambda case, form, actor: sanctions.attach(case, form.cleaned_data["attachments"], actor), _("附件已提交。"),
    ),
    Act(
        "ask_hearing", _signs, _("申请听证"), forms.ReasonForm,
        lambda case, actor: _in_time(case, actor) and rules.is_signer_of_addressee(actor, case)
        and not rules.heard_before(case),
        lambda case, form, actor: sanctions.ask_hearing(case, form.cleaned_data["reason"], actor),
        _("已申请听证，其他期限暂停计算。"), _("由签发人提出；听证期间其他期限停止计算。"),
    ),
    Act(
        "withdraw_hearing", _signs, _("撤回听证申请"), forms.ReasonForm,
        lambda case, actor: case.status == S.HEARING and rules.is_signer_of_addressee(actor, case),
        lambda case, form, actor: sanctions.withdraw_hearing(case, form.cleaned_data["reason"], actor),
        _("已撤回听证申请，期限继续计算。"), _("撤回后不能再次申请听证。"),
    ),
    Act(
        "check_minutes", _receives, _("核对听证笔录"), forms.RemarkForm,
        lambda case, actor: _receives(case, actor) and _unchecked(case),
        lambda case, form, actor: sanctions.check_minutes(case, form.cleaned_data["remark"], actor),
        _("已记录核对结果。"), _("核对无误的直接提交；有异议的写明哪一处、应当怎样记。"),
    ),
    Act(
        "answer", _lead, _("逐条答复申辩理由"), forms.AnswersForm,
        lambda case, actor: _lead(case, actor) and case.status in (*HEARD, S.HEARING) and case.arguments.exists(),
        _answer, _("答复已保存。"), _("每一条都要答复后才能作出决定；决定签发前可以修改，园区所在市随决定看到答复。"),
    ),
    Act(
        "opinion", _department, _("提出意见"), forms.OpinionForm,
        lambda case, actor: actor.is_department and actor.is_signer and case.status in RUNNING,
        lambda case, form, actor: sanctions.give_opinion(
            case, form.cleaned_data["stance"], form.cleaned_data["text"], actor
        ),
        _("意见已送省科技厅。"), _("园区所在市看不到成员单位的意见。"),
    ),
    Act(
        "plan", _addressee, _("报送整改方案"), forms.NoteForm,
        lambda case, actor: _addressee(case, actor) and _card_in_force(case) is not None, _plan,
        _("整改方案已报送。"),
    ),
    Act(
        "check", _lead, _("填写年中检查情况"), forms.NoteForm,
        lambda case, actor: _lead(case, actor) and _card_in_force(case) is not None, _check, _("检查情况已保存。"),
    ),
    *(
        Act(f"revoked_{what}", mine, label, forms.NoteForm, mine, _carry(what), _("已办结。"))
        for what, label in CONSEQUENCES.items()
        for mine in [_consequence(what)]
    ),
)  # fmt: skip


def _decides_review(case: SanctionCase, actor: Actor) -> bool:
    return case.status == S.REVIEW and actor.is_handler and _decides(case, actor)


def _decides(case: SanctionCase, actor: Actor) -> bool:
    return actor.is_government if case.is_revocation else actor.is_lead


def _takes_back(case: SanctionCase, actor: Actor) -> bool:
    return bool(case.doubts) and actor.is_handler and _decides(case, actor) and case.status in WEIGHING


STARTS = (
    Start("sanction_notice", _lead, _("起草告知书"), lambda case, actor: case.status == S.CONFIRMED),
    Start(
        "sanction_statement", _addressee, _("起草陈述申辩意见"),
        lambda case, actor: _in_time(case, actor) and _addressee(case, actor),
        _("经办人起草、审核人审核、签发人签发后送省科技厅；写作中自动保存。"),
    ),
    Start(
        "hearing_notice", _lead, _("起草听证通知书"),
        lambda case, actor: case.status == S.HEARING and not _planned(case),
        _("签发后送达园区所在市和管委会；改期的另发通知。"),
    ),
    Start(
        "hearing_record", _lead, _("起草听证笔录"), lambda case, actor: case.status == S.HEARING and _planned(case),
        _("签发后交园区所在市核对，其他期限继续计算。"),
    ),
    Start(
        "yellow_card", _lead, _("起草黄牌警告通知书"),
        lambda case, actor: case.status in HEARD and not case.is_revocation,
        _("每条申辩理由都答复、陈述申辩期满或者已收到意见之后才能签发。"),
    ),
    Start(
        "revocation_request", _lead, _("起草取消创建资格的请示"),
        lambda case, actor: case.status in HEARD and case.is_revocation,
        _("每条申辩理由都答复、陈述申辩期满或者已收到意见之后才能签发。"),
    ),
    Start(
        "revocation", _government, _("起草取消创建资格的通知"),
        lambda case, actor: case.status == S.REPORTED and actor.is_government and actor.is_handler,
    ),
    Start(
        "sanction_spared", _lead_or_government, _("起草不予处理决定书"),
        lambda case, actor: (case.status in HEARD and _lead(case, actor))
        or (case.status == S.REPORTED and actor.is_government and actor.is_handler),
    ),
    Start(
        "review_request", _addressee, _("起草复核申请"),
        lambda case, actor: case.status == S.SERVED and _addressee(case, actor) and not rules.review_over(case),
    ),
    Start("review_decision", _lead_or_government, _("起草复核决定书"), _decides_review),
    Start(
        "sanction_ended", _lead, _("起草终止办理通知"),
        lambda case, actor: bool(case.doubts) and case.status in RUNNING[1:] and _lead(case, actor),
    ),
    Start("sanction_taken_back", _lead_or_government, _("起草撤销决定通知"), _takes_back),
)  # fmt: skip


def acts_of(case: SanctionCase, actor: Actor) -> list[Act]:
    """The acts that are open to the actor now."""
    return [act for act in ACTS if act.who(case, actor) and act.is_open(case, actor)]


def starts_of(case: SanctionCase, actor: Actor) -> list[Start]:
    """The papers that the actor may draft now."""
    return [start for start in STARTS if start.who(case, actor) and start.is_open(case, actor)]


def draft_title(start: Start, case: SanctionCase) -> str:
    """What a new draft is called until it is composed."""
    return f"{case.name}{case.year}年度：{in_chinese(start.label)}"
