"""A park with the years that it missed, and the offices that deal with it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.enums import OrganisationKind, PostRole
from accounts.queries import the_government, the_lead
from accounts.scope import system
from indicators.enums import Programme, RunStatus
from indicators.models import Assessment, Finding, Run, SanctionCase, YellowCard
from indicators.services import sanctions
from indicators.services.sanctions import proposing
from notifications import signoff
from notifications.models import Paper
from policy.outcomes import Outcome, Verdict
from portal.sample.acting import Office, office
from portal.sample.clocks import days_ago
from registry.models import Park
from tests.factories import make_office, make_organisation, make_paper, make_park
from workflow import instants, ledger, proposals
from workflow.models import Proposal

MISSED = {"P-II.2.2b": ("高新技术产业产值增速", "124.999 ÷ 100 − 1")}
CHECKED = dt.date(2026, 7, 31)


class Scene:
    """One park of 甲, the offices, and released years of it."""

    def __init__(self) -> None:
        with system():
            self.city, self.other = make_organisation(), make_organisation()
            self.committee = make_organisation(OrganisationKind.PARK_COMMITTEE)
            lead = make_organisation(OrganisationKind.LEAD)
            department = make_organisation(OrganisationKind.DEPARTMENT)
        self.park: Park = make_park(self.city)
        with system():
            zone = self.park.host_zone
            assert zone is not None
            zone.committee = self.committee
            zone.save(update_fields=["committee"])
            made = (self.city, self.other, self.committee, lead, department, the_government())
            for one in made:
                make_office(one)
            self.desks: dict[str, Office] = dict(
                zip(("city", "other", "committee", "lead", "department", "government"), map(office, made), strict=True)
            )

    def release(self, year: int, verdict: str = Verdict.NOT_MET, missed: tuple[str, ...] = tuple(MISSED)) -> Run:
        """A released run of a year with this park's verdict; what follows from it is done by `follow`."""
        with system():
            lead = the_lead()
            number = Run.objects.filter(year=year).count() + 1
            paper = make_paper(lead, issued_on=CHECKED)
            run = Run.objects.create(
                tenant=lead, programme=Programme.PARK, year=year, number=number, status=RunStatus.RELEASED,
                proposed_by=self.desks["lead"].handler.person, released_at=timezone.now(), result_hash="0" * 64,
                paper=paper, total=1,
            )  # fmt: skip
            ledger.open_chain(run.dossier, lead)
            ledger.append(run, "release", "发布评价结果", self.desks["lead"].signer, dossier=run.dossier)
            assessment = Assessment.objects.create(
                run=run, dossier=run.dossier, tenant=self.city, reporter=self.committee, subject=self.park.slug,
                name=self.park.name, year=year, list="creating", verdict=verdict, final=True,
            )  # fmt: skip
            for place, clause in enumerate(missed if verdict == Verdict.NOT_MET else ()):
                label, formula = MISSED.get(clause, ("某项要求", "1 ÷ 2"))
                Finding.objects.create(
                    assessment=assessment, place=place, clause=clause, label=label, quote="增长25%以上",
                    outcome=Outcome.NOT_MET, observed="24.999", shown="24.999", threshold="25", operator=">=", unit="%",
                    formula=formula,
                )  # fmt: skip
        return run

    def follow(self, run: Run) -> SanctionCase | None:
        """What the worker does with a release."""
        with system():
            proposing.after_release(run)
        return self.case(run.year)

    def case(self, year: int) -> SanctionCase | None:
        """The newest case of a year, as the system sees it."""
        with system():
            rows = SanctionCase.objects.select_related("tenant", "reporter", "park", "assessment__run__paper")
            return rows.filter(subject=self.park.slug, year=year).order_by("-proposed_at").first()

    def missed(self, year: int) -> SanctionCase:
        """A released year that was missed, with its case."""
        case = self.follow(self.release(year))
        assert case is not None
        return case

    def card(self, year: int) -> YellowCard:
        """The card of a year."""
        with system():
            return YellowCard.objects.get(subject=self.park.slug, year=year)

    # -- Steps -----------------------------------------------------------------------------------------
    def proposal(self, case: SanctionCase) -> Proposal:
        """What is laid before an official."""
        with system():
            return Proposal.objects.select_related("organisation").get(subject_id=case.pk, outcome="open")

    def confirm(self, case: SanctionCase, desk: str = "lead") -> SanctionCase:
        """The official takes it up."""
        with self.desks[desk].as_(PostRole.REVIEWER):
            proposals.confirm(self.proposal(case), self.desks[desk].reviewer)
        return self.again(case)

    def issue(self, desk: str, kind: str, case: SanctionCase, **fields: Any) -> Paper:
        """A paper of an office, drafted, checked and signed by three people."""
        return self.desks[desk].issue(kind, case, case.dossier, f"{kind} {case.name}", fields)

    def sign(self, desk: str, kind: str, case: SanctionCase) -> Paper:
        """The signature on a draft that could not be signed before."""
        signer = self.desks[desk].signer
        with self.desks[desk].as_(PostRole.SIGNER):
            draft = signoff.open_draft_of(kind, case, signer.organisation.pk)
            assert draft is not None
            return signoff.sign(draft, signer)

    def again(self, case: SanctionCase) -> SanctionCase:
        """The case as it stands."""
        with system():
            rows = SanctionCase.objects.select_related("tenant", "reporter", "park")
            return rows.get(pk=case.pk)

    def told(self, case: SanctionCase) -> SanctionCase:
        """Taken up, told, signed for."""
        self.confirm(case)
        self.issue("lead", "sanction_notice", case)
        with self.desks["city"].as_(PostRole.HANDLER):
            sanctions.receive(self.again_here(case), self.desks["city"].handler)
        return self.again(case)

    def again_here(self, case: SanctionCase) -> SanctionCase:
        """The case as the scope that is entered sees it."""
        return SanctionCase.objects.select_related("tenant", "reporter", "park").get(pk=case.pk)

    def stated(self, case: SanctionCase) -> SanctionCase:
        """Told, and two reasons stated by the city."""
        self.told(case)
        self.issue("city", "sanction_statement", case, reasons="统计口径有调整。\n项目投产推迟。")
        return self.again(case)

    def answered(self, case: SanctionCase) -> SanctionCase:
        """Stated, and each reason answered."""
        self.stated(case)
        lead = self.desks["lead"]
        with lead.as_(PostRole.HANDLER):
            here = self.again_here(case)
            for argument in here.arguments.all():
                sanctions.answer(here, argument, "rejected", f"第{argument.place}条不成立。", lead.handler)
        return self.again(case)

    def heard(self, case: SanctionCase) -> tuple[Paper, Paper]:
        """The notice of a hearing, signed three weeks ago, and the record of it."""
        told = {"held_time": "09:30", "place": "一号会议室", "heard_by": "李某、王某"}
        held_on = instants.today() - dt.timedelta(days=2)
        with days_ago(21):
            notice = self.issue("lead", "hearing_notice", case, **{**told, "held_on": held_on.isoformat()})
        said = {"present": "市科技局张某", "recorder": "赵某", "minutes": "双方陈述完毕。"}
        return notice, self.issue("lead", "hearing_record", case, **said)

    def imposed(self, case: SanctionCase) -> SanctionCase:
        """A card that was given."""
        self.answered(case)
        self.issue("lead", "yellow_card", case, official="厅长某某")
        return self.again(case)

    def reported(self, case: SanctionCase) -> SanctionCase:
        """A revocation that 省政府 is asked for."""
        self.answered(case)
        self.issue("lead", "revocation_request", case)
        return self.again(case)

    def revoked(self, case: SanctionCase) -> SanctionCase:
        """A revocation that 省政府 decided."""
        self.reported(case)
        self.issue("government", "revocation", case, official="省长某某")
        return self.again(case)

    def sees(self, desk: str, case: SanctionCase) -> bool:
        """Whether an office sees the case."""
        with self.desks[desk].as_(PostRole.HANDLER):
            return SanctionCase.objects.filter(pk=case.pk).exists()
