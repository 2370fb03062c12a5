"""A query that is compiled once finds what the query set finds, for each value and under each scope."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.contrib.sessions.backends import db
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.compiled import Compiled, Slot
from accounts.models import Grant, Organisation, Post
from accounts.scope import of_organisation
from accounts.sessions import SessionStore
from tests.factories import make_actor, make_grant, make_organisation

pytestmark = pytest.mark.django_db


def test_compiled_query_finds_the_models_of_each_value() -> None:
    first, second = make_actor(), make_actor()
    held = Compiled(lambda: Post.objects.filter(person=Slot("who")).select_related("organisation__division", "person"))
    for actor in (first, second):
        with CaptureQueriesContext(connection) as queries:
            (found,) = held(who=actor.person.pk)
            assert (found, found.person, found.organisation) == (actor.post, actor.person, actor.organisation)
            assert found.organisation.division == actor.organisation.division
        assert len(queries) == 1
    organisation = found.organisation
    assert organisation.series == Organisation.objects.get(pk=organisation.pk).series
    with pytest.raises(KeyError):
        held(whom=first.person.pk)


def test_compiled_query_keeps_the_order_and_the_columns_asked_for() -> None:
    codes = [make_organisation(order=order).code for order in (7, 5, 6)]
    wanted = Compiled(
        lambda: Organisation.objects.filter(Q(order__gte=Slot("low")) & Q(code__in=codes)).values_list("code", "order")
    )
    assert wanted(low=6) == [(codes[2], 6), (codes[0], 7)]
    assert [order for _code, order in wanted(low=5)] == [5, 6, 7]


def test_compiled_query_sees_the_rows_of_the_scope_alone() -> None:
    owner, reader, stranger = make_actor(), make_actor(), make_actor()
    grant = make_grant(uuid.uuid4(), owner.organisation, reader.organisation, owner.organisation)
    opened = Compiled(lambda: Grant.objects.filter(dossier=Slot("dossier")))
    seen = []
    for actor in (reader, stranger, owner):
        with of_organisation(actor.organisation.pk, actor.person.pk):
            seen.append(opened(dossier=grant.dossier))
    assert seen == [[grant], [], [grant]]


def test_sessions_of_django_and_ours_are_the_same() -> None:
    theirs = db.SessionStore()
    theirs["said"] = "词"
    theirs.save()
    ours = SessionStore(theirs.session_key)
    assert ours["said"] == "词"
    ours["said"] = "句"
    ours.save()
    assert db.SessionStore(theirs.session_key)["said"] == "句"
    ours.set_expiry(timezone.now() - dt.timedelta(seconds=1))
    ours.save()
    late = SessionStore(theirs.session_key)
    assert "said" not in late
    assert late.session_key is None
