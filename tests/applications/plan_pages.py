"""A person at the pages of a plan: reads their seal, saves, lets them save themselves."""

from __future__ import annotations

import html
import json
import re
from typing import Any

from django.test import Client

from accounts.scope import of_organisation
from applications.models import Filing
from applications.plan_state import Plan
from applications.selfcheck import page_of


def state_of(filing: Filing) -> Plan:
    """The plan as the owner sees it."""
    with of_organisation(filing.tenant_id):
        return Plan.of(filing)


def seal_on(client: Client, page: str) -> str:
    """The seal of a page as shown."""
    found = re.search(r'name="seal" value="([^"]+)"', client.get(page).content.decode())
    assert found
    return html.unescape(found[1])


def save(client: Client, filing: Filing, slug: str, entries: dict[str, str], **headers: Any) -> Any:
    """Open a section and save it with entries."""
    page = page_of(filing, slug)
    return client.post(page, {"seal": seal_on(client, page), **entries}, **headers)


def autosave(client: Client, page: str, seal: str, base: dict[str, int], **entries: str) -> Any:
    """What the page's script sends: the fields that changed, and the versions that it knows."""
    data = {"seal": seal, "versions": json.dumps(base), **entries}
    return client.post(page, data, headers={"X-Autosave": "1"})
