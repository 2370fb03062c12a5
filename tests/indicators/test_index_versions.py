"""An index version: what it is checked for, three signatures on one digest, who sees it, which one is in force."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.enums import PostRole
from accounts.scope import PUBLIC, enter, system
from indicators.enums import RankingList
from indicators.enums_policy import IndexStatus
from indicators.models import IndexSignature, IndexVersion, Run
from indicators.queries_policy import index_in_force
from indicators.services import index_signing as signing
from indicators.services import index_versions as drafting
from policy import index
from policy.index import Part
from tests.delivered import deliver_acts
from tests.indicators.indices import Departments, departments
from workflow import ledger
from workflow.machine import Refused
from workflow.models import Task

CREATING = RankingList.CREATING


@pytest.mark.parametrize("ranking", list(index.LEVELS))
def test_default_versions_pass_the_check(ranking: str) -> None:
    default = index.default(ranking)
    assert (index.faults(default.tree, ranking), index.total(default.tree)) == ([], 100)
    assert index.tidy(default.tree) == default.tree


DEFAULT = index.default("creating").tree


@pytest.mark.parametrize(
    ("code", "change", "why"),
    [
        ("new_enterprises", {"weight": "7.5"}, "99.5"),
        ("new_enterprises", {"clause": ""}, "没有写明依据"),
        ("new_enterprises", {"clause": "P-IX.9"}, "没有 P-IX.9"),
        ("new_enterprises", {"clause": "P-II.2.3a"}, "两方相比"),
        ("institutions_ahead", {"clause": "P-II.2.1a"}, "有目标值"),
        ("new_enterprises", {"direction": -1}, "方向不一致"),
        ("new_enterprises", {"clause": "P-II.3.3a"}, "由人评审"),
        ("patents", {"numerator": ("P.patents",)}, "没有代码 P.patents"),
        ("patents", {"numerator": ("C.invention_held",)}, "不能用于这一名单"),
        ("patents", {"numerator": ()}, "没有选数据"),
        ("patents", {"quote": "万人发明专利"}, "不见于两份政策原文"),
        ("patents", {"kind": "rise", "denominator": ""}, "需要分母"),
        ("patents", {"parent": "nowhere"}, "nowhere"),
        ("patents", {"code": "rank"}, "不能是"),
        ("patents", {"code": "energy"}, "不止一次"),
        ("patents", {"weight": "-5"}, "不能为负"),
    ],
)
def test_check_names_what_is_wrong(code: str, change: dict[str, object], why: str) -> None:
    tree = tuple(replace(part, **change) if part.code == code else part for part in DEFAULT)  # type: ignore[arg-type]
    found = index.faults(index.tidy(tree) if change.keys() == {"weight"} and why == "99.5" else tree, "creating")
    assert any(why in fault for fault in found), found


def test_half_of_the_weight_on_increments_is_not_mostly() -> None:
    def weighing(increments: str, standing: str) -> tuple[Part, ...]:
        root = Part("index", "总", 2, "", "100")
        one = next(part for part in DEFAULT if part.code == "new_enterprises")
        other = next(part for part in DEFAULT if part.code == "patents")
        return root, replace(one, parent="index", weight=increments), replace(other, parent="index", weight=standing)

    assert index.faults(weighing("50.01", "49.99"), "creating") == []
    assert index.faults(weighing("50", "50"), "creating") == [
        "增量、增速类指标的权重为 50，应超过一半（P-II.2.4c 以增量考核为主）。"
    ]


@pytest.fixture
def world(db: None) -> Departments:
    return departments()


def drafted(world: Departments) -> IndexVersion:
    actor = world.actor("lead")
    with enter(actor.scope):
        return drafting.draft(CREATING, actor)


def to_be_signed(world: Departments) -> IndexVersion:
    version = drafted(world)
    with enter(world.actor("lead").scope):
        signing.send_to_check(version, world.actor("lead"))
    reviewer = world.actor("lead", PostRole.REVIEWER)
    with enter(reviewer.scope):
        signing.pass_on(version, reviewer)
    return version


def signed_by(world: Departments, version: IndexVersion, office: str, digest: str = "") -> None:
    actor = world.actor(office, PostRole.SIGNER)
    with enter(actor.scope):
        found = IndexVersion.objects.get(pk=version.pk)
        signing.sign(found, digest or found.digest, actor)


def test_three_signatures_put_a_version_in_force(world: Departments) -> None:
    version = to_be_signed(world)
    for office in ("statistics", "lead"):
        signed_by(world, version, office)
    with pytest.raises(Refused, match="已经签发"):
        signed_by(world, version, "lead")
    with system():
        assert index_in_force(CREATING, 2014) is None
        assert set(Task.objects.filter(kind="sign_index", done_at=None).values_list("organisation_id", flat=True)) == {
            world.offices["development"].pk
        }
    signed_by(world, version, "development")
    with system():
        version.refresh_from_db()
        assert (version.status, index_in_force(CREATING, 2014), index_in_force(CREATING, 2012)) == (
            IndexStatus.SIGNED,
            version,
            None,
        )
        assert set(version.signatures.values_list("digest", flat=True)) == {version.content_digest()}
        signing.freeze(version)
        signing.freeze(version)
        assert version.status == IndexStatus.FROZEN
        assert index_in_force(CREATING, 2014) == version


def test_only_the_digest_that_was_read_is_signed_and_only_by_the_three(world: Departments) -> None:
    version = to_be_signed(world)
    with pytest.raises(Refused, match="不一致"):
        signed_by(world, version, "development", "sha256:0")
    other = world.actor("other", PostRole.SIGNER)
    with enter(other.scope):
        assert not IndexVersion.objects.filter(pk=version.pk).exists()
    handler = world.actor("development")
    with enter(handler.scope), pytest.raises(Refused, match="岗位"):
        signing.sign(version, version.digest, handler)
    with system(), pytest.raises(DatabaseError, match="digest"), transaction.atomic():
        IndexSignature.objects.create(
            version=version,
            tenant=world.offices["development"],
            dossier=version.dossier,
            person=handler.person,
            name="x",
            digest="sha256:0",
        )


def test_edit_after_a_signature_is_impossible_and_back_to_draft_drops_it_on_record(world: Departments) -> None:
    version, handler = to_be_signed(world), world.actor("lead")
    signed_by(world, version, "development")
    first = version.digest
    with enter(handler.scope):
        with pytest.raises(Refused, match="签发随之失效"):
            drafting.save_head(version, version.edition, "另一个名称", 2014, ["依据"], handler)
        with pytest.raises(DatabaseError, match="not changed"), transaction.atomic():
            IndexVersion.objects.filter(pk=version.pk).update(tree=[])
        with pytest.raises(Refused, match="理由"):
            signing.send_back(version, " ", handler)
        signing.send_back(version, "示例：权重再议", handler)
    deliver_acts()
    with enter(handler.scope):
        dropped = version.signatures.get()
        assert (dropped.dropped_at is not None, dropped.dropped_reason, dropped.digest) == (
            True,
            "示例：权重再议",
            first,
        )
        event = ledger.history(version.dossier).get(name="reopen")
        assert event.data == {"dropped": [world.actor("development", PostRole.SIGNER).person.name]}
        assert not Task.objects.filter(kind="sign_index", done_at=None).exists()
        assert Task.objects.filter(kind="mend_index", done_at=None).count() == 1
        version = drafting.set_weights(version, version.edition, {"new_enterprises": "7", "patents": "6"}, handler)
        weights = {part.code: part.weight for part in version.parts}
        assert (weights["quality"], weights["standing"], weights["index"]) == ("29", "21", "100")
        signing.send_to_check(version, handler)
    reviewer = world.actor("lead", PostRole.REVIEWER)
    with enter(reviewer.scope):
        signing.pass_on(version, reviewer)
        assert version.digest != first
    with pytest.raises(Refused, match="不一致"):
        signed_by(world, version, "development", first)


def test_two_who_edit_at_once_are_told(world: Departments) -> None:
    version, handler = drafted(world), world.actor("lead")
    with enter(handler.scope):
        drafting.remove_part(version, 1, "plan_and_services", handler)
        with pytest.raises(Refused, match="另一位同事"):
            drafting.set_weights(version, 1, {"patents": "9"}, handler)
        with pytest.raises(Refused) as refused:
            signing.send_to_check(version, handler)
        assert "judged 在第 1 级以上却没有下级" in refused.value.reasons[0]
        version = drafting.remove_part(version, 2, "judged", handler)
        with pytest.raises(Refused, match="下级"):
            drafting.remove_part(version, 3, "quality", handler)
        version = drafting.move_part(version, 3, "growth", True, handler)
        assert [part.code for depth, part in index.in_order(version.parts) if depth == 1] == [
            "growth",
            "quality",
            "ahead",
            "standing",
        ]
        assert index.faults(version.parts, "creating") == ["各指标权重之和为 96，应为 100。"]


def test_newer_version_replaces_an_older_one_from_its_year_on(world: Departments) -> None:
    first = signing.sign_default(CREATING, world.signing)
    handler = world.actor("lead")
    with system():
        people = (handler.person, world.actor("lead", PostRole.SIGNER).person)
        told = {"programme": "park", "year": 2014, "number": 1, "status": "released", "released_at": timezone.now()}
        by = {"tenant": world.offices["lead"], "proposed_by": people[0], "released_by": people[1]}
        Run.objects.create(result_hash="sha256:0", **told, **by)
    with enter(handler.scope):
        second = drafting.draft(CREATING, handler, first)
        assert (second.number, second.copied_from, second.tree) == (2, 1, first.tree)
        assert second.valid_from == 2015, "what was released by the first one stays with it"
        second = drafting.save_head(second, 1, second.title, 2016, second.basis, handler)
        with pytest.raises(Refused, match="第 2 版还没有签发完毕"):
            drafting.draft(CREATING, handler)
        signing.send_to_check(second, handler)
    reviewer = world.actor("lead", PostRole.REVIEWER)
    with enter(reviewer.scope):
        signing.pass_on(second, reviewer)
    for office in ("lead", "development", "statistics"):
        signed_by(world, second, office)
    with system():
        assert [index_in_force(CREATING, year) for year in (2015, 2016)] == [first, second]
    third = signing.sign_default(CREATING, world.signing)
    with system():
        statuses = dict(IndexVersion.objects.values_list("number", "status"))
        assert (statuses, index_in_force(CREATING, 2016)) == (
            {1: "superseded", 2: "superseded", 3: "signed"},
            third,
        )


def test_who_sees_a_version_follows_its_way(world: Departments) -> None:
    def sees(version: IndexVersion) -> set[str]:
        found = set()
        for name, office in world.offices.items():
            with enter(world.actor(name).scope):
                if IndexVersion.objects.filter(pk=version.pk).exists():
                    found.add(name)
            assert office.pk
        with enter(PUBLIC):
            if IndexVersion.objects.filter(pk=version.pk).exists():
                found.add("public")
        return found

    version = drafted(world)
    assert sees(version) == {"lead"}
    with enter(world.actor("lead").scope):
        signing.send_to_check(version, world.actor("lead"))
    reviewer = world.actor("lead", PostRole.REVIEWER)
    with enter(reviewer.scope):
        signing.pass_on(version, reviewer)
    assert sees(version) == {"lead", "development", "statistics"}
    for office in ("lead", "development", "statistics"):
        signed_by(world, version, office)
    assert sees(version) == {*world.offices, "public"}
    with enter(PUBLIC):
        assert version.signatures.count() == 3
