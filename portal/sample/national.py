"""A recognised city waits for the state's answer, a pilot's wish to leave lies before 省科技厅 (示例数据)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from accounts.enums import PostRole
from accounts.models import Organisation
from accounts.queries import the_lead
from accounts.scope import system
from applications import attaching, editing, materials, services
from applications.enums import KindCode
from applications.models import Filing
from applications.queries import request_title
from portal.sample.acting import Office, office
from portal.sample.clocks import days_ago
from portal.sample.documents import document
from reviews.models import Case
from workflow.ledger import recorded

RISING, LEAVING = "gov-330600", "gov-330800"
CONTACT = recorded("联系人：示例·周经办，电话：0575-00000006")
RISES: Mapping[str, str | bool] = {
    "national.grounds": recorded(
        "示例：研发投入强度连续三年提高，高新技术产业成为工业增长的主要来源，企业研发机构覆盖主要行业。"
    ),
    "national.features": recorded("示例：以企业为主体组建产业创新联盟，传统产业改造提升的做法可供同类城市借鉴。"),
    "national.aims": recorded("示例：第一年完成方案和责任分解，第二年新增一批创新型企业和平台，第三年总结评估。"),
    "national.tasks": recorded("示例：推进科技成果转化、科技金融和人才评价三项改革，逐项明确责任部门和完成时限。"),
    "national.support": recorded("示例：市财政设立专项资金，每年纳入预算；市科技创新工作领导小组统筹推进。"),
    "national.contact": CONTACT,
    "national.truth": True,
}
LEAVES: Mapping[str, str | bool] = {
    "exit.reason": recorded("示例：拟集中力量推进另一项综合试点，避免两项工作指标重复、多头报送。"),
    "exit.after": recorded("示例：在建项目按原任务书完成，专项资金按规定清算，企业优惠政策继续执行。"),
    "exit.contact": CONTACT,
}
WHY_RISING = recorded("示例：该市创新投入、产业结构和体制机制改革基础较好，具有示范意义。")
WHY_LEAVING = recorded("示例：经市政府常务会议研究，申请退出。")


def load(progress: Callable[[str], None]) -> None:
    """Load it once; every step by the office whose turn it is."""
    with system():
        if Filing.objects.filter(kind__in=(KindCode.NATIONAL, KindCode.EXIT)).exists():
            return
        lead = office(the_lead())
        rising, leaving = (office(Organisation.objects.get(code=code)) for code in (RISING, LEAVING))
    with days_ago(45):
        filing = _accepted(rising, lead, KindCode.NATIONAL, RISES, WHY_RISING)
    with days_ago(30):
        with lead.as_(PostRole.HANDLER):
            case = Case.objects.get(filing=filing)
        title = recorded("推荐申报国家创新型试点的函")
        lead.issue("national_recommendation", case, case.dossier, title, {"grounds": WHY_RISING})
    with days_ago(6):
        gone = _accepted(leaving, lead, KindCode.EXIT, LEAVES, WHY_LEAVING)
    progress(f"Waits for the state's answer: {filing.park_name}; asks to leave: {gone.park_name}")


def _accepted(government: Office, lead: Office, kind: KindCode, said: Mapping[str, str | bool], grounds: str) -> Filing:
    """A filing of a place, written, sent and accepted."""
    with government.as_(PostRole.HANDLER):
        filing = services.create_for_place(government.handler, kind)
        editing.save_fields(filing, dict(said), government.handler)
        for piece in materials.pieces_of(kind):
            if piece.code not in materials.OPTIONAL:
                attaching.attach(filing, piece.code, [document(f"{piece.label}（示例）")], government.handler)
    letter = {"grounds": grounds, "contact": CONTACT}
    government.issue("creation_request", filing, filing.dossier, request_title(filing), letter)
    title = f"{filing.park_name}申请受理通知书"
    lead.issue("acceptance", filing, filing.dossier, title, {"contact": recorded("联系人：示例·李经办")})
    return filing
