"""One marked filing on its way: every step is taken by the office whose turn it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.db import connection
from django.utils import timezone

from accounts.enums import PostRole
from accounts.models import Organisation
from accounts.queries import the_departments, the_government, the_lead
from accounts.scope import PUBLIC, enter, system
from applications import attaching, boundaries, delegating, editing, materials, periods, plan, services
from applications.models import Filing, Material
from applications.plan_state import opened_on
from applications.queries import request_title
from notifications import signoff
from notifications.models import Draft, Paper
from portal.sample.acting import Office, countersign, office
from portal.sample.documents import document
from portal.sample.plan import values
from registry.geometry import boundary_from_geojson
from registry.geometry.synthetic import synthetic_boundary
from registry.models import HostZone
from reviews import services as reviews
from reviews.enums_publicity import VisitKind
from reviews.models import Case, ChangeRequest, Objection, Opinion, Publicity, Question, Visit
from reviews.outcomes import outcome_of
from reviews.services import adoption
from tests.markers import mark
from tests.plans import write_plan
from workflow import ledger, proposals

SECOND = "示例：首个功能分区已取得经验与成绩，拓展第二个功能分区。"


@dataclass
class Affair:
    """One marked filing on its way; every step is taken by the office whose turn it is."""

    owner: str
    key: str
    city: Office
    zone: HostZone
    filing: Filing = field(init=False)
    case: Case = field(init=False)

    def mark(self, what: str) -> str:
        """The marker of one of this filing's texts."""
        return mark(self.owner, self.key, what)

    def draft(self, pieces: int | None = None) -> Affair:
        """The city fills in everything; all but what a listing or a notice publishes is marked."""
        listed = self.key in {"listed", "publicity"}
        name = (
            f"{self.owner}清{'源' if self.key == 'listed' else '泉'}高新技术产业园区"
            if listed
            else f"{self.mark('name')}高新园区"
        )
        with self.city.as_(PostRole.HANDLER):
            handler = self.city.handler
            self.filing = services.create_filing(handler, name, self.zone, f"{self.mark('plan')}{SECOND}")
            fields = values(self.filing.created_at.date(), self.zone.name, "高端装备制造", "C34 通用设备制造业", 1)  # type: ignore[arg-type]
            fields |= {"space.second_zone_reason": SECOND}
            write_plan(self.filing, {k: self._marked(k, v, listed) for k, v in fields.items()}, handler)
            shape = boundary_from_geojson(synthetic_boundary(self.zone.city_id, 3, 12.6))
            boundaries.set_boundary(self.filing, shape, handler, boundaries.UPLOAD, f"{self.mark('file')}边界.geojson")
            for code in [piece.code for piece in materials.pieces_of(self.filing.kind)][:pieces]:
                if code not in materials.OPTIONAL:
                    self.attach(code)
        return self

    def _marked(self, key: str, value: Any, listed: bool) -> Any:
        if listed and key.startswith(("boundary.", "industry.1.name", "industry.2.name", "industry.3.name")):
            return value
        return value.replace("示例", self.mark("plan"), 1) if isinstance(value, str) else value

    def attach(self, code: str, what: str = "file") -> Material:
        """Give one file whose name and content are marked."""
        piece = materials.PIECES[code]
        details: dict[str, Any] = {}
        if materials.NUMBER in piece.details:
            details["document_number"] = f"{self.mark(what)}〔2026〕6号"[:60]
        if materials.ISSUER in piece.details:
            details["issued_by"] = f"{self.mark(what)}单位"
        if materials.DATE in piece.details:
            details["issued_on"] = self.filing.created_at.date()
        sent = document(f"{self.mark(what)}{piece.label}"[:60])
        sent.file.seek(0, 2)
        sent.file.write(b"% " + self.mark(what).encode())
        sent.size = sent.file.tell()
        sent.file.seek(0)
        return attaching.attach(self.filing, code, [sent], self.city.handler, **details)[0]

    def delegate(self) -> Affair:
        """One section lies with 市科技局."""
        bureau = Organisation.objects.get(parent=self.city.organisation, kind="city_st_bureau")
        with self.city.as_(PostRole.HANDLER):
            sections = [plan.section_of("leaders", opened_on(self.filing))]
            words = self.mark("plan")
            delegating.delegate(self.filing, sections, self.city.handler, organisation=bureau, note=words)  # type: ignore[arg-type]
        return self

    def _request_fields(self, what: str) -> dict[str, str]:
        return {"grounds": f"{self.mark(what)}产业基础扎实。", "contact": f"联系人：{self.mark(what)}"[:60]}

    def sending(self) -> Affair:
        """The request lies with the city's reviewer."""
        with self.city.as_(PostRole.HANDLER):
            title = request_title(self.filing)
            draft = signoff.start("creation_request", self.filing, self.filing.dossier, title, self.city.handler)
            signoff.save_fields(draft, self._request_fields("requestdraft"), self.city.handler)
            signoff.send(draft, self.city.handler)
        return self

    def submit(self) -> Affair:
        """T1."""
        fields, title = self._request_fields("request"), request_title(self.filing)
        self.city.issue("creation_request", self.filing, self.filing.dossier, title, fields)
        return self

    def route(self) -> Affair:
        """T2."""
        government = office(the_government())
        with government.as_(PostRole.HANDLER):
            services.route(self.filing, government.handler)
        return self

    def _remarks(self, what: str) -> dict[str, Any]:
        rows = [
            {"target": target, "label": "进度安排", "text": f"{self.mark(what)}{n}", "basis": "P-II.1.4b"}
            for n, target in enumerate(("field:base.talent.schedule", "material:3"))
        ]
        return {"remarks": rows}

    def start_supplement(self) -> Affair:
        """省科技厅 writes remarks that it has not issued."""
        lead = office(the_lead())
        with lead.as_(PostRole.HANDLER):
            draft = signoff.start(
                "supplement", self.filing, self.filing.dossier, self.mark("remarkdraft"), lead.handler
            )
            signoff.save_fields(draft, self._remarks("remarkdraft"), lead.handler)
        return self

    def give_back(self) -> Affair:
        """T3."""
        return self._notice("supplement", self._remarks("remark"))

    def rework(self) -> Affair:
        """The city mends its working copy and has not sent it again."""
        with self.city.as_(PostRole.HANDLER):
            handler = self.city.handler
            editing.save_fields(self.filing, {"base.talent.schedule": self.mark("rework")}, handler)
            self.attach("plan", "rework")
            self.filing.refresh_from_db()
            services.answer_remark(self.filing.remarks.first(), self.mark("answer"), handler)
        return self

    def _notice(self, kind: str, fields: dict[str, Any]) -> Affair:
        title = f"{self.filing.park_name}{kind}"
        office(the_lead()).issue(kind, self.filing, self.filing.dossier, title, fields)
        return self

    def settle(self) -> Affair:
        """省科技厅 settles every answer and acknowledges a second filing of the zone."""
        lead = office(the_lead())
        with lead.as_(PostRole.HANDLER):
            self.filing.refresh_from_db()
            for remark in self.filing.remarks.to_judge():
                services.settle_remark(remark, self.mark("settled"), lead.handler)
            if self.filing.second_reason and not services.acknowledged_second(self.filing):
                services.acknowledge_second(self.filing, self.mark("second"), lead.handler)
        return self

    def open_review(self) -> Affair:
        """T5 and T6."""
        self.settle()
        self._notice("acceptance", {})
        self._notice("consultation", {"departments": [one.code for one in the_departments()]})
        with office(the_lead()).as_(PostRole.HANDLER):
            self.case = Case.objects.get(filing=self.filing)
        return self

    def opinion_fields(self, what: str, department: Office) -> dict[str, str]:
        """What a department says, marked with its own code."""
        said = self.mark(f"{what}-{department.organisation.code}")
        return {"stance": "conditions", "reasons": f"{said}理由。", "conditions": f"{said}条件。"}

    def opinion_of(self, department: Office) -> Opinion:
        """The row of a department's opinion."""
        with department.as_(PostRole.HANDLER):
            return Opinion.objects.get(case=self.case, tenant=department.organisation)

    def opinions(self, count: int = 9) -> Affair:
        """T7: the first departments answer."""
        for department in [office(one) for one in the_departments()][:count]:
            fields = self.opinion_fields("opinion", department)
            title = f"复函 {self.mark(f'opinion-{department.organisation.code}')}"
            department.issue("opinion", self.opinion_of(department), self.case.dossier, title, fields)
        return self

    def draft_opinion(self, department: Office) -> Affair:
        """A department writes what it has not signed."""
        with department.as_(PostRole.HANDLER):
            subject, handler = self.opinion_of(department), department.handler
            title = f"复函 {self.mark(f'opiniondraft-{department.organisation.code}')}"
            draft = signoff.start("opinion", subject, self.case.dossier, title, handler)
            signoff.save_fields(draft, self.opinion_fields("opiniondraft", department), handler)
        return self

    def deem(self) -> Affair:
        """What is proposed to 省科技厅 when the supplement does not come, of which the city is not told."""
        proposals.propose(
            periods.WITHDRAWAL,
            self.filing,
            dossier=self.filing.dossier,
            organisation=the_lead(),
            role=PostRole.SIGNER,
            reasons=[self.mark("remarkdraft")],
            event=ledger.history(self.filing.dossier).latest("serial"),
            title=self.mark("remarkdraft"),
        )
        return self

    def ask(self) -> Question:
        """A question to the city."""
        lead = office(the_lead())
        with lead.as_(PostRole.HANDLER):
            return reviews.ask_question(self.case, self.mark("question"), lead.handler)

    def answer(self, question: Question) -> Affair:
        """The city's answer."""
        with self.city.as_(PostRole.HANDLER):
            reviews.answer_question(question, self.mark("reply"), self.city.handler)
        return self

    def change(self) -> ChangeRequest:
        """省科技厅 asks for a change of one section, and the city has begun to write it."""
        lead = office(the_lead())
        with lead.as_(PostRole.HANDLER):
            change = reviews.request_change(self.case, ["purpose"], self.mark("change"), lead.handler)
        with self.city.as_(PostRole.HANDLER):
            draft = signoff.start("change_letter", change, change.dossier, "补充修改函", self.city.handler)
            said = {"values": {"purpose.emerging": self.mark("changedraft")}}
            signoff.save_fields(draft, said, self.city.handler)
        return change

    def visit(self) -> Visit:
        """T8: 省科技厅 arranges an expert panel, of which the city is not told."""
        lead, said = office(the_lead()), self.mark("visit")
        with lead.as_(PostRole.HANDLER):
            day = timezone.localdate()
            return reviews.plan_visit(
                self.case, VisitKind.PANEL, day, said[:60], said, lead.handler, experts=f"{said}专家"
            )

    def minutes(self, outcome: str = "recommend") -> Affair:
        """T9: everything that was said is adopted, but for the conditions, which the city need not answer then."""
        lead, said = office(the_lead()), self.mark("minutes")
        fields: dict[str, Any] = {
            "outcome": outcome,
            "text": self.mark("conclusion"),
            "held": said[:60],
            "present": said,
        }
        with lead.as_(PostRole.HANDLER):
            fields[adoption.FIELD] = {point.key: _treated(point) for point in adoption.points(self.case)}
        lead.issue("minutes", self.case, self.case.dossier, f"纪要 {said}", fields)
        return self

    def publish(self) -> Affair:
        """T10."""
        fields = {"contact": "省科技厅高新处，电话 0571-00000001", "phone": "0571-00000002"}
        office(the_lead()).issue("publicity_notice", self.case, self.case.dossier, "公示", fields)
        with office(the_lead()).as_(PostRole.HANDLER):
            self.case.refresh_from_db()
        return self

    def object_to(self) -> Objection:
        """A stranger objects; who it is, 省科技厅 alone reads."""
        form = uuid4()
        with enter(PUBLIC):
            notice = Publicity.objects.get(case_id=self.case.pk, closed_at=None)
            person = self.mark("objector")
            reviews.file_objection(
                notice, form, name=person[:40], unit=person, phone="0571-00000009", text=self.mark("objection") * 2
            )
        with office(the_lead()).as_(PostRole.HANDLER):
            return Objection.objects.filter(publicity=notice).latest("filed_at")

    def pass_on(self, objection: Objection) -> Affair:
        """省科技厅 takes the objection up and asks the city for its word."""
        lead = office(the_lead())
        with lead.as_(PostRole.HANDLER):
            reviews.accept_objection(objection, lead.handler)
            reviews.ask_city(objection, self.mark("inquiry"), lead.handler)
        return self

    def end_publicity(self, days: int = 30) -> Affair:
        """The notice lies so many days back, as the owner of the tables writes it."""
        with system(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE reviews_publicity SET starts_on = starts_on - %s, ends_on = ends_on - %s WHERE case_id = %s",
                [days, days, self.case.pk],
            )
        return self

    def publish_result(self) -> Affair:
        """The result note."""
        lead = office(the_lead())
        with lead.as_(PostRole.HANDLER):
            notice = Publicity.objects.get(case=self.case, closed_at=None)
            reviews.publish_result(notice, "公示期内未收到异议。", lead.handler)
        return self

    def conclude(self, outcome: str = "recommend") -> Affair:
        """T9 to T12."""
        self.minutes(outcome)
        if outcome == "recommend":
            self.publish().end_publicity().publish_result()
        return self.report()

    def report(self) -> Affair:
        """T12."""
        lead = office(the_lead())
        up = self.mark("report")
        lead.issue(
            "report", self.case, self.case.dossier, f"报审请示 {up}", {"summary": up}, lambda: countersign(self.case)
        )
        return self

    def list(self) -> Affair:
        """T13."""
        fields = {"duties": self.mark("duties")}
        with system():
            paper = outcome_of(self.case).paper
        office(the_government()).issue(paper, self.case, self.case.dossier, "批复", fields)
        return self

    def refuse(self, ruling: str) -> Affair:
        """T14: `ruling` is decline or defer."""
        fields = {"ruling": ruling, "reasons": self.mark("refusal"), "mend_by": "2027-06-30"}
        office(the_government()).issue("refusal", self.case, self.case.dossier, "复函", fields)
        return self


def _treated(point: adoption.Point) -> dict[str, str]:
    if point.kind == "condition":
        return {"treatment": "not", "reason": "规划中已有安排。"}
    return {"treatment": "adopted", "reason": ""}


def first(rows: Callable[[], Any]) -> Any:
    """A row looked up under the system scope."""
    with system():
        return rows()


def draft_of(kind: str, filing: Filing, organisation: str) -> Draft:
    """A draft of an office about a dossier."""
    return first(lambda: Draft.objects.get(kind=kind, dossier=filing.dossier, tenant__code=organisation))


def paper_of(kind: str, filing: Filing, organisation: str = "") -> Paper:
    """The first paper of a kind in a dossier."""
    rows = Paper.objects.filter(kind=kind, dossier=filing.dossier)
    return first(lambda: (rows.filter(tenant__code=organisation) if organisation else rows).earliest("signed_at"))
