"""A page that fails, refuses or finds nothing has written nothing, whatever it wrote before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.utils import timezone

from accounts.decorators import public_page
from config.urls import urlpatterns as portal_addresses

FAULTS: dict[str, Callable[[], Exception]] = {"broken": ValueError, "missing": Http404, "refused": PermissionDenied}
CALLED: list[str] = []


@public_page
def failing(request: HttpRequest, how: str) -> HttpResponse:
    """Write a row, promise an act, and fail in one of several ways."""
    Session.objects.create(session_key="kept", session_data="", expire_date=timezone.now())
    transaction.on_commit(lambda: CALLED.append(how))
    if how == "database":
        Session.objects.create(session_key="kept", session_data="", expire_date=timezone.now()).save()
        Session.objects.bulk_create([Session(session_key="kept", session_data="", expire_date=timezone.now())])
    if how == "fine":
        return HttpResponse("ok")
    raise FAULTS[how]()


urlpatterns = [path("failing/<slug:how>/", failing), *portal_addresses]


@pytest.fixture
def visitor(settings: Any) -> Client:
    """A stranger, to a portal that has the failing page besides."""
    settings.ROOT_URLCONF = __name__
    CALLED.clear()
    return Client(raise_request_exception=False)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("how", "status"), [("broken", 500), ("missing", 404), ("refused", 403), ("database", 500)])
def test_failed_page_writes_nothing(visitor: Client, how: str, status: int) -> None:
    answer = visitor.post(f"/failing/{how}/")
    assert answer.status_code == status
    assert b"<h1" in answer.content
    assert not Session.objects.exists()
    assert CALLED == []


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["broken", "missing", "database"])
def test_failed_page_inside_another_transaction_undoes_its_own_part(visitor: Client, how: str) -> None:
    Session.objects.create(session_key="before", session_data="", expire_date=timezone.now())
    visitor.post(f"/failing/{how}/")
    assert list(Session.objects.values_list("pk", flat=True)) == ["before"]


@pytest.mark.django_db(transaction=True)
def test_page_that_succeeds_writes(visitor: Client) -> None:
    assert visitor.post("/failing/fine/").status_code == 200
    assert Session.objects.filter(pk="kept").exists()
    assert CALLED == ["fine"]
    with pytest.raises(IntegrityError):
        Session.objects.create(session_key="kept", session_data="", expire_date=timezone.now())
