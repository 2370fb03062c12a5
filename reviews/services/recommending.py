"""T28, T29: the best five are judged, reported and recommended; the State Council's answer is kept."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from accounts.enums import GrantLevel, PostRole
from accounts.granting import open_dossier
from accounts.models import Organisation
from accounts.queries import the_government, the_lead
from files import services as files
from files.models import Incoming
from files.purposes import Purpose, declare
from indicators.enums import Programme, RankingList
from indicators.models import Assessment, Run
from indicators.queries_run import standing
from indicators.released import follows
from notifications.enums import Topic
from notifications.models import Paper
from notifications.notices import notify
from registry.enums import ParkStatus
from registry.models import Park
from registry.services import rename_park, upgrade_park
from reviews.enums_recommendation import RecommendationStatus, Strength
from reviews.models import ItemOutcome, Recommendation, StrengthItem
from reviews.parameters_recommendation import RECOMMENDED_TOP
from reviews.transitions_recommendation import recommendations
from workflow import instants, ledger, todo
from workflow.enums import Audience
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Event, Task
from workflow.parameters import value

S = RecommendationStatus
MIB = 1 << 20
# A park that is on its way up, or has arrived, is not proposed again.
UNDER_WAY = (S.APPRAISING, S.REPORTED, S.RECOMMENDED, S.UPGRADED)
Sent = UploadedFile | Incoming


def _obstacles(actor: Actor, dossier: UUID) -> list[str] | None:
    row = Recommendation.objects.filter(dossier=dossier).first()
    if row is None:
        return None
    if row.status != S.RECOMMENDED or not (actor.is_government and actor.is_handler):
        return [_("国务院的批复由省政府办公厅的经办人登记。")]
    return []


SCAN = declare(Purpose("recommendation.scan", gettext_lazy("国务院批复"), _obstacles, limit=100 * MIB))


@follows
def after_release(run: Run) -> None:
    """N12: lay the best of the recognised parks before 省科技厅; a replayed release proposes nobody twice."""
    if run.programme != Programme.PARK:
        return
    best = run.assessments.filter(list=RankingList.RECOGNISED, rank__lte=value(RECOMMENDED_TOP.name))
    for assessment in best.order_by("rank", "subject"):
        current = standing(assessment.subject, assessment.year)
        if current is not None and current.pk == assessment.pk:
            _propose(assessment)


def _propose(assessment: Assessment) -> Recommendation | None:
    # Locked, as the releases of two years may be followed at once, and in any order.
    parks = Park.objects.select_for_update(no_key=True, of=("self",)).select_related("tenant")
    park = parks.filter(slug=assessment.subject, status=ParkStatus.RECOGNISED).first()
    if park is None or Recommendation.objects.filter(park=park, status__in=UNDER_WAY).exists():
        return None
    lead = the_lead()
    told = {"assessment": assessment, "rank": assessment.rank, "ranked": assessment.ranked, "year": assessment.year}
    of_park = Recommendation.objects.filter(park=park)
    if of_park.filter(year=assessment.year).exclude(status=S.PROPOSED).exists():
        return None
    if of_park.filter(year__gt=assessment.year).exists():
        return None
    # Nobody has taken it up yet: it then rests on the newest ranking.
    waiting = of_park.filter(status=S.PROPOSED).order_by("-year").first()
    if waiting is not None:
        of_park.filter(pk=waiting.pk).update(**told)
        waiting.refresh_from_db(fields=["year", "rank"])
        Task.objects.filter(subject_id=waiting.pk, kind="choose", done_at=None).update(title=_question(waiting))
        return None
    row = Recommendation.objects.create(park=park, tenant=lead, city=park.tenant, **told)
    ledger.open_chain(row.dossier, lead)
    event = ledger.append(
        row, "propose", recorded("列入优先推荐名单"), None, dossier=row.dossier, after=S.PROPOSED, basis="P-II.4g",
        data={"year": row.year, "rank": row.rank, "ranked": row.ranked},
    )  # fmt: skip
    title = _question(row)
    _ask(row, "choose", title, lead, PostRole.REVIEWER)
    notify(event, lead, title, row.get_absolute_url(), topic=Topic.TASK)
    told_city = recorded("%(park)s%(year)d年度排第%(rank)d名，列入优先推荐申报国家高新区名单")
    notify(event, park.tenant, told_city % _words(row), park.get_absolute_url())
    return row


def _question(row: Recommendation) -> str:
    return recorded("是否推荐申报国家高新区：%(park)s（%(year)d 年度第 %(rank)d 名）") % _words(row)


def _words(row: Recommendation) -> dict[str, object]:
    return {"park": row.park.name, "year": row.year, "rank": row.rank}


def _ask(row: Recommendation, kind: str, title: str, office: Organisation, role: PostRole) -> None:
    by = row.tenant
    todo.assign(row, kind, title, row.get_absolute_url(), dossier=row.dossier, organisation=office, role=role, by=by)


@transaction.atomic
def choose(row: Recommendation, reason: str, actor: Actor) -> Event:
    """省科技厅's reviewer takes the park up; the five items wait for their reviewers, the city learns of it."""
    event = recommendations.perform(row, "choose", actor, reason=reason.strip())
    todo.close(row, actor, "choose")
    open_dossier(row.dossier, row.tenant_id, row.city, GrantLevel.READ, actor.organisation)
    title = recorded("请指定推荐评审项的评审单位：%(park)s") % _words(row)
    _ask(row, "assign_items", title, row.tenant, PostRole.HANDLER)
    notify(event, row.city, recorded("%(park)s拟推荐申报国家高新区，正在评审") % _words(row), row.get_absolute_url())
    return event


