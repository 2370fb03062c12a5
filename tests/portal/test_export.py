"""Exports: what the requester sees and no more, read back before it is called ready, gone when its time is over."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from accounts.actors import Actor
from accounts.models import Grant
from accounts.scope import system
from applications.models import Filing
from portal.exports import files
from portal.exports.archive import Archive, Member, safe_name
from portal.exports.columns import answer
from portal.sweeps import sweep
from reviews.models import Case, Opinion
from tests.factories import make_actor, make_grant, make_organisation, make_paper
from tests.portal.work import accepted_filing, browser, done, frozen, job_of, opened_filing, outcomes, put_task, start
from workflow import ledger, outbox
from workflow.models import Job

pytestmark = pytest.mark.django_db
FIELD = {"unit": "", "clause": "", "choices": {}}
CONTENT: dict[str, Any] = {
    "format": 1,
    "park_name": "某园区",
    "sections": [
        {
            "slug": "purpose",
            "title": "目的",
            "group": "一",
            "fields": [
                {"key": "space.dominant_function", "label": "主导功能", "kind": "text", **FIELD},
                {"key": "commitment.secrets", "label": "保密审查", "kind": "bool", **FIELD},
            ],
        }
    ],
    "fields": {"commitment.secrets": False},
    "years": ["2025"],
    "figures": {},
    "industries": [{"name": "数字安防"}],
    "boundary": None,
    "materials": [],
    "findings": {"findings": []},
}


@pytest.fixture
def lead() -> Actor:
    """A handler of 省科技厅."""
    return make_actor(make_organisation("kjt"))


def fetch(actor: Actor, job: Job) -> bytes:
    """The file of a job as its person downloads it."""
    response = browser(actor).get(f"/desk/jobs/{job.pk}/file/")
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def test_workbook_holds_text_and_no_formula(lead: Actor) -> None:
    filing = opened_filing(lead, park_name="=1+1园区", number="00123")
    frozen(filing, CONTENT)
    job = done(start(browser(lead), "table", [put_task(lead, filing, "=HYPERLINK(1)")], format="xlsx"))
    content = fetch(lead, job)
    assert (len(content), hashlib.sha256(content).hexdigest(), job.file_count) == (job.file_size, job.file_hash, 1)
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    mark, head, row = ([cell.value for cell in line] for line in sheet.iter_rows())
    assert lead.person.name in mark[0]
    assert head[:3] == ["事项", "申报编号", "园区"]
    said = dict(zip(head, row, strict=True))
    assert (said["事项"], said["申报编号"], said["园区"]) == ("'=HYPERLINK(1)", "00123", "'=1+1园区")
    assert {cell.data_type for cell in sheet[3] if cell.value} == {"s"}
    assert (said["主导功能"], said["保密审查"], said["表单版本"], said["主导产业"]) == ("未填", "否", "1", "数字安防")
    assert sheet.freeze_panes == "B3"
    assert sheet.column_dimensions["A"].width == 40


@pytest.mark.parametrize(("form", "encoding"), [("csv", "utf-8-sig"), ("gb18030", "gb18030")])
def test_csv_opens_in_its_encoding(lead: Actor, form: str, encoding: str) -> None:
    tasks = [put_task(lead, opened_filing(lead), f"第{n}件，含逗号") for n in range(3)]
    job = done(start(browser(lead), "table", tasks, format=form))
    content = fetch(lead, job)
    assert content.startswith(b"\xef\xbb\xbf") == (form == "csv")
    rows = list(csv.reader(io.StringIO(content.decode(encoding), newline="")))
    assert [row[0] for row in rows[1:-1]] == ["第0件，含逗号", "第1件，含逗号", "第2件，含逗号"]
    assert lead.person.name in rows[-1][0]
    assert job.file_count == 3


@pytest.mark.parametrize(
    ("asked", "value", "words"),
    [(False, None, "未设此项"), (True, None, "未填"), (True, "", "未填"), (True, False, "否"), (True, True, "是")],
)
def test_not_asked_empty_and_no_are_told_apart(asked: bool, value: object, words: str) -> None:
    fields = [{"key": "x"}] if asked else []
    assert answer({"sections": [{"fields": fields}], "fields": {"x": value}}, "x") == words


def test_list_of_a_department_has_no_count_of_opinions(lead: Actor) -> None:
    department = make_actor(make_organisation("department"))
    filing = opened_filing(lead)
    make_grant(filing.dossier, filing.tenant, department.organisation, filing.tenant)
    heads = []
    for actor in (lead, department):
        job = done(start(browser(actor), "table", [put_task(actor, filing)], format="csv"))
        heads.append(fetch(actor, job).decode("utf-8-sig").splitlines()[0].split(","))
    assert ("部门意见" in heads[0], "部门意见" in heads[1]) == (True, False)


def members(content: bytes) -> dict[str, bytes]:
    """The members of a zip, each checked against the list of hashes in it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        found = {name: archive.read(name) for name in archive.namelist()}
    sums = dict(line.split("  ", 1)[::-1] for line in found["SHA256SUMS.txt"].decode().splitlines())
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in found.items() if name != "SHA256SUMS.txt"}
    return found


