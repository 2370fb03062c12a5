"""One realistic sample of every paper, as plain data, for the tests that measure them."""

import datetime as dt
from typing import Any

from notifications.rendering import wording

OFFICE = "浙江省科学技术厅"
CITY = "示范市人民政府"
FILING = wording.Filing(
    applicant=CITY,
    park="示范湾省级高新技术产业园区",
    host="示范湾产业集聚区",
    area="12.48",
    request_title="示范市人民政府关于创建示范湾省级高新技术产业园区的请示",
    request_number="示政〔2026〕10号",
)
DEPARTMENTS = [
    "省发展改革委",
    "省委组织部（省人才办）",
    "省经信厅",
    "省人力社保厅",
    "省自然资源厅",
    "省生态环境厅",
    "省建设厅",
    "省商务厅",
    "省统计局",
]
CONTACT = "联系人：张示例，联系电话：0571—00000000"
REMARKS = [
    wording.Remark(
        "创建规划（第3章）",
        "未写明重点高端产业的创新基地、创业基地、人才基地布局。",
        "创建条件第4项",
        "补充五类基地的布局图和建设时序。",
    ),
    wording.Remark(
        "四至范围图",
        "界址点坐标未注明坐标系，图上面积9.86平方公里，与正文12.48平方公里不一致。",
        "创建条件第2项",
        "按CGCS2000坐标系重新出图，并使面积一致。",
    ),
    wording.Remark(
        "土地利用总体规划符合性意见",
        "缺少自然资源主管部门盖章的意见。",
        "创建条件第2项",
        "提交盖章的符合性意见。",
    ),
    wording.Remark(
        "政策措施汇总表", "缺少“技术参与收益分配政策”一项。", "创建条件第5项", "七个方面各列出至少一条措施及其出处。"
    ),
    wording.Remark(
        "论证报告", "专家签名页缺少2名专家的签名和单位。", "申报要求", "提交全部专家签名的论证意见，并附专家名单。"
    ),
]


def signed(draft: dict[str, Any], number: str, date: str, **more: Any) -> dict[str, Any]:
    """The draft as it is when signed: number, date, drawn seal, check mark, sample mark."""
    data = draft | {"number": number, "date": date, "sample": True} | more
    code = "K7QM-2XPD-9HFA"
    data["check"] = {"code": code, "url": f"https://portal.example/papers/{code}/"}
    if data["format"] in ("document", "letter"):
        data |= {"sealed": True, "seal": {"organisation": data["issuers"][0], "demo": True}}
    if data["format"] != "receipt":
        data["data_sha256"] = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    return data


def _imprint(office: str, date: str, *cc: str) -> dict[str, Any]:
    return {"cc": list(cc), "printed_by": office, "printed_on": date}


def creation_request() -> dict[str, Any]:
    draft = wording.creation_request(
        FILING,
        signer="李示范",
        industries="新一代信息技术、高端装备制造和生物医药三大产业，到2030年形成千亿级产业集群",
        grounds="园区现有规模以上工业企业186家，其中高新技术企业97家；2025年实现技工贸总收入312.6亿元，"
        "高新技术产业产值占工业总产值的63.4%，研发经费占生产总值的3.9%。创建规划已经13名专家论证通过。",
        contact=CONTACT,
        attachments=[
            "示范湾省级高新技术产业园区创建规划",
            "示范湾省级高新技术产业园区四至范围图和界址点坐标表（含城市总体规划、土地利用总体规划符合性意见）",
            "政策措施汇总表",
        ],
    )
    return signed(draft, FILING.request_number, "2026-03-18", **_imprint("示范市人民政府办公室", "2026-03-18"))


def acceptance() -> dict[str, Any]:
    draft = wording.acceptance(OFFICE, FILING, received=dt.date(2026, 3, 20))
    return signed(draft, "浙科函高〔2026〕21号", "2026-03-26", cc=["省政府办公厅"])


def supplement() -> dict[str, Any]:
    draft = wording.supplement(OFFICE, FILING, remarks=REMARKS * 3, due=dt.date(2026, 4, 17), contact=CONTACT)
    return signed(draft, "浙科函高〔2026〕20号", "2026-03-25", cc=["省政府办公厅"])


def refusal() -> dict[str, Any]:
    reasons = [
        "申报主体为县（市、区）人民政府，不属于设区市人民政府或者义乌市政府。",
        "拟创建面积8.6平方公里，少于10平方公里的下限。",
    ]
    draft = wording.refusal(OFFICE, FILING, reasons=reasons, contact=CONTACT)
    return signed(draft, "浙科函高〔2026〕22号", "2026-03-26")


def consultation() -> dict[str, Any]:
    draft = wording.consultation(OFFICE, FILING, departments=DEPARTMENTS, due=dt.date(2026, 4, 14), contact=CONTACT)
    return signed(draft, "浙科函高〔2026〕25号", "2026-03-30")


