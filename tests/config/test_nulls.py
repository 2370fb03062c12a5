"""U+0000 in a form: nothing fails of it, and the rest of the text is kept."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import Token
from accounts.scope import system
from tests.factories import make_actor

pytestmark = pytest.mark.django_db


def test_form_with_a_null_character_is_kept_without_it() -> None:
    actor, client = make_actor(), Client()
    client.force_login(actor.person)
    for content in ({}, {"content_type": "application/x-www-form-urlencoded"}):
        body = {"name": "导出\x00年报"} if not content else "name=%E5%AF%BC%E5%87%BA%00%E5%B9%B4%E6%8A%A5"
        assert client.post("/people/me/tokens/", body, **content).status_code < 400  # type: ignore[arg-type]
    with system():
        assert list(Token.objects.values_list("name", flat=True)) == ["导出年报", "导出年报"]