def reviewed(lead: Actor) -> tuple[Filing, Actor, Actor]:
    """A case with a signed opinion, its city's handler, and the department's."""
    filing = accepted_filing(lead, number="CY-1")
    version = frozen(filing, CONTENT)
    department = make_actor(make_organisation("department"))
    make_grant(filing.dossier, filing.tenant, department.organisation, filing.tenant)
    paper = make_paper(department.organisation, dossier=filing.dossier, published=False, title="机密复函")
    with system():
        case = Case.objects.create(
            dossier=filing.dossier, tenant=filing.tenant, filing=filing, version=version, inquiry_paper=paper
        )
        Opinion.objects.create(
            dossier=filing.dossier,
            tenant=department.organisation,
            case=case,
            requested_by=lead.organisation,
            status="signed",
            stance="disagree",
            reasons="机密理由",
            paper=paper,
            signed_at=timezone.now(),
        )
    return filing, make_actor(filing.tenant), department


def test_zip_of_a_case_holds_what_the_audience_may_read(lead: Actor) -> None:
    filing, city, department = reviewed(lead)
    other = make_actor(make_organisation("department"))
    make_grant(filing.dossier, filing.tenant, other.organisation, filing.tenant)
    seen = {}
    for name, actor in {"lead": lead, "city": city, "department": department, "other": other}.items():
        found = members(fetch(actor, done(start(browser(actor), "zip", [put_task(actor, filing)]))))
        seen[name] = any("机密".encode() in data or "机密" in path for path, data in found.items())
        assert "目录.html" in found
        assert "规划/创建规划第1版.json" in found
        assert json.loads(found["规划/创建规划第1版.json"])["content"] == CONTENT
        assert actor.person.name in found["目录.html"].decode()
    assert seen == {"lead": True, "city": False, "department": True, "other": False}


def test_answers_of_every_version_stand_side_by_side(lead: Actor) -> None:
    filing = opened_filing(lead)
    later = json.loads(json.dumps(CONTENT))
    later["format"] = 2
    later["sections"][0]["fields"].append({"key": "new.one", "label": "新问题", "kind": "text", **FIELD})
    later["fields"] = {"space.dominant_function": "智能装备", "commitment.secrets": True}
    frozen(filing, CONTENT), frozen(filing, later, 2)
    found = members(fetch(lead, done(start(browser(lead), "zip", [put_task(lead, filing)]))))
    rows = list(csv.reader(io.StringIO(found["规划/逐项答案.csv"].decode("utf-8-sig"))))
    assert rows[0][3:] == ["第1版（表单1）", "第2版（表单2）"]
    assert {row[1]: row[3:] for row in rows[1:]} == {
        "主导功能": ["未填", "智能装备"],
        "保密审查": ["否", "是"],
        "新问题": ["未设此项", "未填"],
    }


def test_several_cases_lie_in_folders_and_a_missing_file_is_named(lead: Actor) -> None:
    one, other = opened_filing(lead, park_name="甲/园区"), opened_filing(lead, park_name="乙园区")
    lost = {"upload": str(one.pk), "name": "丢失.pdf", "number": 2, "sha256": "0" * 64}
    frozen(one, {**CONTENT, "materials": [lost]})
    frozen(other, CONTENT)
    job = done(start(browser(lead), "zip", [put_task(lead, one), put_task(lead, other)]))
    found = members(fetch(lead, job))
    assert {path.split("/")[0] for path in found} == {
        "创建申报 未编号 甲_园区", "创建申报 未编号 乙园区", "SHA256SUMS.txt", "如何核验.txt", "check_archive.py"
    }  # fmt: skip
    assert [outcome for outcome, _words in outcomes(job)] == ["failed", "done"]
    assert "丢失.pdf" in outcomes(job)[0][1]
    assert "丢失.pdf" in found["创建申报 未编号 甲_园区/目录.csv"].decode("utf-8-sig")