def department_reply() -> dict[str, Any]:
    draft = wording.department_reply(
        "浙江省自然资源厅",
        FILING,
        to=OFFICE,
        asked="浙科函高〔2026〕25号",
        opinion="有条件同意",
        reasons=["拟创建范围位于城镇开发边界内，符合国土空间规划；未涉及永久基本农田和生态保护红线。"],
        conditions=["园区新增建设用地指标由示范市在年度计划内统筹解决。", "核减范围线东北侧0.32平方公里水域。"],
    )
    return signed(draft, "浙自然资函〔2026〕88号", "2026-04-13")


def joint_review_minutes() -> dict[str, Any]:
    opinions = [(name, "同意", "") for name in DEPARTMENTS]
    opinions[4] = (DEPARTMENTS[4], "有条件同意", "用地指标由示范市统筹；核减东北侧0.32平方公里水域。")
    opinions[5] = (DEPARTMENTS[5], "有条件同意", "规划环境影响评价批复前不得引进印染、电镀项目。")
    draft = wording.joint_review_minutes(
        OFFICE,
        FILING,
        mark="联审联评会议纪要",
        held="2026年4月21日上午",
        opinions=opinions,
        conclusion=[
            "会议认为，示范湾产业集聚区产业基础较好、主导功能明确，符合创建省级高新技术产业园区的条件。",
            "会议原则同意将其列入建议名单。示范市要在5月15日前落实省自然资源厅、省生态环境厅提出的条件，"
            "由省科技厅核实后按程序公示并上报省政府。",
        ],
        present="王一（省科技厅）、赵二（省发展改革委）、钱三（省委组织部）、孙四（省经信厅）、周五（省人力社保厅）、"
        "吴六（省自然资源厅）、郑七（省生态环境厅）、冯八（省建设厅）、陈九（省统计局）",
        absent="褚十（省商务厅）",
        observers="示范市人民政府、示范湾产业集聚区管委会负责人，专家组组长",
    )
    return signed(draft, "〔2026〕2号", "2026-04-22", **_imprint(f"{OFFICE}办公室", "2026-04-22", *DEPARTMENTS))


def report_upward() -> dict[str, Any]:
    draft = wording.report_upward(
        OFFICE,
        FILING,
        outcome="recommend",
        signer="王一",
        summary=[
            "参加联审联评的9个部门中，7个同意，2个有条件同意，有关条件已由示范市落实并经核实；13名专家一致同意通过论证。",
            "经2026年5月18日至5月29日公示，未收到异议。",
        ],
        contact=CONTACT,
        attachments=["联审联评会议纪要"],
    )
    return signed(draft, "浙科发高〔2026〕31号", "2026-06-03", **_imprint(f"{OFFICE}办公室", "2026-06-03"))


def approval() -> dict[str, Any]:
    draft = wording.approval(
        FILING,
        lead="省科技厅",
        duties=[
            "示范市人民政府要落实主体责任，围绕新一代信息技术等主导产业编制和实施重点高端产业发展规划，"
            "严格按规划范围开发建设，落实新增建设用地指标和耕地占补平衡，确保如期完成创建目标。"
        ],
    )
    imprint = _imprint(
        "浙江省人民政府办公厅",
        "2026-06-23",
        "省委办公厅",
        "省人大常委会办公厅",
        "省政协办公厅",
        "省科技厅",
        *DEPARTMENTS,
    )
    return signed(draft, "浙政函〔2026〕63号", "2026-06-22", **imprint)


def not_listed() -> dict[str, Any]:
    reasons = ["主导产业不够集中，前3个主导高端产业产值占比仅为41.7%。", "规划环境影响评价尚未完成。"]
    draft = wording.not_listed("浙江省人民政府办公厅", FILING, deferred=True, reasons=reasons, contact=CONTACT)
    return signed(draft, "浙政办函〔2026〕17号", "2026-06-22", cc=["省科技厅", "省发展改革委"])


def receipt() -> dict[str, Any]:
    names = ["请示（扫描件）.pdf", "创建规划.pdf", "论证报告及专家名单.pdf", "四至范围图.pdf", "界址点坐标.csv"]
    files = [(name, f"{i * 1.7 + 0.4:.1f} MB", f"{i + 1:x}" * 64) for i, name in enumerate(names)]
    draft = wording.receipt(
        "创园　浙江省高新技术产业园区创建与创新型城市建设平台",
        number="HZ-2026-000123",
        facts=[
            ("申报事项", "创建省级高新技术产业园区"),
            ("申报单位", CITY),
            ("园区名称", FILING.park),
            ("提交人", "张示例（市科技局，经办）"),
            ("签发人", "李示范"),
            ("提交时间", "2026年3月18日 16:42:07（北京时间）"),
            ("材料版本", "第2版，共5件"),
        ],
        files=files,
        digest="c3ab8ff13720e8ad9047dd39466b3c8974e592c2fa383d4a3960714caef0c4f2",
    )
    return signed(draft, "HZ-2026-000123", "2026-03-18")


SAMPLES = {
    sample.__name__: sample
    for sample in (
        creation_request,
        acceptance,
        supplement,
        refusal,
        consultation,
        department_reply,
        joint_review_minutes,
        report_upward,
        approval,
        not_listed,
        receipt,
    )
}


def document(**changes: Any) -> dict[str, Any]:
    """A plain approval: without check mark, sample mark and hash, with these changes."""
    return approval() | {"check": None, "sample": False, "data_sha256": ""} | changes
