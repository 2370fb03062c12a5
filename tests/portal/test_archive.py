"""A park's archive: every affair that the reader may read in a folder of its own, checked without the portal."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.scope import system
from applications.models import Filing
from indicators.models import Inspection, Return
from portal.exports.kinds.filing import plan_word
from registry.models import Park
from tests.factories import make_actor, make_filing, make_organisation, make_paper, make_park
from tests.portal.work import browser, done, frozen, opened_filing
from workflow import ledger
from workflow.models import Job

pytestmark = pytest.mark.django_db
CONTENT: dict[str, Any] = {
    "format": 1, "park_name": "某园区", "sections": [], "fields": {}, "years": [], "figures": {}, "industries": [],
    "boundary": None, "materials": [], "findings": {"findings": []},
}  # fmt: skip


def affairs_of(park: Park, lead: Actor) -> None:
    """An expansion that is open to the lead, a return of the city's own, an inspection that it does not know."""
    city = park.tenant
    filing = opened_filing(lead, owner=city, kind="expansion", park=park, park_name=park.name, number="KQ-1")
    frozen(filing, CONTENT)
    with system():
        ledger.append(filing, "note", "交来扩区规划", lead, dossier=filing.dossier)
        report = Return.objects.create(tenant=city, kind="park", subject=park.slug, name=park.name, year=2024)
        ledger.open_chain(report.dossier, city)
        found = Inspection.objects.create(
            tenant=lead.organisation, park=park, city=city, inspected_on=date(2025, 3, 1), inspectors="甲、乙",
            finding="机密发现", wanted="整改", days=10, found_by=lead.person,
        )  # fmt: skip
        ledger.open_chain(found.dossier, lead.organisation)
        ledger.append(found, "find", "机密督查", lead, dossier=found.dossier)


def exported(actor: Actor, park: Park, folder: Path) -> Job:
    """The park's archive as its person downloads and unpacks it."""
    job = done(browser(actor).post(f"/desk/parks/{park.slug}/"))
    response = browser(actor).get(f"/desk/jobs/{job.pk}/file/")
    assert response.status_code == 200
    with zipfile.ZipFile(BytesIO(b"".join(response.streaming_content))) as archive:
        archive.extractall(folder)
    return job


def checked(folder: Path) -> tuple[int, str]:
    """What the script in the archive says of it, with nothing but Python."""
    command = [sys.executable, "-I", "-S", str(folder / "check_archive.py"), str(folder)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    return ran.returncode, ran.stdout


def test_archive_of_a_park_is_whole_for_each_reader_and_checks_itself(tmp_path: Path) -> None:
    lead, park = make_actor(make_organisation("kjt")), make_park()
    affairs_of(park, lead)
    with system():
        city = make_actor(Organisation.objects.get(pk=park.tenant_id))
    page = browser(lead).get(f"/desk/parks/{park.slug}/").content.decode()
    assert page.count("督查整改</a>") >= 1
    exported(lead, park, tmp_path / "lead")
    folders = {path.name for path in (tmp_path / "lead").iterdir() if path.is_dir()}
    assert folders == {f"扩区申报 KQ-1 {park.name}", f"{park.name} 2025-03-01 督查整改"}
    top = (tmp_path / "lead" / "目录.html").read_text()
    assert (top.count("交来扩区规划"), top.count("机密督查")) == (1, 1)
    assert checked(tmp_path / "lead") == (0, "全部文件和办理过程与导出时一致。\n")

    job = exported(city, park, tmp_path / "city")
    folders = {path.name for path in (tmp_path / "city").iterdir() if path.is_dir()}
    assert folders == {f"扩区申报 KQ-1 {park.name}", f"{park.name} 2024 年度统计报表"}
    told = b"".join(path.read_bytes() for path in (tmp_path / "city").rglob("*") if path.is_file())
    assert "机密".encode() not in told
    shown = browser(city).get(f"/desk/jobs/{job.pk}/").content.decode()
    assert "导出园区档案" in shown
    history = tmp_path / "city" / f"扩区申报 KQ-1 {park.name}" / "办理过程.json"
    history.write_text(history.read_text().replace("交来", "寄来"))
    (tmp_path / "city" / "夹带.pdf").write_bytes(b"x")
    code, said = checked(tmp_path / "city")
    assert code == 1
    assert "多出文件：夹带.pdf" in said
    assert "内容与校验值不符" in said


def test_park_without_affairs_for_the_reader_offers_no_archive() -> None:
    lead, park = make_actor(make_organisation("kjt")), make_park()
    affairs_of(park, lead)
    stranger = make_actor(make_organisation("applicant_gov"))
    page = browser(stranger).get(f"/desk/parks/{park.slug}/").content.decode()
    assert "导出园区档案" not in page
    assert "这里将列出本园区的全部办件" in page
    assert browser(stranger).post(f"/desk/parks/{park.slug}/").status_code == 404


def test_page_of_a_park_asks_as_often_for_many_affairs_as_for_few() -> None:
    lead, park = make_actor(make_organisation("kjt")), make_park()
    affairs_of(park, lead)
    client, counts = browser(lead), []
    for day in (2, 3, 4, 5):
        with CaptureQueriesContext(connection) as asked:
            page = client.get(f"/desk/parks/{park.slug}/").content.decode()
        counts.append((page.count(" 督查整改</a>"), len(asked)))
        with system():
            Inspection.objects.create(
                tenant=lead.organisation, park=park, city=park.tenant, inspected_on=date(2025, 4, day), inspectors="甲",
                finding="发现", wanted="整改", days=10, found_by=lead.person,
            )  # fmt: skip
    assert [rows for rows, _queries in counts] == [1, 2, 3, 4]
    assert len({queries for _rows, queries in counts[1:]}) == 1


def test_second_press_leads_to_the_archive_that_is_being_made() -> None:
    filing = make_filing()
    handler = make_actor(filing.tenant)
    client = browser(handler)
    first, second = (client.post(f"/desk/archive/filing/{filing.pk}/")["Location"] for _n in range(2))
    assert first == second
    assert done(client.post(f"/desk/archive/filing/{filing.pk}/")).ready_at is not None
    assert client.post(f"/desk/archive/filing/{filing.pk}/")["Location"] != first


@pytest.mark.parametrize(
    ("kind", "name"),
    [("creation", "创建规划"), ("recognition", "建设总结报告"), ("expansion", "扩区规划"), ("change", "变更方案")],
)
def test_main_text_is_called_by_the_kind_of_the_filing(kind: str, name: str) -> None:
    assert plan_word(Filing(kind=kind)) == name


def test_paper_whose_file_differs_from_its_hash_is_named() -> None:
    filing = make_filing()
    handler = make_actor(filing.tenant)
    paper = make_paper(filing.tenant, dossier=filing.dossier, published=False)
    paper.path.parent.mkdir(parents=True, exist_ok=True)
    paper.path.write_bytes(b"%PDF-1.7 other")
    with system():
        type(paper).objects.filter(pk=paper.pk).update(file_state="ready", file_hash="0" * 64, file_at=paper.signed_at)
    job = done(browser(handler).post(f"/desk/archive/filing/{filing.pk}/"))
    with system():
        row = job.items.get()
    assert (row.outcome, "与生成时的校验值不符" in row.words) == ("failed", True)