def test_file_that_is_not_as_written_is_never_called_ready(lead: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    real = files.as_written

    def emptied(members: Sequence[Member]) -> Callable[[Path], int]:
        def count(path: Path) -> int:
            path.write_bytes(b"")  # as when a later step empties the file
            return real(members)(path)

        return count

    monkeypatch.setattr(files, "as_written", emptied)
    job = done(start(browser(lead), "zip", [put_task(lead, opened_filing(lead))]))
    assert (job.ready_at, job.finished_at) == (None, None)
    assert browser(lead).get(f"/desk/jobs/{job.pk}/file/").status_code == 404
    assert "将自动重试" in browser(lead).get(f"/desk/jobs/{job.pk}/").content.decode()
    monkeypatch.undo()
    with system():
        from workflow.models import Delivery

        Delivery.objects.filter(effect="workflow.job_file").update(due_at="2020-01-01T00:00Z")
    outbox.deliver_all()
    assert len(members(fetch(lead, job_again(job)))) > 1


def test_archive_is_checked_without_the_portal(lead: Actor, tmp_path: Path) -> None:
    filing, *_others = reviewed(lead)
    with system():
        for number in (1, 2):
            ledger.append(filing, "note", f"第{number}件事", lead, dossier=filing.dossier, reason="原因")
    found = members(fetch(lead, done(start(browser(lead), "zip", [put_task(lead, filing)]))))
    for name, content in found.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)

    def checked() -> tuple[int, str]:
        command = [sys.executable, "-I", str(tmp_path / "check_archive.py"), str(tmp_path)]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        return ran.returncode, ran.stdout

    assert checked() == (0, "全部文件和办理过程与导出时一致。\n")
    history = tmp_path / "办理过程.json"
    rows = json.loads(history.read_text())
    assert len(rows) == 2
    rows[0]["content"]["reason"] = "后来改写"
    history.write_text(json.dumps(rows, ensure_ascii=False))
    (tmp_path / "目录.csv").unlink()
    code, told = checked()
    assert code == 1
    assert "缺少文件：目录.csv" in told
    assert "与导出时不一致：办理过程.json" in told
    assert "第1件：内容与校验值不符" in told


def test_member_that_differs_from_what_went_in_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with Archive(path) as archive:
        archive.text("a.txt", "原文")
    assert files.as_written(archive.members)(path) == 1
    with Archive(path) as other:
        other.text("a.txt", "改写")
    with pytest.raises(files.NotAsWritten, match=r"a\.txt"):
        files.as_written(archive.members)(path)


def job_again(job: Job) -> Job:
    """The job as it is now."""
    with system():
        job.refresh_from_db()
    return job


def test_file_expires_and_is_deleted(lead: Actor) -> None:
    job = done(start(browser(lead), "table", [put_task(lead, opened_filing(lead))], format="csv"))
    assert job.path.is_file()
    with system():
        Job.objects.filter(pk=job.pk).update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    assert browser(lead).get(f"/desk/jobs/{job.pk}/file/").status_code == 404
    sweep()
    assert not job.path.exists()
    assert "已过保存期" in browser(lead).get(f"/desk/jobs/{job.pk}/").content.decode()


def test_file_stays_closed_to_others_and_to_who_lost_the_case(lead: Actor) -> None:
    filing = opened_filing(lead)
    job = done(start(browser(lead), "zip", [put_task(lead, filing)]))
    for stranger in (make_actor(lead.organisation), make_actor()):
        assert browser(stranger).get(f"/desk/jobs/{job.pk}/file/").status_code == 404
    fetch(lead, job)
    with system():
        Grant.objects.filter(dossier=filing.dossier).delete()
    assert browser(lead).get(f"/desk/jobs/{job.pk}/file/").status_code == 404


def test_export_of_rows_that_closed_meanwhile_leaves_them_out(lead: Actor) -> None:
    one, other = opened_filing(lead), opened_filing(lead)
    response = start(browser(lead), "zip", [put_task(lead, one), put_task(lead, other)])
    with system():
        Grant.objects.filter(dossier=one.dossier).delete()
    job_of(response)
    job = done(response)
    assert sorted(outcome for outcome, _words in outcomes(job)) == ["done", "skipped"]
    assert one.park_name.encode() not in b"".join(members(fetch(lead, job)).values())


def test_archive_is_ready_for_any_size_and_repeats_no_name(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.zip") as archive:
        archive.text("一.txt", "甲")
        archive.text("一.txt", "乙")
        archive.stream("大.pdf", (b"x" * 1000 for _n in range(3)))
    with zipfile.ZipFile(tmp_path / "a.zip") as read:
        assert read.namelist() == ["一.txt", "一(2).txt", "大.pdf"]
        assert [info.extract_version for info in read.infolist()] == [45, 45, 45]
        assert read.read("一(2).txt").decode() == "乙"
    assert safe_name("../a\\b:c*?\n") == "_a_b_c_"
