"""Objections during a public notice: filed by anybody under the real name, handled by 省科技厅, kept confidential."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from accounts.queries import the_lead
from accounts.scope import present
from files import services as stored
from files.purposes import Purpose
from files.refusals import UploadRefused
from notifications.models import Paper
from notifications.notices import notify
from notifications.papers import ALPHABET
from reviews import periods, periods_city, periods_objections, rules
from reviews.enums_publicity import ObjectionOutcome, ObjectionStatus
from reviews.models import Case, Inquiry, Objection, ObjectionFile, Objector, Publicity
from reviews.services.asking import ask_office
from reviews.services.publicity import uphold
from reviews.transitions import objection as machine
from workflow import clocks, ledger, outbox, todo
from workflow.deadlines import due
from workflow.enums import Audience
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Event
from workflow.parameters import value

NUMBER_LENGTH, CODE_LENGTH = 6, 14
MOST_FILES = 5
# Given through the form of the public page alone: nobody sends such a file in pieces.
PURPOSE = Purpose(
    "objection", gettext_lazy("公示异议附件"), lambda actor, dossier: None, (".pdf", ".jpg", ".jpeg", ".png"), 20 << 20
)


@dataclass(frozen=True)
class Receipt:
    """What whoever objects keeps: the number of the receipt, and the code that opens the answer."""

    number: str
    code: str


def is_open(notice: Publicity) -> bool:
    """Whether objections are taken now: from the first day to the end of the last one, Beijing time."""
    return notice.closed_at is None and not rules.is_over(notice)


def receipt_of(notice: Publicity, form: UUID) -> Receipt:
    """The receipt of one filled-in form: the same for each click on its button, guessed by nobody."""
    day = notice.starts_on.strftime("%Y%m%d")
    return Receipt(f"YY{day}-{_secret('number', form, NUMBER_LENGTH)}", _secret("code", form, CODE_LENGTH))


def _secret(what: str, form: UUID, length: int) -> str:
    digest = hmac.new(settings.SECRET_KEY.encode(), f"objection:{what}:{form}".encode(), hashlib.sha256).digest()
    number, letters = int.from_bytes(digest, "big"), ""
    for _place in range(length):
        number, rest = divmod(number, len(ALPHABET))
        letters += ALPHABET[rest]
    return letters


def code_hash(code: str) -> str:
    """What is stored of a look-up code; written in any case, with or without spaces and hyphens."""
    plain = "".join(c for c in code.upper() if c.isalnum())
    return hashlib.sha256(f"objection:{plain}".encode()).hexdigest()


@transaction.atomic
def file_objection(
    notice: Publicity,
    form: UUID,
    *,
    name: str,
    unit: str,
    phone: str,
    text: str,
    by_unit: bool = False,
    files: Sequence[UploadedFile] = (),
) -> Receipt:
    """Take an objection during the period. A second click gives the first receipt and takes nothing twice."""
    receipt = receipt_of(notice, form)
    if found(receipt.number, receipt.code) is not None:
        return receipt
    if not is_open(notice):
        raise Refused([_("公示已经结束，不再接受异议。如有问题，可以拨打监督电话反映。")])
    if not all(part.strip() for part in (name, unit, phone, text)):
        raise Refused([_("匿名异议不予受理：请填写真实姓名、单位、联系电话和异议内容。")])
    lead = the_lead()
    own = {"dossier": notice.dossier, "tenant": lead}
    objection = Objection.objects.create(
        id=uuid5(form, "objection"),
        **own,
        publicity=notice,
        number=receipt.number,
        code_hash=code_hash(receipt.code),
        text=text.strip(),
    )
    Objector.objects.create(
        **own, objection=objection, name=name.strip(), unit=unit.strip(), phone=phone.strip(), sealed_unit=by_unit
    )
    _enclose(objection, files)
    outbox.follow(None, "reviews.objection_filed", str(objection.pk), {"objection": str(objection.pk)}, lead)
    return receipt


def _enclose(objection: Objection, sent: Sequence[UploadedFile]) -> None:
    """Keep the files for 省科技厅 alone; one that is not taken refuses the whole, in its own words."""
    if len(sent) > MOST_FILES:
        raise Refused([_("最多可以附 %(n)d 个文件。") % {"n": MOST_FILES}])
    refusals = []
    for one in sent:
        try:
            upload = stored.store_unsigned(objection.tenant, objection.dossier, one, PURPOSE)
        except UploadRefused as refused:
            refusals.append(str(refused))
        else:
            ObjectionFile.objects.create(
                dossier=objection.dossier, tenant_id=objection.tenant_id, objection=objection, upload=upload
            )
    if refusals:
        raise Refused(refusals)


def found(number: str, code: str) -> Objection | None:
    """The objection of a receipt, without the person, for whoever presents both number and code."""
    hashed = code_hash(code)
    rows = Objection.objects.select_related("publicity")
    present(hashed)
    try:
        return rows.filter(code_hash=hashed, number=number.strip().upper()).first()
    finally:
        present("")


@transaction.atomic
def accept_objection(objection: Objection, actor: Actor) -> Event:
    """The objection is formally valid: the answer is due in fifteen working days (T11)."""
    due_on = due(value("objection_days")).date
    event = machine.perform(objection, "accept", actor, data={"number": objection.number}, changes={"due_on": due_on})
    todo.close(objection, actor)
    periods_objections.begin(objection, event, actor.organisation)
    title = recorded("答复异议：%(number)s") % {"number": objection.number}
    case = _case_of(objection)
    ask_office(
        objection, "objection_answer", title, objection.get_absolute_url(), case, actor.organisation, actor, due_on
    )
    return event


@transaction.atomic
def reject_objection(objection: Objection, reason: str, actor: Actor) -> Event:
    """The objection is not taken up, for a reason that whoever filed it reads."""
    if not reason.strip():
        raise Refused([_("请写明不予受理的理由，异议人凭回执可以看到。")])
    event = machine.perform(
        objection, "reject", actor, data={"number": objection.number}, changes={"refusal": reason.strip()}
    )
    todo.close(objection, actor)
    return event


@transaction.atomic
def ask_city(objection: Objection, text: str, actor: Actor) -> Inquiry:
    """转请说明: the city reads what 省科技厅 writes here, never the objection and never the person."""
    if not rules.is_lead_handler(actor, objection):
        raise Refused([_("只有省科技厅的经办人可以转请申报单位说明。")])
    if objection.status != ObjectionStatus.ACCEPTED:
        raise Refused([_("异议不在办理中，不能转请说明。")])
    if not text.strip():
        raise Refused([_("请写明请申报单位说明的内容。")])
    person = objection.objector
    if any(part in text for part in (person.name, person.phone, person.unit)):
        raise Refused([_("文中出现了异议人的姓名、单位或者电话。请删去后再转，异议人身份须保密。")])
    case = _case_of(objection)
    inquiry = Inquiry.objects.create(
        dossier=case.dossier,
        tenant_id=case.tenant_id,
        case=case,
        objection=objection,
        text=text.strip(),
        asked_person=actor.person,
        due_on=due(value("inquiry_days")).date,
    )
    event = ledger.append(
        inquiry, "inquire", recorded("公示异议转请说明"), actor, dossier=case.dossier, basis="T11",
        audience=Audience.AUTHORITY,
    )  # fmt: skip
    title = recorded("说明公示异议：%(park)s") % {"park": case.filing.park_name}
    address = reverse("reviews:inquiry", args=[inquiry.pk])
    ask_office(inquiry, "inquiry", title, address, case, case.tenant, actor, inquiry.due_on)
    periods.begin_until(periods_city.INQUIRY, inquiry, event, address, audience=Audience.AUTHORITY)
    notify(event, case.tenant, title, address)
    return inquiry


@transaction.atomic
def answer_inquiry(inquiry: Inquiry, answer: str, actor: Actor) -> None:
    """The city says its word, once."""
    if not (actor.is_handler and actor.organisation.pk == inquiry.tenant_id):
        raise Refused([_("只有申报单位的经办人可以说明。")])
    if not answer.strip():
        raise Refused([_("请写明情况。")])
    locked = Inquiry.objects.select_for_update(no_key=True).get(pk=inquiry.pk)
    if locked.answered_at:
        raise Refused([_("已经说明，不能再改。")])
    locked.answer, locked.answered_person, locked.answered_at = answer.strip(), actor.person, timezone.now()
    locked.save(update_fields=["answer", "answered_person", "answered_at"])
    event = ledger.append(
        locked, "explain", recorded("申报单位说明公示异议"), actor, dossier=locked.dossier, basis="T11",
        audience=Audience.AUTHORITY,
    )  # fmt: skip
    todo.close(locked, actor)
    clocks.finish(locked, event)
    notify(
        event, the_lead(), recorded("申报单位已说明公示异议"), reverse("reviews:objection", args=[locked.objection_id])
    )


@transaction.atomic
def answer_objection(objection: Objection, outcome: ObjectionOutcome, answer: str, paper: Paper, actor: Actor) -> Event:
    """T11: the signed 异议处理意见; one that is upheld sends the case back."""
    event = machine.perform(
        objection,
        "answer",
        actor,
        data={"number": objection.number, "paper": paper.number, "outcome": outcome},
        changes={"outcome": outcome, "answer": answer, "paper": paper, "answered_at": timezone.now()},
    )
    todo.close(objection, actor)
    periods_objections.end(objection, event)
    for inquiry in objection.inquiries.filter(answered_at=None):
        todo.close(inquiry, actor)
        clocks.finish(inquiry, event)
    notice = Publicity.objects.select_related("case").get(pk=objection.publicity_id)
    if outcome == ObjectionOutcome.UPHELD and notice.case.status == "publicity":
        uphold(notice, actor)
    return event


def _case_of(objection: Objection) -> Case:
    return Case.objects.select_related("filing", "tenant").get(publicities=objection.publicity_id)
