"""The way of an invented filing, step by step, through the real services."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.utils import timezone
from django.utils.formats import date_format

from accounts.actors import Actor
from accounts.enums import PostRole
from accounts.models import Organisation, Post
from accounts.queries import the_departments, the_government, the_lead
from accounts.scope import PUBLIC, enter, system
from applications import attaching, boundaries, editing, materials, services
from applications.effects import filing_over
from applications.kinds import kind_of, topic_of
from applications.models import Filing
from applications.queries import request_title
from applications.services.withdrawing import EFFECT
from portal.sample.acting import Office, countersign, office, state_difference
from portal.sample.clocks import age
from portal.sample.documents import document
from portal.sample.plan import reworked, values
from registry.geometry import boundary_from_geojson
from registry.geometry.synthetic import synthetic_boundary
from registry.models import HostZone
from reviews import services as reviews
from reviews.enums import ExpertStance
from reviews.experts import ITEMS
from reviews.models import Case, Condition, ExpertOpinion, Opinion, Publicity, Requirement
from reviews.services import adoption
from workflow import instants, ledger
from workflow.enums import Audience
from workflow.models import Delivery

AGREE = {"stance": "agree", "reasons": "示例：符合本部门职责范围内的创建条件。", "conditions": ""}
CONDITIONS = {
    "stance": "conditions",
    "reasons": "示例：总体符合条件，个别事项需要落实。",
    "conditions": "示例：三个月内完成规划环境影响评价。\n示例：明确分期供地计划。",
}
DISAGREE = {"stance": "disagree", "reasons": "示例：规划范围与生态保护红线的关系尚未论证清楚。", "conditions": ""}

ADOPTED = {"treatment": "adopted", "reason": ""}


class Journey:
    """One filing on its way; every step is taken by the office whose turn it is."""

    def __init__(self, city: Office, zone: HostZone, name: str, industry: str, code: str, scale: str = "1") -> None:
        self.city, self.zone, self.name = city, zone, name
        self.industry, self.code, self.scale = industry, code, Decimal(scale)
        self.lead, self.government = office(the_lead()), office(the_government())
        self.filing: Filing
        self.case: Case

    def draft(self, complete: bool = True, area: float = 12.6, seed: int = 1, reason: str = "") -> Journey:
        """The city's handler fills the plan, draws the boundary and adds the files."""
        with self.city.as_(PostRole.HANDLER):
            handler = self.city.handler
            self.filing = services.create_filing(handler, self.name, self.zone, reason)
            fields = values(self.filing.created_at.date(), self.zone.name, self.industry, self.code, self.scale)
            if reason:
                fields["space.second_zone_reason"] = reason
            if not complete:
                fields = dict(list(fields.items())[: len(fields) // 2])
            editing.save_fields(self.filing, fields, handler)
            shape = boundary_from_geojson(synthetic_boundary(self.zone.city_id, seed, area))
            boundaries.set_boundary(self.filing, shape, handler, boundaries.UPLOAD, f"{self.name}边界（示例）.geojson")
            if complete:
                self.attach()
        return self

    def attach(self) -> None:
        """A file for every piece of the materials that its kind asks for."""
        for piece in materials.pieces_of(self.filing.kind):
            code = piece.code
            if code in materials.OPTIONAL:
                continue
            details = {
                "document_number": "示例政〔2026〕6号" if materials.NUMBER in piece.details else "",
                "issued_by": "示例单位" if materials.ISSUER in piece.details else "",
                "issued_on": self.filing.created_at.date() if materials.DATE in piece.details else None,
            }
            files = [document(f"{piece.label}（示例）")]
            attaching.attach(self.filing, code, files, self.city.handler, **details)  # type: ignore[arg-type]

    def submit(self) -> Journey:
        """T1, or T4 after a return: 经办、审核、签发 of the request, then the receipt."""
        fields = {
            "grounds": f"示例：{self.zone.name}产业基础扎实，{self.industry}初具规模，创建规划已经专家论证。",
            "contact": "联系人：示例·张经办，电话：0570-0000003",
        }
        title = request_title(self.filing)
        self.city.issue("creation_request", self.filing, self.filing.dossier, title, fields)
        return self._again()

    def _again(self) -> Journey:
        self.filing.refresh_from_db()
        return self

    def age(self, kind: str, left: int) -> Journey:
        """The sample's time: so many working days are left of a running period, fewer than none when it is over."""
        age(self.filing.dossier, kind, left)
        return self._again()

    def route(self) -> Journey:
        """T2."""
        with self.government.as_(PostRole.HANDLER):
            services.route(self.filing, self.government.handler)
        return self._again()

    def _notice(self, kind: str, label: str, fields: dict[str, object]) -> Journey:
        title = f"{self.name}{kind_of(self.filing).matter.noun}申请{label}"
        self.lead.issue(kind, self.filing, self.filing.dossier, title, {"contact": "联系人：示例·李经办", **fields})
        return self._again()

    def give_back(self) -> Journey:
        """T3."""
        remarks = [
            {
                "target": "field:base.talent.schedule",
                "label": "五类基地 › 人才基地：进度安排",
                "text": "示例：进度安排没有写明起止年月。",
                "basis": "P-II.1.4b",
                "needed": "补充起止年月和主要节点。",
            },
            {
                "target": "material:3",
                "label": "材料③ 论证报告",
                "text": "示例：论证报告缺专家名单。",
                "basis": "P-II.1.8a",
                "needed": "附专家名单和签名页。",
            },
        ]
        return self._notice("supplement", "补正通知书", {"remarks": remarks})

    def answer_remarks(self) -> Journey:
        """The city mends what was asked for and answers every remark."""
        with self.city.as_(PostRole.HANDLER):
            handler = self.city.handler
            text = "示例：2026年3月至2028年12月，2027年6月前完成主体工程。"
            editing.save_fields(self.filing, {"base.talent.schedule": text}, handler)
            for remark in self.filing.remarks.to_answer():
                services.answer_remark(remark, "示例：已按意见补充，见新版本。", handler)
        return self._again()

    def settle_remarks(self) -> Journey:
        """省科技厅 finds every answer sufficient."""
        with self.lead.as_(PostRole.HANDLER):
            for remark in self.filing.remarks.to_judge():
                services.settle_remark(remark, "示例：核对无误。", self.lead.handler)
        return self._again()

    def accept(self) -> Journey:
        """T5; of a second filing of its zone the reason is acknowledged before."""
        if self.filing.second_reason:
            with self.lead.as_(PostRole.HANDLER):
                services.acknowledge_second(self.filing, "示例：首个园区已取得经验与成绩。", self.lead.handler)
        return self._notice("acceptance", "受理通知书", {})

    def reject(self) -> Journey:
        """T5."""
        return self._notice("rejection", "不予受理通知书", {"reasons": "示例：拟创建范围与已有创建园区重叠。"})

    def open_review(self) -> Journey:
        """T6."""
        codes = [department.code for department in the_departments()]
        title = f"关于征求{topic_of(self.filing)}意见的函"
        self.lead.issue("consultation", self.filing, self.filing.dossier, title, {"departments": codes})
        with self.lead.as_(PostRole.HANDLER):
            self.case = Case.objects.get(filing=self.filing)
        return self._again()

    def opinions(self, *said: dict[str, str]) -> Journey:
        """T7: the first departments say this; all nine agree where nothing else is given."""
        departments = [office(department) for department in the_departments()]
        words = said or (AGREE,) * len(departments)
        for department, fields in zip(departments, words, strict=False):
            with department.as_(PostRole.HANDLER):
                opinion = Opinion.objects.get(case=self.case, tenant=department.organisation)
            department.issue("opinion", opinion, self.case.dossier, f"关于{topic_of(self.filing)}意见的复函", fields)
        return self

    def ask(self) -> Journey:
        """A question to the city."""
        with self.lead.as_(PostRole.HANDLER):
            reviews.ask_question(self.case, "示例：请说明园区与相邻园区主导产业如何错位发展。", self.lead.handler)
        return self

    def conclude(self, outcome: str = "recommend") -> Journey:
        """T9."""
        words = {"recommend": "建议列入", "defer": "建议暂缓", "decline": "不建议列入"}[outcome]
        fields: dict[str, Any] = {
            "outcome": outcome,
            "text": f"示例：经联审联评，{words}创建名单。",
            "held": f"{date_format(instants.today())}，在省科技厅会议室（示例）",
            "present": "示例·王处长、示例·赵处长",
        }
        with self.lead.as_(PostRole.HANDLER):
            fields |= {adoption.FIELD: {point.key: ADOPTED for point in adoption.points(self.case)}}
        self.lead.issue("minutes", self.case, self.case.dossier, f"{self.name}联审联评会议纪要", fields)
        return self._same_case()

    def publish(self) -> Journey:
        """T10."""
        fields = {
            "contact": "省科技厅高新技术发展处（示例），电话 0571-00000001",
            "phone": "0571-00000002",
        }
        self.lead.issue("publicity_notice", self.case, self.case.dossier, f"{self.name}公示", fields)
        return self._same_case()

    def object_to(self) -> Journey:
        """Somebody objects under the real name, and the objection waits for 省科技厅."""
        with enter(PUBLIC):
            reviews.file_objection(
                Publicity.objects.get(case_id=self.case.pk),
                uuid4(),
                name="示例·钱先生",
                unit="示例街道某社区",
                phone="0571-00000009",
                text="示例：公示的东侧边界与现有居住区相邻，请核实四至范围。",
            )
        return self

    def pass_publicity(self) -> Journey:
        """The period of a notice of three weeks ago has ended, and nobody objected."""
        with self.lead.as_(PostRole.HANDLER):
            notice = Publicity.objects.get(case=self.case)
            reviews.publish_result(notice, "示例：公示期内未收到异议。", self.lead.handler)
        return self._same_case()

    def _same_case(self) -> Journey:
        with self.lead.as_(PostRole.HANDLER):
            self.case.refresh_from_db()
        return self

    def pass_on_conditions(self) -> Journey:
        """省科技厅 passes the departments' conditions on to the city, in its own words."""
        with self.lead.as_(PostRole.HANDLER):
            rows = Condition.objects.filter(case=self.case, requirement=None)
            for condition in rows.select_related("case__filing__tenant", "tenant"):
                reviews.pass_on(condition, condition.text, self.lead.handler)
        return self

    def meet_conditions(self) -> Journey:
        """Every condition is passed on, met by the city and confirmed by its department."""
        self.pass_on_conditions()
        with self.city.as_(PostRole.HANDLER):
            for requirement in Requirement.objects.filter(case=self.case).select_related("case__filing", "tenant"):
                text = "示例：已落实，证明材料随年度报告备查。"
                reviews.answer_requirement(requirement, text, self.city.handler, [document("落实情况说明（示例）")])
        for department in [office(one) for one in the_departments()]:
            with department.as_(PostRole.HANDLER):
                rows = Requirement.objects.filter(case=self.case, condition__tenant=department.organisation)
                for requirement in rows.select_related("case__filing", "condition__tenant", "tenant"):
                    reviews.judge_requirement(requirement, True, "", department.handler)
        return self

    def review_closely(self) -> Journey:
        """Inner notes, a proposed question, experts, a further department, a second round, a recusal."""
        handler, organisation = self.lead.handler, Organisation.objects.get
        env, fgw = (office(organisation(code=code)) for code in ("dept-env", "dept-fgw"))
        with self.lead.as_(PostRole.HANDLER):
            reviews.invite_department(self.case, organisation(code="other-czt"), "示例：涉及财政资金安排。", handler)
            taken = reviews.invite_department(
                self.case, organisation(code="other-jyt"), "示例：涉及高校合作。", handler
            )
            reviews.withdraw_invitation(taken, "示例：规划中没有高校合作内容。", handler)
            for code in ("expert-1", "expert-2"):
                reviews.invite_expert(self.case, organisation(code=code), "示例：论证产业方向和空间布局。", handler)
            said = Opinion.objects.select_related("case__filing", "tenant").get(case=self.case, tenant=fgw.organisation)
            changed = "示例：空间布局已经调整，请就调整部分再提意见。"
            reviews.reopen_opinion(said, ["section:space"], changed, handler)
            about = "示例：环评审查意见何时能够取得？请生态环境厅提示。"
            reviews.add_note(self.case, about, handler, "section:space", [env.organisation])
        with env.as_(PostRole.HANDLER):
            answer = "示例：规划环评已受理，预计下月出具审查意见。"
            reviews.add_note(self.case, answer, env.handler, "section:space", [self.lead.organisation])
            reviews.propose_question(self.case, "示例：请说明污水处理设施的建设时序。", env.handler)
        self._expert_signs("expert-1")
        self._let_lapse("dept-build")
        return self

    def _let_lapse(self, code: str) -> None:
        """The sample's time: the day of one department has passed, it was reminded, and nothing came."""
        with system():
            opinion = Opinion.objects.select_related("case__filing", "tenant").get(case=self.case, tenant__code=code)
            age(opinion.dossier, "opinion", -5, opinion.pk)
            opinion.due_on = timezone.localdate() - dt.timedelta(days=7)
            opinion.save(update_fields=["due_on"])
        with self.lead.as_(PostRole.HANDLER):
            ledger.append(
                opinion,
                "remind",
                ledger.recorded("催办"),
                self.lead.handler,
                dossier=opinion.dossier,
                data={"reminded": str(opinion.tenant_id)},
                audience=Audience.AUTHORITY,
            )
            reviews.lapse(opinion, "示例：已经催办，逾期未回复。", self.lead.handler)

    def _expert_signs(self, code: str) -> None:
        post = Post.objects.select_related("person", "organisation").get(organisation__code=code)
        expert = Actor(post.person, post)
        scores = [{"code": item.code, "score": 80 + n, "comment": "示例：基础较好。"} for n, item in enumerate(ITEMS)]
        with enter(expert.scope):
            rows = ExpertOpinion.objects.select_related("case__filing__tenant", "tenant", "version")
            text = "示例：产业方向清楚，建议进一步明确与相邻园区的错位发展。"
            mine = rows.get(case=self.case, tenant=post.organisation)
            reviews.sign_expert_opinion(mine, scores, ExpertStance.AMEND, text, expert)

    def report(self, objecting: str = "") -> Journey:
        """T12, countersigned by those whose opinion it rests on; one may object, which the report then states."""
        fields = {"summary": "示例：九个部门均已反馈意见，有关条件已由申报单位书面承诺落实。"}

        def round_of_signatures() -> None:
            countersign(self.case, objecting)
            if objecting:
                state_difference(self.case, self.lead)

        title = f"{self.name}报审请示"
        self.lead.issue("report", self.case, self.case.dossier, title, fields, round_of_signatures)
        return self._same_case()

    def list(self) -> Journey:
        """T13."""
        duties = "示例：按照批复的四至范围组织实施，不得擅自扩大。"
        self.government.issue("approval", self.case, self.case.dossier, f"{self.name}批复", {"duties": duties})
        return self._same_case()

    def refuse(self, ruling: str) -> Journey:
        """T14: `ruling` is decline or defer."""
        fields = {
            "ruling": ruling,
            "reasons": "示例：主导产业与相邻园区雷同，差异化竞争论证不足。",
            "mend_by": "2027-06-30",
        }
        self.government.issue("refusal", self.case, self.case.dossier, f"{self.name}审定复函", fields)
        return self._same_case()

    def withdraw(self) -> Journey:
        """T31."""
        fields = {
            "reasons": "示例：园区布局调整，拟重新论证后再报。",
            "contact": "联系人：示例·张经办，电话：0570-0000003",
        }
        title = f"{self.city.organisation.name}关于撤回创建{self.name}申报的函"
        self.city.issue("withdrawal", self.filing, self.filing.dossier, title, fields)
        with system():
            # The worker would close the offices' tasks a little later; a sample is looked at without one too.
            for row in Delivery.objects.filter(effect=EFFECT, payload__filing=str(self.filing.pk), done_at=None):
                filing_over(row.payload)
                row.done_at = timezone.now()
                row.save(update_fields=["done_at"])
        return self._again()

    def discard(self) -> Journey:
        """A draft that is put aside."""
        with self.city.as_(PostRole.HANDLER):
            services.discard(self.filing, self.city.handler)
        return self._again()

    def reapply(self) -> Journey:
        """A new filing from this one, with its content and a statement of what changed."""
        with self.city.as_(PostRole.HANDLER):
            changes = "示例：补充了与相邻园区的差异化竞争论证，调整了主导产业的次序。"
            self.filing.refresh_from_db()
            self.filing = services.reapply(self.filing, changes, self.city.handler)
            editing.save_fields(self.filing, reworked(self.industry, self.code), self.city.handler)
            more, day = [document("与相邻园区差异化竞争的补充论证（示例）")], self.filing.created_at.date()
            attaching.attach(self.filing, "argumentation", more, self.city.handler, issued_by="示例单位", issued_on=day)
        return self._again()
