"""Filing, an opinion, a signature and the desk with keys alone: no mouse, and the focus is always to be seen."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.actors import Actor
from accounts.scope import enter, system
from applications.models import Filing
from applications.plan_state import Plan
from applications.selfcheck import page_of
from notifications import signoff
from notifications.models import Draft
from reviews.models import Case, Opinion
from tests.applications.samples import fill
from tests.browser.test_writing_together import signed_in
from tests.factories import PASSWORD, make_actor, make_filing, make_grant, make_office, make_organisation, make_paper
from tests.portal.test_export import CONTENT
from tests.portal.work import frozen, opened_filing, put_task
from workflow import outbox
from workflow.models import Event

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
MOST_TABS = 400
SEEN = """(element) => {
  const style = getComputedStyle(element), label = element.labels && element.labels[0];
  const near = label ? getComputedStyle(label, "::before") : style;
  const shown = (s) => (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== "none";
  return shown(style) || shown(near);
}"""


class Keys:
    """A person at a keyboard."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, selector: str) -> None:
        """Tab until the element has the focus, and see that it shows."""
        wanted = self.page.locator(selector).first
        expect(wanted).to_be_visible()
        for _press in range(MOST_TABS):
            if wanted.evaluate("(element) => element === document.activeElement"):
                assert wanted.evaluate(SEEN), f"the focus on {selector} is not to be seen"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{selector} is not reached by Tab")

    def write(self, selector: str, text: str) -> None:
        """Replace what stands in a field."""
        self.reach(selector)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def press(self, selector: str, key: str = "Enter") -> None:
        """Work a link, button or box."""
        self.reach(selector)
        self.page.keyboard.press(key)


def test_field_request_and_signature_without_a_mouse(
    browser: Browser, live_server: LiveServer, browser_context_args: dict[str, Any]
) -> None:
    city = make_organisation()
    handler, reviewer, signer = make_office(city)
    make_organisation("prov_gov_office"), make_organisation("kjt")
    filing = make_filing(handler)
    with system():
        fill(filing, handler)
    with signed_in(browser, live_server, handler, browser_context_args) as page:
        keys = Keys(page)
        page.goto(f"{live_server.url}{page_of(filing, 'space')}")
        page.keyboard.press("Tab")
        expect(page.locator(".govuk-skip-link")).to_be_focused()
        page.keyboard.press("Enter")
        keys.write('[name="space.dominant_function"]', "键盘写的主导功能")
        keys.press('button[name="go"][value="list"]')
        page.wait_for_url(f"**{filing.get_absolute_url()}*")
        with enter(handler.scope):
            assert Plan.of(filing).text("space.dominant_function") == "键盘写的主导功能"
        keys.press(f'form[action="{reverse("applications:request", args=[filing.pk])}"] button')
        page.wait_for_url("**/papers/drafts/**")
        keys.write('[name="grounds"]', "产业基础扎实。")
        keys.write('[name="contact"]', "联系人：王经办，电话：0571-00000000")
        keys.press('button[name="act"][value="send"]')
        expect(page.locator("main")).to_contain_text("审核中")
    with enter(reviewer.scope):
        signoff.pass_on(Draft.objects.get(subject_id=filing.pk), reviewer)
    with signed_in(browser, live_server, signer, browser_context_args) as page:
        keys = Keys(page)
        page.goto(f"{live_server.url}/desk/")
        keys.press('tbody th a[href^="/papers/"]')
        keys.write('[name="password"]', PASSWORD)
        keys.press('button[name="act"][value="sign"]')
        expect(page.locator('[name="password"]')).to_have_count(0)
        with enter(signer.scope):
            assert Filing.objects.get(pk=filing.pk).status == "submitted"


def asked(department: Actor, lead: Actor) -> Opinion:
    """An opinion that a department is asked for."""
    filing = opened_filing(lead)
    version = frozen(filing, CONTENT)
    make_grant(filing.dossier, filing.tenant, department.organisation, filing.tenant)
    paper = make_paper(lead.organisation, dossier=filing.dossier, published=False)
    with system():
        Filing.objects.filter(pk=filing.pk).update(
            status="in_review", request_paper=paper, acceptance_paper=paper, submitted_at=version.submitted_at
        )
        case = Case.objects.create(
            dossier=filing.dossier, tenant=filing.tenant, filing=filing, version=version, inquiry_paper=paper
        )
        return Opinion.objects.create(
            dossier=filing.dossier, tenant=department.organisation, case=case, requested_by=lead.organisation
        )


def test_opinion_and_bulk_reminder_without_a_mouse(
    browser: Browser, live_server: LiveServer, browser_context_args: dict[str, Any]
) -> None:
    lead, department = make_actor(make_organisation("kjt")), make_actor(make_organisation("department"))
    opinion = asked(department, lead)
    address = reverse("reviews:opinion", args=[opinion.pk])
    task = put_task(department, opinion.case.filing, "出具意见", created_by=lead.organisation, address=address)
    with signed_in(browser, live_server, department, browser_context_args) as page:
        keys = Keys(page)
        page.goto(f"{live_server.url}/desk/")
        keys.press(f'tbody th a[href="{address}"]')
        page.wait_for_url(f"**{address}")
        keys.press('[name="stance"]', "Space")
        keys.write('[name="reasons"]', "键盘写的理由")
        keys.press('button[name="finish"]')
        page.wait_for_url("**/papers/drafts/**")
        with enter(department.scope):
            draft = Draft.objects.get(kind="opinion", subject_id=opinion.pk)
            assert (draft.fields["stance"], draft.fields["reasons"]) == ("agree", "键盘写的理由")
    with signed_in(browser, live_server, lead, browser_context_args) as page:
        keys = Keys(page)
        page.goto(f"{live_server.url}/desk/?queue=asked")
        keys.press(f'input[name="rows"][value="{task.pk}"]', "Space")
        keys.reach("#act")
        keys.press(".cy-bulk button[type=submit]")
        keys.press('button[name="run"]')
        page.wait_for_url("**/desk/jobs/**")
        outbox.deliver_all()
        with system():
            assert Event.objects.filter(name="remind", subject_id=task.pk).count() == 1
