"""退出 (CT-90): a place's request to leave the programme, and the papers that answer it."""

from __future__ import annotations

from collections.abc import Sequence

from notifications.rendering.matters import MINISTRY
from notifications.rendering.wording import PROVINCE, Draft, Filing, _document, _letter, _p


def exit_request(filing: Filing, *, lead: str, held: Sequence[str], grounds: str, contact: str) -> Draft:
    """函 of a city's or county's government to `lead`; `held` are the titles that the place bears."""
    body = _p(
        f"{filing.park}现为{'、'.join(held)}。经研究，现申请退出创新型城市（县、区）建设，理由和后续安排如下：",
        *(line for line in grounds.splitlines() if line.strip()),
        "请予办理。",
    )
    return _letter(filing.applicant, [lead], filing.request_title, body, note=contact)


def _left(park: str, ended: Sequence[str], state: str, basis: str, duties: Sequence[str]) -> list[Draft]:
    """`state` is the title of the state that the place keeps: it ends by the state's decision alone."""
    kept = f"{state}由{MINISTRY}批准，是否保留由{MINISTRY}决定；保留期间也不再按本省建设活动的要求报送年度数据。"
    return _p(
        f"根据自愿参加的原则，{basis}，同意{park}退出创新型城市（县、区）建设。自本通知印发之日起，"
        f"{park}不再是{'、'.join(ended)}，不再报送年度数据，不参加测评和排序；此前公布的结果仍可查询。",
        *([kept] if state else []),
        *duties,
    )


def exit_notice(
    office: str, filing: Filing, *, ended: Sequence[str], state: str = "", duties: Sequence[str] = ()
) -> Draft:
    """通知 of 省科技厅: a pilot leaves; `ended` are the titles that end, `state` the one that only the state ends."""
    body = _left(filing.park, ended, state, f"应{filing.applicant}{filing.request}申请", duties)
    return _document(office, [filing.applicant], f"关于{filing.park}退出创新型城市（县、区）建设的通知", body)


def exit_consent(
    filing: Filing, *, lead: str, ended: Sequence[str], state: str = "", duties: Sequence[str] = ()
) -> Draft:
    """通知 of 省政府 on the report of `lead`: a place that it recognised leaves."""
    body = _left(filing.park, ended, state, f"应{filing.applicant}申请，经{lead}报请", duties)
    title = f"{PROVINCE}关于{filing.park}退出创新型城市（县、区）建设的通知"
    return _document(PROVINCE, [filing.applicant], title, body)


def exit_refusal(office: str, filing: Filing, *, reasons: Sequence[str], contact: str = "") -> Draft:
    """函: the place does not leave now, with the reasons."""
    body = _p(f"你单位{filing.request}收悉。经研究，暂不同意{filing.park}退出创新型城市（县、区）建设。主要理由如下：")
    body += [{"kind": "list", "items": list(reasons)}]
    body += _p(filing.matter.after)
    title = f"关于{filing.park}申请退出创新型城市（县、区）建设的复函"
    return _letter(office, [filing.applicant], title, body, note=contact)


def exit_report(
    office: str,
    filing: Filing,
    *,
    held: Sequence[str],
    state: str = "",
    grounds: Sequence[str],
    signer: str,
    contact: str = "",
) -> Draft:
    """请示 of 省科技厅: a place that 省政府 recognised asks to leave; `held` are its titles, the highest first.

    `state` is the title that only the state ends.
    """
    kept = f"{state}由{MINISTRY}批准，不因退出终止。"
    body = _p(
        f"{filing.applicant}以{filing.request}申请退出创新型城市（县、区）建设。{filing.park}现为{'、'.join(held)}，"
        f"其中{held[0]}由省政府认定。现将有关情况请示如下：",
        *grounds,
        *([kept] if state else []),
        f"拟同意{filing.park}退出创新型城市（县、区）建设。妥否，请批示。",
    )
    title = f"{office}关于{filing.park}退出创新型城市（县、区）建设的请示"
    return _document(office, [PROVINCE], title, body, signer=signer, note=contact)
