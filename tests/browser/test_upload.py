"""Uploading in a real browser: cut, reloaded, signed out – and what arrives is equal to what was sent."""

from __future__ import annotations

import hashlib
import random
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from accounts.scope import of_organisation
from applications.models import Filing, Material
from tests.browser_fixtures import DESKTOP, PHONE, axe_clean, is_wider_than_screen, policy_violations
from tests.factories import PASSWORD, make_actor, make_filing
from tests.files import corpus

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
CONTENT = corpus.docx(word__media__noise_dot_bin=random.Random(3).randbytes(3_000_000))
HASH = hashlib.sha256(CONTENT).hexdigest()
PIECE = 200_000
MANY = 1_000
SOME = 6
UNDER_WAY = re.compile(r"[34]\d%")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file of some fifteen pieces."""
    made = tmp_path / "创建规划.docx"
    made.write_bytes(CONTENT)
    return made


@pytest.fixture
def filing(settings: Any) -> Filing:
    """The draft of a city whose handler is signed in by `sign_in`."""
    settings.UPLOAD_PIECE_BYTES = PIECE
    return make_filing(make_actor())


def sign_in(context: BrowserContext, server: LiveServer, filing: Filing) -> None:
    """The handler's session."""
    client = Client()
    client.force_login(filing.created_by)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server.url}])


class Gate:
    """What the pieces of uploads pass: so many of them, then each is held until the gate is opened."""

    def __init__(self, through: int = MANY) -> None:
        self.through = through
        self.sent: list[int] = []
        self.held: list[Route] = []

    def __call__(self, route: Route) -> None:
        """Note a piece by its offset in bytes, and let it through or hold it; let everything else through."""
        if "upload-offset" in route.request.headers:
            self.sent.append(int(route.request.headers["upload-offset"]))
            if self.through == 0:
                self.held.append(route)
                return
            self.through -= 1
        route.continue_()

    def open(self, through: int = MANY) -> None:
        """Let what is held go on, and so many pieces after it."""
        held, self.held, self.through = self.held, [], through
        for route in held:
            route.continue_()


def open_page(page: Page, server: LiveServer, filing: Filing, gate: Gate) -> None:
    """The materials page with the plan's field open; what it uploads passes the gate."""
    page.route("**/files/tus/**", gate)
    page.goto(server.url + reverse("applications:materials", args=[filing.pk]))
    page.locator("#plan summary").evaluate("element => { element.parentElement.open = true }")


def choose(page: Page, *files: Path) -> None:
    """Choose files for the plan."""
    page.locator("#plan input[type=file]").set_input_files(files)


def given(filing: Filing) -> dict[str, str]:
    """What the filing then has: names with hashes."""
    with of_organisation(filing.tenant_id):
        return {row.upload.name: row.upload.sha256 for row in Material.objects.filter(filing=filing)}


def test_upload_that_was_cut_goes_on_after_a_reload_and_arrives_equal(
    live_server: LiveServer, page: Page, filing: Filing, file: Path, screenshots: Path
) -> None:
    sign_in(page.context, live_server, filing)
    gate = Gate(SOME)
    open_page(page, live_server, filing, gate)
    choose(page, file)
    item = page.locator("#plan li.cy-upload__item")
    expect(item).to_contain_text("正在上传")
    expect(page.locator("#plan li.cy-upload__item")).to_contain_text(UNDER_WAY)
    page.context.set_offline(True)
    gate.open()
    expect(item).to_contain_text("网络中断，已传部分保留着")
    page.screenshot(path=screenshots / "upload-cut.png")
    page.context.set_offline(False)
    page.close()

    again, second = page.context.new_page(), Gate()
    open_page(again, live_server, filing, second)
    expect(again.locator("#plan")).to_contain_text(re.compile(r"没有传完，已传 \d\d%"))
    axe_clean(again)
    choose(again, file)
    item = again.locator("#plan li.cy-upload__item")
    expect(item).to_contain_text("已传完，与本机文件一致")
    expect(item).to_contain_text(HASH)
    before, after = gate.sent, second.sent
    assert min(after) == max(before) or min(after) == max(before) + PIECE, "what was there was sent again"
    assert after == list(range(min(after), len(CONTENT), PIECE))
    axe_clean(again)
    again.screenshot(path=screenshots / "upload-done.png")
    again.set_viewport_size(PHONE)
    again.screenshot(path=screenshots / "upload-done-phone.png", full_page=True)
    assert not is_wider_than_screen(again)
    again.set_viewport_size(DESKTOP)
    again.locator("#plan").get_by_role("button", name="上传文件").click()
    expect(again.get_by_role("link", name="创建规划.docx")).to_be_visible()
    assert given(filing) == {"创建规划.docx": HASH}


