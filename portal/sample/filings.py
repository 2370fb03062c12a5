"""Invented filings in every status, two of them of neighbours with alike data; made through the real services."""

from __future__ import annotations

from collections.abc import Callable

from accounts.queries import applicants
from accounts.scope import system
from applications.models import Filing
from portal.sample.acting import office
from portal.sample.clocks import days_ago
from portal.sample.journeys import AGREE, CONDITIONS, DISAGREE, Journey
from registry.models import HostZone

# 温州瓯江口 has a real park under creation, so that another zone there needs its reason (P-II.1.2g).
SECOND = "示例：首个功能分区已取得经验与成绩，拓展第二个功能分区。"
AGAIN = "示例：前次未列入后重新编制规划，主导产业改为海洋工程装备，与相邻园区错位发展。"
Progress = Callable[[str], None]


def load(progress: Progress) -> None:
    """Make the sample filings once, all or none."""
    with system():
        if Filing.objects.exists():
            return
        plans = _plans()
        for number, (name, make) in enumerate(plans, start=1):
            progress(f"Sample filings {number}/{len(plans)}: {name}")
            make()


def _zone(slug: str) -> HostZone:
    return HostZone.objects.get(slug=slug)


def _journey(division: str, slug: str, name: str, industry: str, code: str, scale: str = "1") -> Journey:
    city = applicants().get(division_id=division)
    return Journey(office(city), _zone(slug), f"{name}（示例）", industry, code, scale)


def _reviewed(journey: Journey, *said: dict[str, str], reason: str = "") -> Journey:
    return journey.draft(reason=reason).submit().route().accept().open_review().opinions(*said)


def _published(journey: Journey, *said: dict[str, str], reason: str = "") -> Journey:
    """The notice was published three weeks ago, after all that led to it."""
    with days_ago(21):
        return _reviewed(journey, *said, reason=reason).conclude().meet_conditions().publish()


def _plans() -> list[tuple[str, Callable[[], object]]]:
    equipment = ("高端装备制造", "C34 通用设备制造业")
    medicine = ("生物医药", "C27 医药制造业")
    materials = ("新材料", "C26 化学原料和化学制品制造业")
    digital = ("数字安防", "C39 计算机、通信和其他电子设备制造业")
    aside = _journey("331100", "lishui-shengtai", "丽水生态产业高新技术产业园区", *medicine)
    taken_back = _journey("330700", "jinhua-xinxing", "金华新兴产业高新技术产业园区", *materials)
    lishui = _journey("331100", "lishui-shengtai", "丽水绿谷高新技术产业园区", *equipment)
    quzhou = _journey("330800", "quzhou-lvse", "衢州绿源高新技术产业园区", *equipment, "1.02")
    zhoushan = _journey("330900", "zhoushan-haiyang", "舟山海洋电子高新技术产业园区", *digital)
    taizhou = _journey("331000", "taizhouwan", "台州湾高新技术产业园区", *equipment)
    jinhua = _journey("330700", "jinhua-xinxing", "金华信息软件高新技术产业园区", *digital)
    huzhou = _journey("330500", "huzhou-nantaihu", "湖州南太湖高新技术产业园区", *medicine)
    jiaxing = _journey("330400", "jiaxing-xiandai-fuwuye", "嘉兴现代服务高新技术产业园区", *digital)
    shaoxing = _journey("330600", "shaoxing-binhai", "绍兴滨海高新技术产业园区", *medicine)
    wenzhou = _journey("330300", "wenzhou-oujiangkou", "温州瓯江高新技术产业园区", *equipment)
    yiwu = _journey("330782", "yiwu-shangmao", "义乌信息光电高新技术产业园区", *digital)
    dajiangdong = _journey("330100", "hangzhou-dajiangdong", "杭州江东高新技术产业园区", *equipment)
    chengxi = _journey("330100", "hangzhou-chengxi", "杭州城西高新技术产业园区", *digital)
    hangzhouwan = _journey("330200", "ningbo-hangzhouwan", "宁波湾区高新技术产业园区", *materials)
    meishan = _journey("330200", "ningbo-meishan", "宁波梅山高新技术产业园区", *materials)
    again = _journey("330200", "ningbo-meishan", "宁波梅山海洋装备高新技术产业园区", *equipment, "1.03")
    all_but_one = (AGREE,) * 5 + (CONDITIONS,) + (AGREE,) * 3
    against = (DISAGREE, AGREE, AGREE, CONDITIONS, DISAGREE, DISAGREE, AGREE, AGREE, AGREE)
    return [
        (aside.name, lambda: aside.draft(complete=False).discard()),
        (taken_back.name, lambda: _reviewed(taken_back, AGREE, AGREE, DISAGREE).withdraw()),
        (lishui.name, lambda: lishui.draft(complete=False)),
        (quzhou.name, lambda: quzhou.draft(seed=2)),
        (zhoushan.name, lambda: zhoushan.draft().submit().age("routing", 1)),
        (taizhou.name, lambda: taizhou.draft().submit().route().age("formal_check", 0)),
        (jinhua.name, lambda: jinhua.draft().submit().route().give_back().age("supplement", 3)),
        (jiaxing.name, lambda: jiaxing.draft().submit().route().reject()),
        (
            huzhou.name,
            lambda: huzhou.draft().submit().route().give_back().answer_remarks().submit().settle_remarks().accept(),
        ),
        (
            dajiangdong.name,
            lambda: _reviewed(dajiangdong, AGREE, CONDITIONS, AGREE, AGREE, AGREE).ask().review_closely(),
        ),
        (shaoxing.name, lambda: _reviewed(shaoxing, *all_but_one).conclude().pass_on_conditions()),
        (hangzhouwan.name, lambda: _published(hangzhouwan).pass_publicity().report()),
        (
            wenzhou.name,
            lambda: _published(wenzhou, *all_but_one, reason=SECOND).pass_publicity().report().list(),
        ),
        (yiwu.name, lambda: _published(yiwu).pass_publicity().report().list()),
        (meishan.name, lambda: _reviewed(meishan, *against).conclude("decline").report("dept-env").refuse("decline")),
        (again.name, lambda: _reviewed(again, *all_but_one, reason=AGAIN).conclude().publish().object_to()),
        (chengxi.name, lambda: _reviewed(chengxi, *against).conclude("defer").report().refuse("defer").reapply()),
    ]
