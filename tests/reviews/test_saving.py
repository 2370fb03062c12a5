"""Pages of the joint review that save themselves: value by value, two windows, a lost session, files in pieces."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.scope import system
from applications.models import PlanField
from notifications import signoff
from notifications.models import Draft
from portal.sample.documents import document
from reviews import services
from reviews.models import Enclosure, OpinionDraft
from tests import joint_review as joint
from tests.affairs import Affair
from tests.files.sending import Sender
from tests.reviews.test_departments_pages import browser
from tests.scenarios import Scene

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def review(province: Scene, django_db_setup: None, django_db_blocker: Any) -> Iterator[Affair]:
    """甲's case under review."""
    with django_db_blocker.unblock(), transaction.atomic():
        with system():
            affair = province.begin("jia", "review").draft().submit().route().open_review().opinions(2)
            joint.talk(affair)
        connection.check_constraints()
        yield affair
        transaction.set_rollback(True)


class Window:
    """One window on a page that saves itself."""

    def __init__(self, client: Client, page: str) -> None:
        self.client, self.page = client, page
        text = client.get(page).content.decode()
        assert "data-autosave" in text
        self.seal = html.unescape(re.findall(r'name="seal" value="([^"]+)"', text)[0])
        self.marks = json.loads(html.unescape(re.findall(r'name="versions" value="([^"]*)"', text)[0]))

    def types(self, **entries: str) -> Any:
        """The script sends what was touched; what it hears is remembered."""
        versions = {name: self.marks[name] for name in entries}
        data = {"seal": self.seal, "versions": json.dumps(versions), **entries}
        answer = self.client.post(self.page, data, headers={"X-Autosave": "1"})
        if answer.status_code in {200, 409}:
            said = answer.json()
            self.marks |= {name: one["version"] for name, one in said.get("fields", {}).items()}
        return answer

    def sends(self, **entries: str) -> Any:
        """The whole page."""
        return self.client.post(self.page, {"seal": self.seal, "versions": json.dumps(self.marks), **entries})

    def row(self, rows: str) -> str:
        """The key of the row that stands empty."""
        return [name.split("-")[1] for name in self.marks if re.fullmatch(rf"{rows}-\w+-text", name)][-1]


def drafted(code: str) -> dict[str, Any]:
    """What the department's draft holds."""
    with system():
        found: dict[str, Any] = Draft.objects.get(kind="opinion", tenant__code=code, status="drafting").fields
        return found


def test_opinion_saves_itself_and_two_windows_do_not_overwrite_each_other(province: Scene, review: Affair) -> None:
    address = reverse("reviews:opinion", args=[joint.opinion_of(review, "dept-stat").pk])
    one, two = (Window(browser(province, "stat-handler"), address) for _ in range(2))
    here = one.row("conditions")
    assert two.row("conditions") == here, "what a browser kept of the empty row finds its place again"
    assert one.types(reasons="口径清楚。").status_code == 200
    assert (
        one.types(**{f"conditions-{here}-text": "补充口径。"}).json()["fields"][f"conditions-{here}-text"]["error"]
        == ""
    )
    told = one.types(**{f"conditions-{here}-due_on": "明天"})
    assert told.json()["fields"][f"conditions-{here}-due_on"]["error"] != "", "kept as typed, and said to be wrong"
    assert two.types(**{f"conditions-{here}-text": "补充年份。"}).status_code == 409
    there = Window(one.client, address).row("conditions")
    two.marks[f"conditions-{there}-text"] = Window(one.client, address).marks[f"conditions-{there}-text"]
    assert two.types(**{f"conditions-{there}-text": "补充年份。"}).status_code == 200
    clash = two.types(reasons="口径不清。")
    assert clash.status_code == 409
    found = clash.json()["conflicts"]["reasons"]
    assert (found["values"], found["shown"]) == (["口径清楚。"], "口径清楚。")
    assert "改过这一项" in found["words"]
    kept = drafted("dept-stat")
    assert kept["reasons"] == "口径清楚。"
    assert [row["text"] for row in kept["conditions"]] == ["补充口径。", "补充年份。"]
    whole = two.sends(stance="conditions", reasons="口径不清。", **{f"conditions-{there}-text": "补充年份。"})
    assert "现为“口径清楚。”" in html.unescape(whole.content.decode())
    assert drafted("dept-stat")["reasons"] == "口径清楚。"
    with system():
        states = OpinionDraft.objects.filter(opinion__tenant__code="dept-stat").order_by("serial")
        assert [len(state.fields["conditions"]) for state in states] == [0, 2], "not one for each key that was pressed"


def test_opinion_is_told_to_sign_in_and_comes_back_in_place(province: Scene, review: Affair) -> None:
    opinion = joint.opinion_of(review, "dept-env")
    client = browser(province, "lead-handler")
    handler = joint.the_office("dept-env").handler
    client.force_login(handler.person)
    window = Window(client, reverse("reviews:opinion", args=[opinion.pk]))
    client.logout()
    answer = window.types(reasons="登录过期时写的")
    assert (answer.status_code, answer.json()) == (401, {"need": "sign_in"})
    assert window.sends(stance="agree", reasons="登录过期时写的").status_code == 302
    client.force_login(handler.person)
    shown = client.get(window.page).content.decode()
    assert "登录过期时写的" in shown
    assert "已放回原处" in shown


def test_table_of_the_minutes_saves_itself(province: Scene, review: Affair) -> None:
    lead = joint.lead()
    with system():
        joint.answer(review, "dept-env", reasons="无异议")
    with lead.as_("handler"):
        draft = signoff.start("minutes", review.case, review.case.dossier, "纪要", lead.handler)
    page = reverse("reviews:adoption", args=[draft.pk])
    one, two = (Window(browser(province, "lead-handler"), page) for _ in range(2))
    name = next(name for name in one.marks if name.endswith("-reason"))
    assert one.types(**{name: "已吸收"}).status_code == 200
    assert two.types(**{name: "未吸收"}).json()["conflicts"][name]["values"] == ["已吸收"]
    assert one.types(**{name.replace("-reason", "-treatment"): "not"}).status_code == 200
    assert 'value="not" checked' in html.unescape(one.client.get(page).content.decode())


def test_answer_is_kept_while_written_and_takes_files_in_pieces(province: Scene, review: Affair) -> None:
    lead = joint.lead()
    with lead.as_("handler"):
        question = services.ask_question(review.case, "请说明。", lead.handler)
    page = reverse("reviews:answer", args=[question.pk])
    city = browser(province, "jia-handler")
    window = Window(city, page)
    assert window.types(answer="写了一半").status_code == 200
    assert "写了一半" in city.get(page).content.decode()
    content = document("附件").read()
    sender = Sender(city, question.dossier, f"review.question:{question.pk}")
    sender.whole("附件.pdf", content, 400)
    assert "已传完，提交后生效" in city.get(page).content.decode()
    for stranger in ("yi-handler", "lead-handler", "fgw-handler"):
        other = Sender(browser(province, stranger), question.dossier, f"review.question:{question.pk}")
        assert other.open("附件.pdf", 10).status_code == 403
    assert window.sends(answer="写完了", **{"files.pieces": str(sender.pk)}).status_code == 302
    with system():
        assert Enclosure.objects.get(question=question).upload.path.read_bytes() == content
        assert PlanField.objects.get(key=f"answer.{question.pk}").value == "", "nothing is left of the draft"
    assert window.types(answer="再改").json()["refused"]
