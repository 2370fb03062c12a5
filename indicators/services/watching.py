"""The running year is watched: opened for each park that is being created, fed by interim figures, warned of (N7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.enums import GrantLevel
from accounts.granting import open_dossier
from accounts.models import Organisation
from accounts.queries import the_lead
from indicators import gathering, limits, queries
from indicators.enums import SubjectKind
from indicators.enums_sanction import CardStatus
from indicators.models import Figure, InterimFigure, Watch, YellowCard
from indicators.services.writing import read
from notifications.notices import notify
from policy import clauses, decimals
from policy.facts import Facts, FactsError
from policy.foresight import MONTHS, Outlook, carried, outlook
from policy.outcomes import Outcome
from registry.enums import ParkStatus
from registry.models import Park
from workflow import instants, ledger
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Event


def open_running_year() -> list[Watch]:
    """Open the watch of this year for the parks that are being created and their host zones; the new ones."""
    return open_watches(instants.today().year)


@transaction.atomic
def open_watches(year: int) -> list[Watch]:
    """Open what is not yet open; for the worker, under the system scope."""
    known = set(Watch.objects.filter(year=year).values_list("kind", "subject"))
    opened: dict[tuple[str, str], Watch] = {}
    for park in Park.objects.filter(status=ParkStatus.CREATING).select_related("tenant", "host_zone__committee"):
        zone = park.host_zone
        reporter = zone.committee if zone else None
        wanted = [(SubjectKind.PARK, park.slug, park.name)]
        wanted += [(SubjectKind.ZONE, zone.slug, zone.name)] if zone else []
        for kind, subject, name in wanted:
            if (kind, subject) not in known and (kind, subject) not in opened:
                told = {"kind": kind, "subject": subject, "name": name, "year": year}
                opened[kind, subject] = _open(park.tenant, reporter, told)
    return list(opened.values())


def _open(tenant: Organisation, reporter: Organisation | None, told: dict[str, Any]) -> Watch:
    watch = Watch.objects.create(tenant=tenant, reporter=reporter, **told)
    ledger.open_chain(watch.dossier, tenant)
    if reporter:
        open_dossier(watch.dossier, tenant.pk, reporter, GrantLevel.COLLEAGUE, tenant)
    open_dossier(watch.dossier, tenant.pk, the_lead(), GrantLevel.READ, tenant)
    ledger.append(watch, "open", recorded("开始年度跟踪"), None, dossier=watch.dossier, basis="P-II.2.5")
    return watch


def writes(actor: Actor, watch: Watch) -> bool:
    """A handler of the committee or of the city government, who report."""
    return actor.is_handler and actor.organisation.pk in {watch.reporter_id, watch.tenant_id}


@dataclass(frozen=True)
class Interim:
    """What a figure stood at, when, and what it is heading to by the year's end."""

    code: str
    month: int
    value: Fraction
    carried: Fraction


def interim(watch: Watch) -> dict[str, Interim]:
    """The newest interim figures by code: of the latest month told of, of that the row written last."""
    found: dict[str, Interim] = {}
    told: dict[tuple[str, int], str | None] = {}
    for row in watch.figures.order_by("recorded_at"):
        told[row.code, row.month] = row.value
    for (code, month), text in sorted(told.items(), key=lambda item: item[0][1]):
        if text is not None:
            value = decimals.parse(text)
            found[code] = Interim(code, month, value, carried(code, value, month))
    return found


@transaction.atomic
def record(watch: Watch, month: int, typed: Mapping[str, str], actor: Actor, source: str = "") -> list[InterimFigure]:
    """Write the interim figures at the end of a month, all or none, and warn of targets now heading to be missed.

    What is unchanged is not written again; an empty text takes a figure back. Raises Refused with every reason.
    """
    if not writes(actor, watch):
        raise Refused([_("只有填报单位的经办人可以填写进度数据。")])
    if not 1 <= month <= MONTHS:
        raise Refused([_("请选择数据截至的月份。")])
    if (watch.year, month) > (instants.today().year, instants.today().month):
        raise Refused([_("%(month)s月尚未到，不能填写该月的进度数据。") % {"month": month}])
    source = limits.limited(source, limits.SOURCE)
    Watch.objects.select_for_update(no_key=True, of=("self",)).get(pk=watch.pk)
    now = {row.code: row.value for row in watch.figures.filter(month=month).order_by("recorded_at")}
    rows, reasons = [], []
    for code, text in typed.items():
        if queries.kind_of(code) != watch.kind:
            reasons.append(_("%(name)s不是这里的指标。") % {"name": queries.named(code)})
            continue
        try:
            value = read(code, text)
        except Refused as refused:
            reasons += refused.reasons
            continue
        if value != now.get(code):
            own = {"tenant_id": watch.tenant_id, "dossier": watch.dossier, "recorded_by": actor.person}
            rows.append(InterimFigure(watch=watch, code=code, month=month, value=value, source=source, **own))
    if reasons:
        raise Refused(reasons)
    InterimFigure.objects.bulk_create(rows)
    if rows:
        _told(watch, month, rows, actor)
    return rows


def _told(watch: Watch, month: int, rows: Iterable[InterimFigure], actor: Actor) -> None:
    event = ledger.append(
        watch,
        "interim",
        recorded("填报进度数据"),
        actor,
        dossier=watch.dossier,
        data={"month": month, "figures": {row.code: row.value for row in rows}},
        basis="P-II.2.5",
    )
    for park in watched_parks(watch):
        _look_again(park, event, actor)