@transaction.atomic
def pass_over(row: Recommendation, reason: str, actor: Actor) -> Event:
    """省科技厅's reviewer does not recommend the park this year, with the reason."""
    if not reason.strip():
        raise Refused([_("请写明本年度不推荐的理由。")])
    event = recommendations.perform(row, "pass_over", actor, reason=reason.strip())
    todo.close(row, actor)
    return event


@transaction.atomic
def assign(row: Recommendation, offices: dict[str, Organisation], actor: Actor) -> list[StrengthItem]:
    """省科技厅's handler gives the five items to offices or experts; what was given stays. Raises Refused."""
    if not (actor.is_lead and actor.is_handler):
        raise Refused([_("评审单位由省科技厅的经办人指定。")])
    if row.status != S.APPRAISING:
        raise Refused([_("只有在评审中才能指定评审单位。")])
    taken = set(row.items.values_list("strength", flat=True))
    made = []
    for strength, office in offices.items():
        if strength in taken:
            continue
        made.append(
            StrengthItem.objects.create(
                dossier=row.dossier, tenant=office, recommendation=row, strength=strength,
                requested_by=actor.organisation,
            )
        )  # fmt: skip
    if not made:
        raise Refused([_("请至少为一项指定评审单位；已指定的不能再改。")])
    told = {item.strength: item.tenant.short_name for item in made}
    event = ledger.append(
        row,
        "assign_items",
        recorded("指定评审单位"),
        actor,
        dossier=row.dossier,
        basis="P-II.4f",
        data=told,
        audience=Audience.AUTHORITY,
    )
    address = row.get_absolute_url()
    for office in dict.fromkeys(item.tenant for item in made):
        open_dossier(row.dossier, row.tenant_id, office, GrantLevel.READ, actor.organisation)
        given = "、".join(str(Strength(item.strength).label) for item in made if item.tenant == office)
        title = recorded("请评定推荐评审项：%(park)s") % {"park": row.park.name}
        notify(event, office, title, address, given, topic=Topic.TASK)
    for item in made:
        words = {"park": row.park.name, "item": Strength(item.strength).label}
        title = recorded("推荐评审：%(park)s　%(item)s") % words
        todo.assign(
            item, "judge", title, address, dossier=row.dossier, organisation=item.tenant, role=PostRole.HANDLER,
            by=actor.organisation,
        )  # fmt: skip
    if row.items.count() == len(Strength):
        todo.close(row, actor, "assign_items")
    return made


@transaction.atomic
def judge(item: StrengthItem, outcome: str, reason: str, actor: Actor) -> Event:
    """A person of the office judges its item, once, under the own name and with reasons. Raises Refused."""
    # Asked first: who may only read the item cannot lock it.
    if actor.organisation.pk != item.tenant_id or not actor.is_handler:
        raise Refused([_("这一项由被指定单位的经办人评定。")])
    locked = (
        StrengthItem.objects.filter(pk=item.pk, judged_at=None).select_for_update(no_key=True, of=("self",)).first()
    )
    row = item.recommendation
    reasons = []
    if row.status != S.APPRAISING:
        reasons.append(_("评审已经结束。"))
    if locked is None:
        reasons.append(_("这一项已经评定，不能再改。"))
    if outcome not in ItemOutcome.values:
        reasons.append(_("请选择评定结果。"))
    if not reason.strip():
        reasons.append(_("请写明评定的理由。"))
    if reasons:
        raise Refused(reasons)
    StrengthItem.objects.filter(pk=item.pk).update(
        outcome=outcome, reason=reason.strip(), reviewer=actor.person, reviewer_name=actor.person.name,
        judged_at=timezone.now(),
    )  # fmt: skip
    item.refresh_from_db()
    told = {"item": item.strength, "outcome": outcome}
    event = ledger.append(
        row,
        "judge_item",
        recorded("评定推荐评审项"),
        actor,
        dossier=row.dossier,
        basis="P-II.4f",
        data=told,
        audience=Audience.AUTHORITY,
    )
    todo.close(item, actor, "judge")
    words = {"park": row.park.name, "item": item.get_strength_display(), "outcome": item.get_outcome_display()}
    notify(event, row.tenant, recorded("%(park)s　%(item)s：%(outcome)s") % words, row.get_absolute_url())
    return event


