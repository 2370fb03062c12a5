"""The wording of a sanction's papers: notice, statement, warning, revocation, review, what is taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from notifications.rendering.wording import PROVINCE, _document, _letter, _p

Draft = dict[str, Any]
FINDINGS = "未达到要求的指标及计算情况"
ANSWERS = "陈述申辩理由答复表"
RULE = (
    "省政府关于创建省级高新技术产业园区的规定明确：“对达不到上述要求的，给予黄牌警告”；"
    "“连续两年达不到上述要求的，取消其创建资格”。"
)


@dataclass(frozen=True, slots=True)
class Sanction:
    """What papers say of a sanction case: the addressee, the park, the year, what is missed, what precedes it.

    `findings` are (clause and name, quotation, observed, threshold, formula); `before` tells of the year before.
    """

    city: str
    park: str
    year: int
    revocation: bool
    findings: Sequence[tuple[str, str, str, str, str]]
    before: Sequence[str] = ()
    result: str = ""
    notice: str = ""
    decision: str = ""

    @property
    def act(self) -> str:
        """What is intended."""
        if self.revocation:
            return f"取消{self.park}创建省级高新技术产业园区资格"
        return f"给予{self.park}{self.year}年度黄牌警告"

    @property
    def notice_title(self) -> str:
        """The title of the notice that told the addressee."""
        return f"关于{self.park}{'拟取消创建资格' if self.revocation else '拟给予黄牌警告'}的告知书"

    @property
    def intended(self) -> str:
        """What the notice said is intended, as the name of the matter."""
        return f"拟{self.act}一事"

    @property
    def facts(self) -> str:
        """What was found, in one sentence."""
        source = f"（{self.result}）" if self.result else ""
        return f"经{self.year}年度评价{source}，{self.park}有{len(self.findings)}项要求未达到，具体见附件。"


def _findings(case: Sanction) -> Draft:
    rows = [["序号", "要求", "条款原文", "实际值", "标准", "算式"]]
    rows += [[str(i), *row] for i, row in enumerate(case.findings, start=1)]
    return {
        "title": FINDINGS,
        "blocks": [{"kind": "table", "rows": rows, "widths": [12, 36, 42, 20, 18, 28]}],
    }


def _answers(answers: Sequence[tuple[str, str, str]]) -> Draft:
    rows = [["序号", "申辩理由", "是否采纳", "答复"], *([str(i), *row] for i, row in enumerate(answers, start=1))]
    return {"title": ANSWERS, "blocks": [{"kind": "table", "rows": rows, "widths": [12, 62, 22, 60]}]}


def _annexed(*appendices: Draft) -> Draft:
    return {"attachments": [{"title": one["title"]} for one in appendices], "appendices": list(appendices)}


def notice(office: str, case: Sanction, *, days: int, receipt: int, review: str, contact: str = "") -> Draft:
    """告知书: facts, rule, figures, what is intended, and what the addressee may do about it."""
    hearing = "你市或者园区管委会可以在上述期限内申请听证，听证期间不计入期限。"
    body = _p(
        case.facts,
        *case.before,
        f"{RULE}据此，我厅拟{'报请省政府' if case.revocation else ''}{case.act}。",
        f"你市对上述事实、依据和拟作出的处理，可以自签收本告知书之日起{days}个工作日内通过本系统提出书面陈述申辩，"
        f"并可提交有关材料；我厅将对每一条理由逐一答复。{hearing}逾期未提出的，视为放弃陈述申辩。",
        f"请在{receipt}个工作日内签收本告知书，期满未签收的，视为已经送达。{review}",
        "特此告知。",
    )
    return _letter(office, [case.city], case.notice_title, body, note=contact, **_annexed(_findings(case)))


def statement(office: str, case: Sanction, *, to: str, reasons: Sequence[str], contact: str = "") -> Draft:
    """陈述申辩意见: the addressee's reasons, one by one."""
    body = _p(f"《{case.notice_title}》（{case.notice}）收悉。现提出陈述申辩意见如下：")
    body += [{"kind": "list", "items": list(reasons)}]
    body += _p("请予考虑。")
    title = f"关于{case.park}{case.year}年度评价处理的陈述申辩意见"
    return _letter(office, [to], title, body, note=contact)


def warning(
    office: str,
    case: Sanction,
    *,
    official: str,
    answers: Sequence[tuple[str, str, str]],
    heard: str,
    plan_days: int,
    review_days: int,
    duties: Sequence[str] = (),
    contact: str = "",
) -> Draft:
    """黄牌警告通知书: facts, rule, what was said and answered, the decision and its official, the remedies."""
    body = _p(
        case.facts,
        heard,
        f"{RULE}经{official}审定，决定{case.act}。",
        f"请你市督促园区对照未达到的要求查找原因，于{plan_days}个工作日内报送整改方案，抓紧整改；"
        f"我厅将在年中检查整改情况。{case.year + 1}年度仍达不到要求的，将按规定报请省政府取消其创建资格。",
        *duties,
        f"对本决定不服的，可以自收到之日起{review_days}个工作日内向我厅申请复核，也可以依法寻求其他救济。",
    )
    annexes = [_findings(case), *([_answers(answers)] if answers else [])]
    title = f"关于给予{case.park}{case.year}年度黄牌警告的通知书"
    return _letter(office, [case.city], title, body, note=contact, **_annexed(*annexes))


