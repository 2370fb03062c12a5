"""The parameters' pages: read by the authorities, changed by the lead's signer with the password."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import OrganisationKind, PostRole
from accounts.scope import system
from tests.factories import PASSWORD, make_actor, make_organisation
from workflow import parameters

pytestmark = pytest.mark.django_db
INDEX = reverse("portal:parameters")
ONE = reverse("portal:parameter", args=["formal_check_days"])


def client_of(kind: str, role: str) -> Client:
    client = Client()
    client.force_login(make_actor(make_organisation(kind), role).person)
    return client


@pytest.mark.parametrize(
    ("kind", "role", "status"),
    [
        (OrganisationKind.LEAD, PostRole.HANDLER, 200),
        (OrganisationKind.DEPARTMENT, PostRole.HANDLER, 200),
        (OrganisationKind.PROV_GOV_OFFICE, PostRole.SIGNER, 200),
        (OrganisationKind.OPERATOR, PostRole.AUDITOR, 200),
        (OrganisationKind.OPERATOR, PostRole.ADMIN, 404),
        (OrganisationKind.APPLICANT_GOV, PostRole.SIGNER, 404),
    ],
)
def test_parameters_are_read_by_the_authorities(kind: str, role: str, status: int) -> None:
    client = client_of(kind, role)
    assert (client.get(INDEX).status_code, client.get(ONE).status_code) == (status, status)


def test_signer_changes_a_value_with_reason_and_password() -> None:
    client = client_of(OrganisationKind.LEAD, PostRole.SIGNER)
    sent = {"value": "7", "reason": "示例：工作需要", "password": PASSWORD}
    assert client.post(ONE, sent).status_code == 302
    shown = client.get(ONE).content.decode()
    assert "7 个工作日" in shown
    assert "示例：工作需要" in shown
    with system():
        assert parameters.value("formal_check_days") == 7


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"value": "7", "reason": "示例：工作需要", "password": "wrong"}, "密码"),
        ({"value": "5", "reason": "示例：工作需要", "password": PASSWORD}, "新值与现行值相同"),
        ({"value": "7", "reason": "", "password": PASSWORD}, "字段"),
    ],
)
def test_change_that_cannot_be_says_why(sent: dict[str, str], why: str) -> None:
    client = client_of(OrganisationKind.LEAD, PostRole.SIGNER)
    answer = client.post(ONE, sent)
    assert answer.status_code == 422
    assert why in answer.content.decode()
    with system():
        assert parameters.value("formal_check_days") == 5


def test_switch_is_turned_on_by_name() -> None:
    client = client_of(OrganisationKind.LEAD, PostRole.SIGNER)
    address = reverse("portal:parameter", args=["deemed_withdrawal"])
    assert client.post(address, {"value": "on", "reason": "示例", "password": PASSWORD}).status_code == 302
    with system():
        assert parameters.value("deemed_withdrawal") is True


def test_department_cannot_post() -> None:
    client = client_of(OrganisationKind.DEPARTMENT, PostRole.SIGNER)
    assert client.post(ONE, {"value": "7", "reason": "示例", "password": PASSWORD}).status_code == 404


def test_share_is_read_and_set_in_percent() -> None:
    client = client_of(OrganisationKind.LEAD, PostRole.SIGNER)
    address = reverse("portal:parameter", args=["opinion_quorum"])
    page = client.get(address).content.decode()
    assert "全部（100%）" in page
    assert "AMB-21" not in page
    sent = {"value": "66.67", "reason": "试行", "password": PASSWORD}
    assert client.post(address, sent).status_code == 302
    assert "66.67%" in client.get(address).content.decode()
    with system():
        assert parameters.value("opinion_quorum") == Decimal("0.6667")
