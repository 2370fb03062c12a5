"""An evaluator's sheet: beside each indicator its clause, scale and facts, beside each field what is wrong there."""

from __future__ import annotations

import re

import pytest

from accounts.scope import enter, system
from indicators.models import Figure
from tests.indicators.evaluations import YEAR, World, scoring
from tests.indicators.released import client_of

pytestmark = pytest.mark.django_db
GENERAL = "75 至 89 为良好"


def fieldsets(scene: World, sent: dict[str, str] | None = None) -> dict[str, str]:
    """The markup of each indicator on the first evaluator's sheet of the first place, shown or sent back."""
    client, address = client_of(scene.people["first"]), f"/evaluations/sheets/{scene.seat('first').pk}/"
    answer = client.post(address, {**sent, "hand_in": "1"}) if sent is not None else client.get(address)
    assert answer.status_code == (422 if sent is not None else 200)
    found = re.findall(r"<fieldset.*?</fieldset>", answer.content.decode(), re.DOTALL)
    return {code: text for text in found for code in re.findall(r'id="(\w+)-score"', text)}


def test_each_indicator_shows_its_clause_scale_and_facts() -> None:
    scene = scoring()
    with system():
        incubators = Figure.objects.get(subject=scene.places["a"].pk, code="C.incubators", year=YEAR).value
    shown = fieldsets(scene)
    assert list(shown) == scene.codes == ["responsibility", "learning", "judged"]
    assert {code: re.findall(r'cy-code">(C-[^<]+)', text)[0] for code, text in shown.items()} == {
        "responsibility": "C-V.1a", "learning": "C-III.3a", "judged": "C-III.3a",
    }  # fmt: skip
    assert "纳入党政领导科技进步目标责任制进行考核" in shown["responsibility"]
    assert {code: GENERAL in text for code, text in shown.items()} == {
        "responsibility": False, "learning": True, "judged": True,
    }  # fmt: skip
    assert "优秀 90 至 100，合格 60 至 89，不合格 0 至 59" in shown["responsibility"]
    told = {code: re.findall(r'cy-code">(C\.[^<]+)', text) for code, text in shown.items()}
    assert told["responsibility"] == ["C.responsibility_result"]
    assert told["learning"] == ["C.trainings", "C.trained_persons"]
    assert told["judged"][:2] == ["C.incubators", "C.innovation_fund"]
    assert f'<td class="cy-num">{incubators}</td>' in shown["judged"]
    assert '<span class="cy-unknown"' in shown["learning"], "what nobody reported is unknown, and not left out"


def test_what_is_lacking_is_said_beside_its_field_when_the_sheet_is_handed_in() -> None:
    scene = scoring()
    assert [text for text in fieldsets(scene).values() if "govuk-error-message" in text] == []
    sent = {"responsibility-score": "100.123", "learning-reason": "示例理由", "judged-score": "70"}
    shown = fieldsets(scene, sent)
    faults = {
        found: text
        for markup in shown.values()
        for found, text in re.findall(r'govuk-error-message" id="([\w-]+)-fault">([^<]+)', markup)
    }
    with enter(scene.people["first"].scope):
        labels = {part.code: part.label for part in scene.own("first").round.version.parts}
    assert faults == {
        "responsibility-score": f"“{labels['responsibility']}”的得分“100.123”不对："
        "请填写 0 至 100 的数，最多两位小数，如 85 或 85.5。",
        "responsibility-reason": f"“{labels['responsibility']}”还没有理由，请写明依据。",
        "learning-score": f"“{labels['learning']}”还没有得分，请填写 0 至 100 的数。",
        "judged-reason": f"“{labels['judged']}”还没有理由，请写明依据。",
    }
    for name in faults:
        markup = shown[name.partition("-")[0]]
        assert re.search(rf'aria-describedby="[^"]*{name}-fault"', markup)
    assert ('value="100.123"' in shown["responsibility"], "示例理由" in shown["learning"]) == (True, True)
    kept = fieldsets(scene)
    assert ('value="100.123"' in kept["responsibility"], 'value="70"' in kept["judged"]) == (True, True)
