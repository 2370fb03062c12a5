"""Freezing keeps content and files under one hash, and what a submitted version says never changes."""

import hashlib
import json

import pytest
from django.db import DatabaseError, transaction

from accounts.scope import of_organisation, system
from applications import completeness, display, freezing, selfcheck
from applications.models import FilingVersion
from files.models import Upload
from tests.applications.samples import fill
from tests.factories import make_actor, make_filing

pytestmark = pytest.mark.django_db


def test_complete_filing_misses_nothing_and_meets_every_quantitative_clause() -> None:
    actor = make_actor()
    filing = make_filing(actor)
    fill(filing, actor)
    with of_organisation(actor.organisation.pk, actor.person.pk):
        assert [gap.text for gap in completeness.missing(filing)] == []
        assert selfcheck.failed(selfcheck.assess(filing)) == []


def test_freeze_hash_is_that_of_content_and_sorted_file_hashes() -> None:
    actor = make_actor()
    filing = make_filing(actor)
    fill(filing, actor)
    with of_organisation(actor.organisation.pk, actor.person.pk):
        made = freezing.freeze(filing, actor)
        version = FilingVersion.objects.get(pk=made.pk)
    content = json.dumps(version.content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    files = sorted(material["sha256"] for material in version.content["materials"])
    assert len(files) == 12
    assert version.hash == hashlib.sha256(content + b"\n" + "\n".join(files).encode()).hexdigest()
    assert version.serial == 1
    assert version.content["figures"]["P.gdp"] == dict.fromkeys(version.content["years"], "1234.50")
    assert version.content["boundary"]["area_km2"].startswith("14.0")


def test_unknown_figure_stays_null_in_the_frozen_content() -> None:
    actor = make_actor()
    filing = make_filing(actor)
    fill(filing, actor, but=frozenset({f"figure.P.gdp.{filing.created_at.year - 1}"}))
    with of_organisation(actor.organisation.pk, actor.person.pk):
        content = freezing.snapshot(filing)
        years = content["years"]
    assert content["figures"]["P.gdp"] == {years[0]: "1234.50", years[1]: "1234.50", years[2]: None}
    assert display.figure_grid(content)["rows"][0]["values"] == ["1234.50", "1234.50", None]


def test_frozen_content_cannot_be_changed() -> None:
    actor = make_actor()
    filing = make_filing(actor)
    with of_organisation(actor.organisation.pk, actor.person.pk):
        version = freezing.freeze(filing, actor)
    with pytest.raises(DatabaseError, match="append-only"), system(), transaction.atomic():
        FilingVersion.objects.filter(pk=version.pk).update(hash="0" * 64)


def test_second_freeze_takes_the_next_serial_and_another_hash_after_a_change() -> None:
    actor = make_actor()
    filing = make_filing(actor)
    with of_organisation(actor.organisation.pk, actor.person.pk):
        first = freezing.freeze(filing, actor)
        same = freezing.freeze(filing, actor)
    fill(filing, actor, but=frozenset({"boundary"}))
    with of_organisation(actor.organisation.pk, actor.person.pk):
        third = freezing.freeze(filing, actor)
    assert [first.serial, same.serial, third.serial] == [1, 2, 3]
    assert first.hash == same.hash != third.hash


def test_release_files_opens_the_files_of_the_version_alone() -> None:
    actor = make_actor()
    filing, other = make_filing(actor), make_filing(actor)
    for one in (filing, other):
        fill(one, actor, but=frozenset({"boundary"}))
    with of_organisation(actor.organisation.pk, actor.person.pk):
        freezing.release_files(freezing.freeze(filing, actor))
        assert Upload.objects.filter(dossier=filing.dossier, released_at=None).count() == 0
        assert Upload.objects.filter(dossier=other.dossier).exclude(released_at=None).count() == 0


def test_remark_targets_have_labels_and_unique_keys() -> None:
    actor = make_actor()
    filing = make_filing(actor)
    with of_organisation(actor.organisation.pk, actor.person.pk):
        targets = freezing.targets(freezing.freeze(filing, actor))
    keys = [key for key, _label in targets]
    assert len(keys) == len(set(keys))
    assert dict(targets)["field:industry.1.name"] == "主导产业1 › 产业名称"
    assert freezing.version_content_label("field:industry.1.name") == "主导产业1 › 产业名称"
    assert freezing.version_content_label("material:3") == "材料③ 论证报告"