def _look_again(park: Watch, cause: Event, actor: Actor) -> None:
    """Warn once of each target that is now heading to be missed; one that recovered is told of again if it falls."""
    try:
        ahead = foresee(park)
    except FactsError:
        return  # the page says why nothing is foreseen; what was written stays
    well = {one.finding.clause for one in ahead if one.finding.outcome is Outcome.MET}
    still = [clause for clause in park.warned if clause not in well]
    new = [one for one in ahead if one.finding.outcome is Outcome.NOT_MET and one.finding.clause not in still]
    recovered = [one.finding.label for one in ahead if one.finding.clause in set(park.warned) - set(still)]
    if not new and not recovered:
        return
    park.warned = [*still, *(one.finding.clause for one in new)]
    park.save(update_fields=["warned"])
    if recovered:
        label = recorded("预警解除：按目前进度能够完成")
        _note(park, "recover", label, "、".join(recovered), cause, actor)
    if not new:
        return
    body = "；".join(f"{one.finding.label}：{one.finding.reason}" for one in new)
    if years := cards_before(park):
        again = recorded("%(year)s年度黄牌警告有效，%(next)s年度再未达到要求将建议取消创建资格。")
        body = f"{body}。{again % {'year': years[0], 'next': park.year}}"
    event = _note(park, "warn", recorded("预警：有目标可能完不成"), body, cause, actor)
    title = recorded("%(name)s%(year)s年度有目标可能完不成") % {"name": park.name, "year": park.year}
    for office in {one.pk: one for one in (park.tenant, park.reporter) if one}.values():
        notify(event, office, title, park.get_absolute_url(), body)


def _note(park: Watch, name: str, label: str, body: str, cause: Event, actor: Actor) -> Event:
    """What was seen by the figures that somebody wrote, in the history of the running year."""
    basis, data = "P-II.2.5; N7", {"cause": str(cause.pk)}
    return ledger.append(park, name, label, actor, dossier=park.dossier, reason=body, basis=basis, data=data)


def cards_before(watch: Watch) -> list[int]:
    """The year before, where its yellow card is in force: one more miss would mean revocation (N9)."""
    cards = YellowCard.objects.filter(subject=watch.subject, year=watch.year - 1, status=CardStatus.IN_FORCE)
    return list(cards.values_list("year", flat=True))


def watched_parks(watch: Watch) -> list[Watch]:
    """The watches of the parks that a change touches: of a host zone all the parks in it."""
    if watch.kind == SubjectKind.PARK:
        return [watch]
    slugs = Park.objects.filter(host_zone__slug=watch.subject, tenant_id=watch.tenant_id).values("slug")
    found = Watch.objects.select_related("tenant", "reporter")
    return list(found.filter(kind=SubjectKind.PARK, year=watch.year, subject__in=slugs))


def zone_of(watch: Watch) -> list[Watch]:
    """The running year of the host zone that a park lies in, where there is one."""
    zones = Park.objects.filter(slug=watch.subject).values("host_zone__slug")
    return list(Watch.objects.filter(kind=SubjectKind.ZONE, year=watch.year, subject__in=zones))


def foresee(watch: Watch, typed: Mapping[tuple[str, int], str | None] | None = None) -> list[Outlook]:
    """What a park's running year is heading to, by the figures carried to its end and those typed in over them.

    Raises FactsError, see `facts_of`.
    """
    return outlook(clauses.load(queries.YEARLY), Facts.parse(facts_of(watch, typed)))


def facts_of(watch: Watch, typed: Mapping[tuple[str, int], str | None] | None = None) -> dict[str, Any]:
    """The document to judge: last year's figures, this year's carried to its end, and over both what was `typed`.

    Last year's are the final vintages, or where there are none yet the last that were handed in. Raises FactsError
    where the facts cannot be judged: of a park without a date of listing, or that is on no list any more.
    """
    try:
        document = gathering.of_subject(watch.subject, watch.year).document
    except LookupError as error:
        told = _(
            "%(name)s列入创建名单的日期不详，或者已经不在名单上，%(year)s年度的目标不能判定。请与省科技厅核对园区档案。"
        )
        raise FactsError(told % {"name": watch.name, "year": watch.year}) from error
    figures: dict[str, dict[str, str | None]] = document["figures"]
    zone = Park.objects.filter(slug=watch.subject).values_list("host_zone__slug", flat=True).first()
    subjects = [watch.subject, *filter(None, [zone])]
    handed_in = Figure.objects.filter(subject__in=subjects, year=watch.year - 1).order_by("-vintage")
    for row in handed_in:
        figures.setdefault(row.code, {}).setdefault(str(row.year), row.value)
    for one in Watch.objects.filter(subject__in=subjects, year=watch.year):
        for code, figure in interim(one).items():
            figures.setdefault(code, {}).setdefault(str(watch.year), decimals.render(figure.carried))
    for (code, year), text in (typed or {}).items():
        figures.setdefault(code, {})[str(year)] = text
    asked = set(queries.asked())
    return {**document, "figures": {code: series for code, series in figures.items() if code in asked}}


__all__ = [
    "Interim",
    "cards_before",
    "facts_of",
    "foresee",
    "interim",
    "open_running_year",
    "open_watches",
    "record",
    "watched_parks",
    "writes",
    "zone_of",
]
