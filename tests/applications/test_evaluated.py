"""Evaluators of a first round read what the place applied with, and nobody else by that way."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.actors import Actor
from accounts.scope import enter, system
from applications import materials
from applications.enums import KindCode
from applications.models import FilingVersion
from files.services import store_unsigned
from indicators.enums_evaluating import EvaluationKind
from indicators.models import EvaluationRound, RatingSeat, Return
from indicators.services import evaluation_rounds
from portal.sample.documents import document
from tests.applications.test_evaluating import accepted
from tests.indicators.evaluations import FIRST, SECOND, YEAR, World, world
from workflow import instants
from workflow.machine import Refused

pytestmark = pytest.mark.django_db
WRITTEN = "示例：三年内研发经费翻一番。"


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.person)
    return client


def opened(scene: World) -> None:
    """A first round with two evaluators at the place, whose application is frozen."""
    lead, filing, place = scene.lead(), accepted(scene), scene.places["a"]
    field = {"key": "x", "label": "目标", "kind": "longtext", "unit": "", "clause": "C-III.2b", "choices": {}}
    section = {"slug": "aims", "title": "建设目标", "group": "", "fields": [field]}
    with system():
        upload = store_unsigned(filing.tenant, filing.dossier, document("创建规划（示例）"))
        code = next(iter(materials.pieces_of(KindCode.CITY))).code
        piece = {"upload": str(upload.pk), "code": code, "number": materials.kind_of(code).number, "name": upload.name}
        piece |= {"size": upload.size, "content_type": upload.content_type, "sha256": upload.sha256}
        content = {"kind": KindCode.CITY, "sections": [section], "fields": {"x": WRITTEN}, "materials": [piece]}
        FilingVersion.objects.create(
            tenant=filing.tenant, dossier=filing.dossier, filing=filing, serial=1, content=content, hash="0" * 64,
            frozen_by=filing.created_by, submitted_at=timezone.now(),
        )  # fmt: skip
    with enter(lead.scope):
        due = instants.today() + dt.timedelta(days=30)
        scene.row = evaluation_rounds.open_round(EvaluationKind.INITIAL, YEAR, [place.pk], due, lead)
        evaluation_rounds.contract(scene.row, scene.office, [place.pk], "合〔2〕", instants.today(), lead)
    for name, turn in (("first", FIRST), ("second", SECOND)):
        scene.sit(name, turn)


def answers(scene: World, seat: RatingSeat, names: tuple[str, ...]) -> dict[str, int]:
    people: dict[str, Any] = {**scene.people, "lead": scene.lead()}
    return {name: client_of(people[name]).get(f"/applications/evaluated/{seat.pk}/").status_code for name in names}


def test_evaluator_reads_the_frozen_application_once_independence_is_declared() -> None:
    scene = world()
    opened(scene)
    seat = scene.seat("first")
    everybody = ("first", "second", "spare", "lead")
    assert set(answers(scene, seat, everybody).values()) == {404}
    scene.declare("first")
    assert answers(scene, seat, everybody) == {"first": 200, "second": 404, "spare": 404, "lead": 404}
    client = client_of(scene.people["first"])
    assert WRITTEN in client.get(f"/applications/evaluated/{seat.pk}/").content.decode()
    assert f"/applications/evaluated/{seat.pk}/" in client.get(f"/evaluations/sheets/{seat.pk}/").content.decode()
    assert client.get(f"/applications/evaluated/{seat.pk}/files/{uuid.uuid4()}/").status_code == 404
    with enter(scene.lead().scope):
        evaluation_rounds.drop(EvaluationRound.objects.get(pk=scene.row.pk), "示例：另行安排", scene.lead())
    assert set(answers(scene, seat, everybody).values()) == {404}


def test_file_of_the_application_is_given_to_its_evaluator_alone() -> None:
    scene = world()
    opened(scene)
    scene.declare("first")
    seat = scene.seat("first")
    with system():
        (piece,) = FilingVersion.objects.get(filing__division=scene.places["a"]).content["materials"]
    address = f"/applications/evaluated/{seat.pk}/files/{piece['upload']}/"
    got = client_of(scene.people["first"]).get(address)
    assert (got.status_code, b"".join(got.streaming_content)[:5]) == (200, b"%PDF-")  # type: ignore[attr-defined]
    for name in ("second", "spare"):
        assert client_of(scene.people[name]).get(address).status_code == 404
    assert client_of(scene.people["first"]).get(f"/files/{piece['upload']}/").status_code == 404


def test_round_does_not_begin_without_final_figures() -> None:
    scene = world()
    opened(scene)
    for name in ("first", "second"):
        scene.declare(name)
    with system():
        Return.objects.filter(subject=scene.places["a"].pk).update(subject="other")
    lead = scene.lead()
    with enter(lead.scope), pytest.raises(Refused, match="还没有锁定"):
        evaluation_rounds.start(EvaluationRound.objects.get(pk=scene.row.pk), "", lead)