@transaction.atomic
def report(row: Recommendation, paper: Paper, actor: Actor) -> Event:
    """The signature of 省科技厅's 请示: the dossier lies before the provincial government."""
    event = recommendations.perform(row, "report", actor, changes={"report_paper": paper}, data={"paper": paper.number})
    government = the_government()
    open_dossier(row.dossier, row.tenant_id, government, GrantLevel.ACT, actor.organisation)
    title = recorded("推荐申报国家高新区：%(park)s") % _words(row)
    _ask(row, "recommend", title, government, PostRole.HANDLER)
    notify(event, government, title, row.get_absolute_url(), topic=Topic.TASK)
    notify(event, row.city, recorded("%(park)s推荐申报国家高新区已报省政府") % _words(row), row.get_absolute_url())
    return event


@transaction.atomic
def recommend(row: Recommendation, paper: Paper, actor: Actor) -> Event:
    """The signature of 省政府's 请示 to the State Council (T28)."""
    event = recommendations.perform(
        row, "recommend", actor, changes={"request_paper": paper}, data={"paper": paper.number}
    )
    todo.close(row, actor, "recommend")
    _tell(row, event, recorded("省政府已向国务院推荐%(park)s升级为国家高新区"))
    return event


@transaction.atomic
def decline(row: Recommendation, paper: Paper, actor: Actor) -> Event:
    """The signature of the letter by which 省政府 does not recommend."""
    event = recommendations.perform(
        row, "decline", actor, changes={"decision_paper": paper}, data={"paper": paper.number}
    )
    todo.close(row, actor, "recommend")
    _tell(row, event, recorded("省政府未推荐%(park)s申报国家高新区"))
    return event


@transaction.atomic
def keep_answer(
    row: Recommendation, number: str, day: dt.date, name: str, actor: Actor, sent: Sent | None = None
) -> None:
    """省政府办公厅's handler notes the State Council's 批复: number, day, the new name, its scan. Raises Refused."""
    reasons = [] if actor.is_government and actor.is_handler else [_("国务院的批复由省政府办公厅的经办人登记。")]
    if row.status != S.RECOMMENDED:
        reasons.append(_("只有已推荐国务院的园区才能登记批复。"))
    if not number.strip():
        reasons.append(_("请填写国务院批复的文号，如：国函〔2015〕1号。"))
    if day > instants.today():
        reasons.append(_("批复日期不能晚于今天。"))
    if reasons:
        raise Refused(reasons)
    changes: dict[str, object] = {"council_number": number.strip(), "council_on": day, "new_name": name.strip()}
    if sent is not None:
        try:
            changes["scan"] = files.accept_upload(actor, row.dossier, sent, SCAN)
        except files.UploadRefused as refusal:
            raise Refused([str(refusal)]) from refusal
    Recommendation.objects.filter(pk=row.pk).update(**changes)
    row.refresh_from_db()
    told = {"number": row.council_number, "day": day.isoformat(), "name": row.new_name}
    ledger.append(row, "keep_answer", recorded("登记国务院批复"), actor, dossier=row.dossier, basis="T29", data=told)


@transaction.atomic
def upgrade(row: Recommendation, paper: Paper, actor: Actor) -> Event:
    """T29: the signature of the notice that makes the State Council's 批复 known; the park is national from its day."""
    event = recommendations.perform(
        row, "upgrade", actor, changes={"decision_paper": paper}, data={"paper": paper.number}
    )
    park = row.park
    upgrade_park(park, paper=paper, dossier=row.dossier, actor=actor)
    if row.new_name and row.new_name != park.name:
        rename_park(park, row.new_name, paper=paper, dossier=row.dossier, actor=actor, since=paper.issued_on)
    _tell(row, event, recorded("%(park)s已升级为国家高新技术产业开发区"))
    return event


@transaction.atomic
def refuse(row: Recommendation, reason: str, actor: Actor) -> Event:
    """T29: the State Council did not approve; the park stays recognised and may be recommended again."""
    if not reason.strip():
        raise Refused([_("请写明国务院未批准的文件或说明。")])
    event = recommendations.perform(row, "refuse", actor, reason=reason.strip())
    _tell(row, event, recorded("国务院未批准%(park)s升级为国家高新区"))
    return event


def _tell(row: Recommendation, event: Event, title: str) -> None:
    for office in (row.city, row.tenant):
        notify(event, office, title % _words(row), row.get_absolute_url(), topic=Topic.LEGAL)
