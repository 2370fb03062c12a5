"""The archive of a filing of a place: what the state answered is in it, for the place only what was confirmed."""

from __future__ import annotations

import csv
import zipfile
from io import BytesIO, StringIO

import pytest

from accounts.actors import Actor
from accounts.scope import enter
from applications.enums import KindCode
from applications.models import Filing
from registry.enums import CityTitleKind
from reviews.services import confirm_state_answer, give_back_state_answer, keep_state_answer
from tests.leaving import Scene
from tests.portal.work import browser, done
from workflow import instants

pytestmark = pytest.mark.django_db


def archived(actor: Actor, filing: Filing) -> dict[str, str]:
    """The texts of the archive of a filing by the end of their name."""
    job = done(browser(actor).post(f"/desk/archive/filing/{filing.pk}/"))
    response = browser(actor).get(f"/desk/jobs/{job.pk}/file/")
    with zipfile.ZipFile(BytesIO(b"".join(response.streaming_content))) as archive:  # type: ignore[attr-defined]
        return {
            name.rsplit("/", 1)[-1]: archive.read(name).decode("utf-8-sig")
            for name in archive.namelist()
            if name.endswith((".csv", ".html", ".json"))
        }


def test_state_s_answer_is_in_the_archive_of_its_case() -> None:
    scene = Scene(CityTitleKind.PILOT)
    filing, case = scene.accepted(KindCode.NATIONAL)
    scene.issue(scene.lead, "national_recommendation", case, grounds="示例。")
    filing, case = scene.reload(filing)
    given = {"approved": False, "day": instants.today(), "explanation": "示例：名额已满。"}
    with enter(scene.lead.handler.scope):
        wrong = keep_state_answer(case, scene.lead.handler, number="错字〔2026〕1号", **given)  # type: ignore[arg-type]
    with enter(scene.lead.reviewer.scope):
        give_back_state_answer(wrong, "示例：文号不符。", scene.lead.reviewer)
    with enter(scene.lead.handler.scope):
        right = keep_state_answer(case, scene.lead.handler, number="示科〔2026〕1号", **given)  # type: ignore[arg-type]
    assert "科学技术部答复.csv" not in archived(scene.county.handler, filing), "nobody has confirmed it yet"
    with enter(scene.lead.reviewer.scope):
        confirm_state_answer(right, scene.lead.reviewer)
    whole = archived(scene.lead.handler, filing)
    head, *rows = csv.reader(StringIO(whole["科学技术部答复.csv"]))
    told = [dict(zip(head, row, strict=True)) for row in rows]
    assert [(one["状态"], one["文号"], one["退回理由"]) for one in told] == [
        ("已退回", "错字〔2026〕1号", "示例：文号不符。"),
        ("已确认", "示科〔2026〕1号", ""),
    ]
    assert (told[1]["结果"], told[1]["说明"]) == ("未批准", "示例：名额已满。")
    assert told[1]["登记人"] != told[1]["核对人"] != ""
    assert [name for name, text in whole.items() if "所在开发区" in text] == []
    (version,) = [text for name, text in whole.items() if name.endswith("第1版.html")]
    assert "示例文件〔2013〕pilot" in version
    own = archived(scene.county.handler, filing)["科学技术部答复.csv"]
    assert ("示科〔2026〕1号" in own, "错字" in own) == (True, False)