def test_session_that_ends_on_the_way_is_said_and_the_upload_goes_on_after_signing_in(
    live_server: LiveServer, page: Page, filing: Filing, file: Path
) -> None:
    sign_in(page.context, live_server, filing)
    gate = Gate(SOME)
    open_page(page, live_server, filing, gate)
    choose(page, file)
    expect(page.locator("#plan li.cy-upload__item")).to_contain_text(UNDER_WAY)
    Session.objects.all().delete()
    gate.open()
    item = page.locator("#plan li.cy-upload__item")
    expect(item).to_contain_text("登录已失效，已传部分保留着")
    with page.context.expect_page() as opened:
        item.get_by_role("link", name="重新登录").click()
    login = opened.value
    login.get_by_label("用户名").fill(filing.created_by.username)
    login.get_by_role("textbox", name="密码").fill(PASSWORD)
    login.get_by_role("button", name="登录", exact=True).click()
    expect(login.get_by_role("heading", level=1, name="申报材料")).to_be_visible()
    login.close()
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(item).to_contain_text(HASH)
    assert gate.sent.count(0) == 1
    page.locator("#plan").get_by_role("button", name="上传文件").click()
    expect(page.get_by_role("link", name="创建规划.docx")).to_be_visible()
    assert given(filing) == {"创建规划.docx": HASH}


def test_upload_is_paused_gone_on_given_up_and_waited_for_by_the_form(
    live_server: LiveServer, page: Page, filing: Filing, file: Path, tmp_path: Path
) -> None:
    sign_in(page.context, live_server, filing)
    gate = Gate(SOME)
    open_page(page, live_server, filing, gate)
    bad, empty, other = tmp_path / "病毒.exe", tmp_path / "空.pdf", tmp_path / "附图.pdf"
    bad.write_bytes(b"MZ")
    empty.write_bytes(b"")
    other.write_bytes(corpus.encrypted_pdf())
    choose(page, bad, empty)
    field = page.locator("#plan")
    expect(field.get_by_role("alert")).to_contain_text("“病毒.exe”的格式不接受；请看可用格式。 “空.pdf”是空文件")
    choose(page, other)
    expect(field.get_by_role("alert")).to_contain_text("“附图.pdf”设置了密码或权限保护")
    field.get_by_role("button", name="放弃").click()
    expect(field.locator("li.cy-upload__item")).to_have_count(0)
    choose(page, file)
    expect(page.locator("#plan li.cy-upload__item")).to_contain_text(UNDER_WAY)
    field.get_by_role("button", name="暂停").click()
    expect(field.locator("li.cy-upload__item")).to_contain_text("已暂停")
    gate.open()
    count = len(gate.sent)
    page.wait_for_timeout(400)
    assert len(gate.sent) == count, "a paused upload goes on"
    field.get_by_role("button", name="上传文件").click()
    expect(field.get_by_role("alert")).to_contain_text("还有文件没有传完")
    gate.through = 2
    field.get_by_role("button", name="继续").click()
    page.wait_for_timeout(1100)  # a second click within a second is taken for a double click
    field.get_by_role("button", name="上传文件").click()
    expect(field.locator("li.cy-upload__item")).to_contain_text("传完后自动提交")
    gate.open()
    expect(page.get_by_role("link", name="创建规划.docx")).to_be_visible(timeout=20_000)
    assert given(filing) == {"创建规划.docx": HASH}
    assert policy_violations(page) == []
