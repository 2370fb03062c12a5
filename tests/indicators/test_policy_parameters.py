"""Signed parameters of the policy: chosen values, from a day on, and a released year keeps its own."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import OrganisationKind, PostRole
from accounts.scope import enter, system
from indicators.enums import RunStatus
from indicators.models import Run
from indicators.queries_policy import params_of, policy_params
from policy.parameters import CATALOGUE
from tests.factories import PASSWORD, make_actor, make_organisation, make_person
from workflow import instants, parameters
from workflow.machine import Refused

pytestmark = pytest.mark.django_db


def test_every_parameter_of_the_policy_may_be_signed_and_begins_with_its_default() -> None:
    declared = parameters.declared()
    with system():
        assert {name: parameters.value(name) for name in CATALOGUE} == {
            name: known.default for name, known in CATALOGUE.items()
        }
        assert policy_params(instants.today()) == {}
    for name, known in CATALOGUE.items():
        assert tuple(dict(declared[name].choices)) == known.choices


def test_signed_choice_and_number_hold_from_their_day_on() -> None:
    signer = make_actor(make_organisation(OrganisationKind.LEAD), PostRole.SIGNER)
    today = instants.today()
    with enter(signer.scope):
        parameters.change("va_whole", "gdp", "示例：统一口径", signer)
        parameters.change("top_fraction", "1/4", "示例：从严", signer, today + dt.timedelta(days=30))
        assert policy_params(today) == {"va_whole": "gdp"}
        assert policy_params(today + dt.timedelta(days=30)) == {"va_whole": "gdp", "top_fraction": "1/4"}
        assert policy_params(today - dt.timedelta(days=1)) == {}


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("va_whole", "sales", "sales"),
        ("share_ceiling", "101", "0 至 100"),
        ("leading_quantile", "a quarter", "十进制数或分数"),
        ("yellow_card_pass_line", "-1", "0 至 100"),
        ("yellow_card_rule", "literal", "相同"),
    ],
)
def test_value_that_the_policy_cannot_take_is_refused(name: str, value: str, why: str) -> None:
    signer = make_actor(make_organisation(OrganisationKind.LEAD), PostRole.SIGNER)
    with enter(signer.scope), pytest.raises(Refused, match=why):
        parameters.change(name, value, "示例", signer)


def test_change_never_touches_a_released_year() -> None:
    lead = make_organisation(OrganisationKind.LEAD)
    signer = make_actor(lead, PostRole.SIGNER)
    with system():
        Run.objects.create(
            tenant=lead,
            programme="park",
            year=2014,
            number=1,
            status=RunStatus.RELEASED,
            params={"tax_share_mode": "EACH"},
            result_hash="sha256:1",
            released_at=instants.now(),
            proposed_by=make_person(lead),
            released_by=signer.person,
        )
    with enter(signer.scope):
        parameters.change("va_whole", "gdp", "示例：统一口径", signer)
        assert params_of(2014) == {"tax_share_mode": "EACH"}
        assert params_of(2015) == {"va_whole": "gdp"}


def test_signer_chooses_a_value_on_the_parameters_page() -> None:
    lead = make_organisation(OrganisationKind.LEAD)
    client = Client()
    client.force_login(make_actor(lead, PostRole.SIGNER).person)
    address = reverse("portal:parameter", args=["tax_share_mode"])
    sent = {"value": "GROUPED", "since": "2012-01-01", "reason": "示例：口径说明", "password": PASSWORD}
    refused = client.post(address, sent)
    assert refused.status_code == 422
    assert "不能自过去的日期起适用" in refused.content.decode()
    assert client.post(address, {**sent, "since": ""}).status_code == 302
    shown = client.get(reverse("portal:parameters")).content.decode()
    assert "高新技术与战略性新兴产业合计" in shown
    with system():
        assert policy_params(instants.today()) == {"tax_share_mode": "GROUPED"}