def spared(
    office: str, case: Sanction, *, official: str, reasons: Sequence[str], answers: Sequence[tuple[str, str, str]]
) -> Draft:
    """不予处理决定书: why nothing is imposed."""
    head = "经省政府同意，" if case.revocation and office == PROVINCE else ""
    body = _p(
        f"{case.facts}我们对陈述申辩意见进行了复核。", f"{head}经{official}审定，决定不予{_short(case)}，理由如下："
    )
    body += [{"kind": "list", "items": list(reasons)}]
    body += _p("请继续督促园区对照创建要求抓好各项工作。")
    title = f"关于不予{_short(case)}的复核决定书"
    return _letter(office, [case.city], title, body, **(_annexed(_answers(answers)) if answers else {}))


def _short(case: Sanction) -> str:
    return f"取消{case.park}创建资格" if case.revocation else f"{case.park}{case.year}年度黄牌警告"


def revocation_request(
    office: str, case: Sanction, *, signer: str, heard: str, summary: Sequence[str],
    answers: Sequence[tuple[str, str, str]], contact: str = "",
) -> Draft:  # fmt: skip
    """请示 of the lead to the province: two years missed, what was said and answered, what is asked."""
    body = _p(case.facts, *case.before, heard, *summary, f"{RULE}建议省政府{case.act}。", "妥否，请批示。")
    annexes = [_findings(case), *([_answers(answers)] if answers else [])]
    title = f"{office}关于取消{case.park}创建资格的请示"
    return _document(office, [PROVINCE], title, body, signer=signer, note=contact, **_annexed(*annexes))


def revocation(
    case: Sanction, *, lead: str, official: str, heard: str, answers: Sequence[tuple[str, str, str]], review_days: int
) -> Draft:
    """通知 of the province that revokes a park's place on the list."""
    body = _p(
        f"{case.facts}",
        *case.before,
        heard,
        f"{RULE}经{official}审定，省政府决定{case.act}。现将有关事项通知如下：",
        f"一、{case.park}自本通知印发之日起退出省级高新技术产业园区创建名单，"
        "对外不得再使用省级高新技术产业园区名称和牌子，请你市督促限期摘牌。",
        f"二、{lead}会同省级有关部门停止执行该园区享受的支持政策，终止年度统计报送和评价。",
        "三、今后符合创建条件的，可以按规定重新申报。",
        f"对本决定不服的，可以自收到之日起{review_days}个工作日内申请复核，也可以依法寻求其他救济。",
    )
    annexes = [_findings(case), *([_answers(answers)] if answers else [])]
    title = f"{PROVINCE}关于取消{case.park}创建省级高新技术产业园区资格的通知"
    return _document(PROVINCE, [case.city], title, body, **_annexed(*annexes))


def review_request(office: str, case: Sanction, *, to: str, reasons: Sequence[str], contact: str = "") -> Draft:
    """复核申请 of the city."""
    body = _p(f"你单位关于{case.park}的处理决定（{case.decision}）收悉。现申请复核，理由如下：")
    body += [{"kind": "list", "items": list(reasons)}]
    title = f"关于{case.park}{case.year}年度处理决定的复核申请"
    return _letter(office, [to], title, body, note=contact)


def changed(case: Sanction, struck: Sequence[str], kept: Sequence[str], plan_days: int) -> list[str]:
    """What a review makes of a decision (变更): the card of the year in place of the revocation, or fewer grounds."""
    if case.revocation:
        return [
            f"撤销取消{case.park}创建资格的决定，变更为给予{case.park}{case.year}年度黄牌警告；"
            f"{case.park}恢复在省级高新技术产业园区创建名单中的资格。",
            f"请你市督促园区抓紧整改，于{plan_days}个工作日内报送整改方案。"
            f"{case.year + 1}年度仍达不到要求的，将按规定报请省政府取消其创建资格。",
        ]
    return [
        f"下列要求不再作为黄牌警告的事实：{'、'.join(struck)}。"
        f"其余未达到的要求不变：{'、'.join(kept)}；{case.year}年度黄牌警告继续有效。"
    ]


def reviewed(
    office: str, case: Sanction, *, official: str, outcome: str, asked: str, reasons: Sequence[str],
    terms: Sequence[str] = (),
) -> Draft:  # fmt: skip
    """复核决定书: upheld, changed (with its `terms`) or annulled, with the reasons."""
    body = _p(f"你市对{case.park}{case.year}年度处理决定（{case.decision}）的复核申请（{asked}）收悉。")
    body += _p(f"经复核并经{official}审定，决定：{outcome}。理由如下：")
    body += [{"kind": "list", "items": list(reasons)}]
    body += _p(*terms, "本决定自签发之日起生效。")
    return _letter(office, [case.city], f"关于{case.park}{case.year}年度处理决定的复核决定书", body)


def taken_back(office: str, case: Sanction, *, decided: bool, doubts: Sequence[str], reasons: Sequence[str]) -> Draft:
    """撤销（终止）通知: a result changed; the earlier paper stays on record."""
    act = f"撤销{_short(case)}的决定（{case.decision}）" if decided else f"终止对{_short(case)}的办理（{case.notice}）"
    if case.revocation and decided:
        act += f"，恢复{case.park}在省级高新技术产业园区创建名单中的资格"
    body = _p(*doubts, *reasons, f"现决定{act}。原文书保留备查，不再具有效力。", "特此通知。")
    verb = "撤销" if decided else "终止办理"
    return _letter(office, [case.city], f"关于{verb}{_short(case)}的通知", body)
