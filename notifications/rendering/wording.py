"""The wording of each paper: from the facts of a case to the data of a draft that officials may change.

Papers are written in Chinese whatever language the screen has, so nothing here is translated. Number,
date, seal and check code are added when the paper is signed.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from notifications.rendering.matters import CREATION, Matter
from notifications.rendering.measures import chinese_date

Draft = dict[str, Any]
PROVINCE = "浙江省人民政府"
ANNEX = "申请材料补正清单"


@dataclass(frozen=True, slots=True)
class Filing:
    """What papers say of a filing: applicant, park, host zone, area in km², the request that opened it, its matter.

    `reviewed` is whether a joint review was held, `we` how the applicant calls itself.
    """

    applicant: str
    park: str
    host: str
    area: str
    request_title: str
    request_number: str
    matter: Matter = CREATION
    reviewed: bool = True
    we: str = "我市"

    @property
    def request(self) -> str:
        """《…请示》（示政〔2026〕1号）, as papers quote it."""
        return f"《{self.request_title}》（{self.request_number}）"

    @property
    def topic(self) -> str:
        """创建某某园区: what is talked about."""
        return self.matter.topic.format(park=self.park)

    @property
    def aim(self) -> str:
        """将某某园区列入创建…名单: what is asked for."""
        return self.matter.aim.format(park=self.park)

    @property
    def brief(self) -> str:
        """The same in short, as a refusal says it."""
        return self.matter.brief.format(park=self.park)

    @property
    def asks(self) -> str:
        """What the city is said to ask for."""
        return self.matter.asks.format(park=self.park, host=self.host, area=self.area)


@dataclass(frozen=True, slots=True)
class Remark:
    """One point of a request to supplement: material, what is wrong, clause, what would be right."""

    material: str
    problem: str
    basis: str
    needed: str


def we_of(place: str) -> str:
    """How the government of a place of that name calls the place: 我市, 我县 or 我区."""
    return f"我{place[-1:]}" if place[-1:] in {"市", "县", "区"} else "我地"


def _p(*texts: str) -> list[Draft]:
    return [{"kind": "p", "text": text} for text in texts]


def _points(level: str, points: Sequence[tuple[str, str]]) -> list[Draft]:
    """Headings with their paragraphs; the numbering is part of the heading."""
    return [block for head, text in points for block in ({"kind": level, "text": head}, *_p(text))]


def _letter(office: str, addressees: Sequence[str], title: str, body: list[Draft], **more: Any) -> Draft:
    head = {"format": "letter", "issuer_mark": office, "issuers": [office], "title": title}
    return head | {"addressees": list(addressees), "body": body} | more


def _document(office: str, addressees: Sequence[str], title: str, body: list[Draft], **more: Any) -> Draft:
    head = {"format": "document", "issuer_mark": f"{office}文件", "issuers": [office], "title": title}
    return head | {"addressees": list(addressees), "body": body} | more


def creation_request(
    filing: Filing, *, signer: str, industries: str, grounds: str, contact: str, attachments: Sequence[str] = ()
) -> Draft:
    """请示 of a city to the province (T1); `grounds`: foundation and planning, a paragraph a line."""
    first, *others = grounds.split("\n")
    body = _p(
        "为深入实施创新驱动发展战略，引导创新要素向园区集聚，根据省政府关于创建省级高新技术产业园区的有关规定，"
        f"{filing.we}组织编制了创建规划并经专家充分论证，拟依托{filing.host}创建{filing.park}。现将有关情况请示如下：",
    )
    body += _points(
        "h1",
        [
            ("一、四至范围和面积", f"拟创建园区面积{filing.area}平方公里，四至范围清晰，可连片开发，详见附件。"),
            ("二、产业方向", f"重点发展{industries}。"),
            ("三、创建基础", first),
        ],
    )
    body += _p(*others)
    body += _p(f"现恳请省政府同意将{filing.park}列入创建省级高新技术产业园区名单。", "妥否，请批示。")
    title = filing.request_title
    named = [{"title": name} for name in attachments]
    return _document(filing.applicant, [PROVINCE], title, body, signer=signer, note=contact, attachments=named)


def acceptance(office: str, filing: Filing, *, received: dt.date, contact: str = "") -> Draft:
    """受理通知书 (T5): the joint review begins."""
    body = _p(
        f"省政府办公厅交办的你单位{filing.request}及有关材料，我厅于{chinese_date(received)}收到。经形式审查，"
        "申请材料齐全，符合规定形式，决定予以受理。",
        "我厅将会同省级有关部门组织联审联评。联审联评期间需要你单位说明情况、配合现场考察的，我厅将另行通知；"
        "办理进度可在本系统随时查询。",
        "特此通知。",
    )
    return _letter(
        office, [filing.applicant], f"关于{filing.park}{filing.matter.noun}申请的受理通知书", body, note=contact
    )


def supplement(office: str, filing: Filing, *, remarks: Sequence[Remark], due: dt.date, contact: str = "") -> Draft:
    """补正通知书 (T3): once, with the full list, and the day by which the answer is due."""
    body = _p(
        f"你单位{filing.request}及有关材料收悉。经形式审查，尚有{len(remarks)}处需要补正，现一次性告知（见附件）。",
        f"请于{chinese_date(due)}前通过本系统提交补正后的材料。补正期间不计入办理时限；逾期未补正的，"
        "经催告后视为撤回申请，今后可以重新申报。",
        "特此通知。",
    )
    rows = [["序号", "材料", "需要补正的问题", "依据", "补正要求"]]
    rows += [[str(i), r.material, r.problem, r.basis, r.needed] for i, r in enumerate(remarks, start=1)]
    table = {"kind": "table", "rows": rows, "widths": [12, 28, 44, 26, 46]}
    return _letter(
        office,
        [filing.applicant],
        f"关于{filing.park}{filing.matter.noun}申请材料的补正通知书",
        body,
        attachments=[{"title": ANNEX}],
        appendices=[{"title": ANNEX, "blocks": [table]}],
        note=contact,
    )


def refusal(office: str, filing: Filing, *, reasons: Sequence[str], contact: str = "") -> Draft:
    """不予受理通知书 (T5), with every reason."""
    body = _p(f"你单位{filing.request}及有关材料收悉。经形式审查，决定不予受理，理由如下：")
    body += [{"kind": "list", "items": list(reasons)}]
    body += _p("上述情形消除后，你单位可以重新申报。对本通知有异议的，可以向我厅书面提出。", "特此通知。")
    title = f"关于{filing.park}{filing.matter.noun}申请的不予受理通知书"
    return _letter(office, [filing.applicant], title, body, note=contact)


def consultation(office: str, filing: Filing, *, departments: Sequence[str], due: dt.date, contact: str) -> Draft:
    """征求意见函 (T6) to the departments of the joint review."""
    body = _p(
        f"{filing.applicant}报来{filing.request}，{filing.asks}。"
        f"我厅已于近日受理。根据{filing.matter.review}工作安排，现就有关事项征求你单位意见。",
        f"请结合职能，对其是否符合{filing.matter.conditions}逐项提出意见，明确“同意”“有条件同意”或者“不同意”；"
        "有条件同意的请列明条件，不同意的请说明理由和依据。",
        f"请于{chinese_date(due)}前通过本系统反馈经单位负责人签发的意见。申请材料可在本系统查阅。",
    )
    title = f"关于征求{filing.topic}意见的函"
    return _letter(office, departments, title, body, note=contact)


def department_reply(
    department: str,
    filing: Filing,
    *,
    to: str,
    asked: str,
    opinion: str,
    reasons: Sequence[str] = (),
    conditions: Sequence[str] = (),
    remarks: Sequence[str] = (),
) -> Draft:
    """复函 (T7): `asked` is the number of the letter answered, `opinion` 同意, 有条件同意 or 不同意."""
    verdicts = {
        "同意": f"经研究，我单位同意{filing.aim}。",
        "有条件同意": f"经研究，在落实下列条件的前提下，我单位同意{filing.aim}。",
        "不同意": f"经研究，我单位不同意{filing.aim}。",
    }
    body = _p(f"《关于征求{filing.topic}意见的函》（{asked}）收悉。{verdicts[opinion]}")
    if reasons:
        body += [{"kind": "h1", "text": "理由和依据"}, {"kind": "list", "items": list(reasons)}]
    if conditions:
        body += [{"kind": "h1", "text": "应当落实的条件"}, {"kind": "list", "items": list(conditions)}]
    if remarks:
        body += [{"kind": "h1", "text": "对规划有关栏目的意见"}, {"kind": "list", "items": list(remarks)}]
    body += _p("特此复函。")
    return _letter(department, [to], f"关于{filing.topic}意见的复函", body)


def joint_review_minutes(
    office: str,
    filing: Filing,
    *,
    mark: str,
    held: str,
    opinions: Sequence[tuple[str, str, str]],
    conclusion: Sequence[str],
    present: str,
    absent: str = "",
    observers: str = "",
    judged: Sequence[tuple[str, str, str, str]] = (),
    treatments: Sequence[tuple[str, str, str, str]] = (),
) -> Draft:
    """纪要 of the joint review (T9), without a seal.

    `opinions`: department, opinion, conditions; `judged`: clause of review, who judged it, how, why;
    `treatments`: department, what it said, adopted or not, why.
    """
    body = _p(
        f"{held}，{office}召集省级有关部门，对{filing.applicant}报送的{filing.request}进行{filing.matter.review}，"
        f"逐项审议了{filing.matter.conditions}。现将有关事项纪要如下：",
    )
    tables: list[tuple[str, list[str], Sequence[tuple[str, ...]], list[int]]] = [
        ("各部门意见", ["部门", "意见", "条件或理由"], opinions, [44, 28, 72]),
        ("评审条款的评定", ["条款", "评审人", "评定", "理由"], judged, [46, 30, 16, 52]),
        ("意见采纳情况", ["部门", "意见和条件", "采纳情况", "说明"], treatments, [30, 52, 24, 38]),
    ]
    parts = [_listed(*one) for one in tables if one[2] or one[0] == "各部门意见"]
    for numeral, (heading, *contents) in zip("一二三四", [*parts, ("会议结论", *_p(*conclusion))], strict=False):
        body += [{"kind": "h1", "text": f"{numeral}、{heading}"}, *contents]
    people = [("出席", present), ("请假", absent), ("列席", observers)]
    attendance = [{"label": label, "names": names} for label, names in people if names]
    return {
        "format": "minutes",
        "issuer_mark": mark,
        "issuers": [office],
        "title": f"关于{filing.topic}的{filing.matter.review}会议纪要",
        "body": body,
        "attendance": attendance,
    }


def _listed(heading: str, head: list[str], rows: Sequence[tuple[str, ...]], widths: list[int]) -> tuple[Any, ...]:
    """A heading and its table with numbered rows; widths in mm after the 12 mm of the number."""
    numbered = [[str(place), *row] for place, row in enumerate(rows, start=1)]
    return heading, {"kind": "table", "rows": [["序号", *head], *numbered], "widths": [12, *widths]}


def report_upward(
    office: str,
    filing: Filing,
    *,
    outcome: str,
    signer: str,
    summary: Sequence[str],
    contact: str,
    attachments: Sequence[str] = (),
    countersigned: Sequence[str] = (),
) -> Draft:
    """请示 of the lead department to the province (T12); `outcome`: recommend, defer or decline, as concluded.

    `countersigned`: paragraphs on who countersigned (会签), and on what could not be agreed on.
    """
    told = filing.matter.aim.format(park=f"{filing.park}（{filing.area}平方公里）" if filing.area else filing.park)
    advice = {
        "recommend": f"建议省政府同意{told}。",
        "defer": f"建议暂缓{filing.aim}，待整改后再报。",
        "decline": f"建议{filing.matter.no}{filing.aim}。",
    }[outcome]
    how = "会同省级有关部门对{0}组织了联审联评" if filing.reviewed else "对{0}进行了审查，未组织联审联评"
    body = _p(
        f"根据省政府办公厅交办意见，我厅{how.format(filing.applicant + filing.request)}。现将有关情况请示如下：",
    )
    held = "联审联评情况" if filing.reviewed else "审查情况"
    body += [{"kind": "h1", "text": f"一、{held}"}, *_p(*summary)]
    body += [{"kind": "h1", "text": "二、我厅建议"}, *_p(advice)]
    if countersigned:
        body += [{"kind": "h1", "text": "三、会签情况"}, *_p(*countersigned)]
    body += _p("妥否，请批示。")
    title = f"{office}关于{filing.matter.report.format(park=filing.park)}审定事项的请示"
    named = [{"title": name} for name in attachments]
    return _document(office, [PROVINCE], title, body, signer=signer, note=contact, attachments=named)


def approval(filing: Filing, *, lead: str, duties: Sequence[str] = ()) -> Draft:
    """批复 of the province to the applicant (T13)."""
    body = _p(f"你单位{filing.request}收悉。现批复如下：")
    points = [
        f"同意将{filing.park}列入创建省级高新技术产业园区名单，面积{filing.area}平方公里，"
        "对外可先挂省级高新技术产业园区牌子。",
        *duties,
        f"{lead}要会同省级有关部门加强指导服务，以增量考核为主，每年进行评价、排序并通报；"
        "对达不到要求的，给予黄牌警告，连续两年达不到要求的，取消其创建资格。",
    ]
    numerals = "一二三四五六七八九十"
    body += _p(*(f"{numerals[i]}、{text}" for i, text in enumerate(points)))
    title = f"{PROVINCE}关于同意{filing.park}列入创建名单的批复"
    return _document(PROVINCE, [filing.applicant], title, body)


def not_listed(
    office: str,
    filing: Filing,
    *,
    deferred: bool,
    reasons: Sequence[str],
    contact: str = "",
    mend_by: dt.date | None = None,
) -> Draft:
    """函 (T14): not listed, or deferred until the points named are mended, by a day where one is given."""
    act = "暂缓" if deferred else "不予"
    day = f"，于{chinese_date(mend_by)}前完成" if mend_by else ""
    body = _p(f"你单位{filing.request}收悉。经省政府同意，决定{act}{filing.brief}，现函告如下：")
    body += [{"kind": "list", "items": list(reasons)}]
    body += _p(filing.matter.mended.format(day=day) if deferred else filing.matter.after)
    title = f"关于{act}{filing.brief}的函"
    return _letter(office, [filing.applicant], title, body, note=contact)


def receipt(
    portal: str, *, number: str, facts: Sequence[tuple[str, str]], files: Sequence[tuple[str, str, str]], digest: str
) -> Draft:
    """回执: `facts` name and value; `files`: name, size, SHA-256; `digest`: that of the frozen version."""
    rows = [["序号", "文件", "大小", "SHA-256"]]
    rows += [[str(i), *file] for i, file in enumerate(files, start=1)]
    table = {"kind": "table", "rows": rows, "widths": [14, 54, 20, 68]}
    return {
        "format": "receipt",
        "issuer_mark": portal,
        "title": "网上申报回执",
        "number": number,
        "facts": [{"name": name, "value": value} for name, value in facts],
        "body": [
            {"kind": "h1", "text": f"所附文件（{len(files)}件）"},
            table,
            {
                "kind": "p",
                "text": "本回执证明上列材料已按所示时间提交并封存，材料版本摘要由系统对封存的数据和文件计算得出；"
                "任何改动都会使摘要不同。本回执不代表受理，受理以正式通知书为准。",
            },
        ],
        "data_sha256": digest,
    }
