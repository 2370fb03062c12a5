"""A return is filled in: rules while typing and on saving, explanations, the city's word, units, tables, evidence."""

from __future__ import annotations

import datetime as dt
import io
import json
from fractions import Fraction
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from accounts.enums import DivisionLevel, GrantLevel, OrganisationKind, PostRole
from accounts.granting import open_dossier
from accounts.scope import enter, system
from indicators import checking, queries, services, units
from indicators.enums import FigureLevel, ReturnStatus, SubjectKind
from indicators.models import Confirmation, Entry, Figure, Ledger, LedgerCount, Return
from notifications.enums import LegalEffect
from policy import figures
from policy.validation import TYPING
from registry.models import ParkBoundary
from tests.architecture.visits import PDF
from tests.factories import make_actor, make_division, make_government, make_organisation, make_paper, make_park
from tests.indicators.returns import YEAR, Year, begin
from workflow import ledger, todo
from workflow.machine import Refused
from workflow.models import Event

pytestmark = pytest.mark.django_db
GDP, OUTPUT, TAX = "P.gdp", "P.hitech_output", "P.tax_total"


@pytest.fixture
def year() -> Year:
    """An opened return, of which last year's figures hold: 100 each."""
    made = begin()
    with system():
        held(made, "test-park", dict.fromkeys([*queries.needed(made.report), TAX], "100"))
    return made


def held(year: Year, subject: str, values: dict[str, str]) -> None:
    """Figures of last year that hold."""
    city, committee = year.offices["city"], year.offices["committee"]
    reporter = committee if subject == year.report.subject else None
    last = services.open_return(SubjectKind.PARK, subject, subject, YEAR - 1, city, reporter, ask_for=False)
    assert last is not None
    for code, value in values.items():
        Figure.follow(last, code, None, level=FigureLevel.IMPORTED, value=value).save()


def browser(year: Year, office: str = "committee", role: str = PostRole.HANDLER) -> Client:
    """The browser of a post."""
    client = Client()
    client.force_login(year.actor(office, role).person)
    return client


def address(year: Year, more: str = "") -> str:
    """The return's page."""
    return f"/figures/{year.report.pk}/{more}"


def autosave(client: Client, path: str, versions: dict[str, int], **cells: str) -> Any:
    """What a page's script sends; the page's own seal with it."""
    page = client.get(path)
    data = {"seal": page.context["seal"], "versions": json.dumps(versions), **cells}
    return client.post(path, data, headers={"X-Autosave": "1"})


def entry(year: Year, code: str) -> Entry:
    """What is written."""
    with system():
        return Entry.objects.get(report=year.report, code=code)


def ledger_counts(year: Year, **counts: str) -> None:
    """What the park's ledger counts of the return's year."""
    report, city = year.report, year.offices["city"]
    ledger = Ledger.objects.create(tenant=city, park=report.subject, name=report.name)
    open_dossier(ledger.dossier, city.pk, year.offices["committee"], GrantLevel.COLLEAGUE, city)
    own: dict[str, Any] = {"ledger": ledger, "tenant_id": ledger.tenant_id, "dossier": ledger.dossier}
    own |= {"subject": ledger.park, "year": report.year}
    LedgerCount.objects.bulk_create(LedgerCount(**own, code=code, value=n) for code, n in counts.items())


def refused(year: Year, code: str, text: str, **more: Any) -> str:
    """Why a figure is not taken."""
    with pytest.raises(Refused) as error:
        year.write(code, text, **more)
    return str(error.value)


@pytest.mark.parametrize("text", ["100000", "2000000", "0.1", "0.005"])
def test_slip_of_the_unit_is_refused_in_both_directions(year: Year, text: str) -> None:
    assert "（V2）。例如" in refused(year, GDP, text)


def test_part_and_whole_are_judged_as_they_were_typed_together(year: Year) -> None:
    year.write("P.hitech_va", "110")
    assert "P.hitech_va" in refused(year, OUTPUT, "105")
    typed = {f"{OUTPUT}-value": "105", "P.hitech_va-value": "104", "P.hitech_va-version": "1"}
    response = browser(year).post(address(year), typed)
    assert response.status_code == 302
    assert (entry(year, OUTPUT).value, entry(year, "P.hitech_va").value) == ("105", "104")


def test_zones_figure_bounds_that_of_its_park(year: Year) -> None:
    with system():
        basis = checking.basis_of(year.report)
    basis.beside = [{"Z.gdp": Fraction(90), "Z.area": Fraction(-1)}]
    found = basis.flaws({GDP: Fraction(95)})
    assert [(flaw.rule, flaw.code) for flaw in found if flaw.is_refusal] == [("V4", GDP)]


def test_warning_asks_why_keeps_it_and_holds_the_return_up_until_then(year: Year) -> None:
    year.fill()
    year.write(GDP, "160")
    with pytest.raises(Refused, match=r"变化 60\.00%（V3）"):
        year.act("hand_up", "committee")
    year.write(GDP, "160", explanation="两家企业投产")
    year.act("hand_up", "committee")
    assert (year.report.status, entry(year, GDP).explanation) == (ReturnStatus.COUNTY, "两家企业投产")


def test_leap_waits_for_the_citys_word_on_that_very_value(year: Year) -> None:
    year.fill()
    year.write(GDP, "500", explanation="整体搬迁")
    with pytest.raises(Refused, match="须由市科技局核实"):
        year.act("hand_up", "committee")
    with pytest.raises(Refused, match="核实"):
        year.act("confirm", "committee", PostRole.HANDLER, GDP, "无误")
    with pytest.raises(Refused, match="不需要核实"):
        year.act("confirm", "city", PostRole.HANDLER, OUTPUT, "无误")
    year.act("confirm", "city", PostRole.HANDLER, GDP, "已查阅企业报表")
    year.write(GDP, "510")
    with pytest.raises(Refused, match="须由市科技局核实"):
        year.act("hand_up", "committee")
    year.act("confirm", "city", PostRole.HANDLER, GDP, "再次查阅")
    year.act("hand_up", "committee")
    with system():
        assert list(Confirmation.objects.values_list("value", flat=True)) == ["500", "510"]
        assert Event.objects.filter(dossier=year.report.dossier, name="confirm_figure").count() == 2


def test_bureau_confirms_where_there_is_one(year: Year) -> None:
    with system():
        bureau = make_organisation(OrganisationKind.CITY_ST_BUREAU)
        bureau.parent = year.offices["city"]
        bureau.save()
        # The bureau on both years, the county on last year's, which was opened without it.
        assert [services.open_to_helpers(), services.open_to_helpers()] == [3, 0]
        actor = make_actor(bureau, PostRole.HANDLER)
    year.write(GDP, "500")
    with pytest.raises(Refused, match=bureau.name):
        year.act("confirm", "city", PostRole.HANDLER, GDP, "无误")
    with enter(actor.scope):
        assert [task.kind for task in todo.waiting_for(actor)] == ["confirm_figure"]
        client = Client()
        client.force_login(actor.person)
    page = client.get(address(year)).content.decode()
    assert "待核实的数据" in page
    assert client.post(address(year, "confirm/"), {"code": GDP, "reason": " "}).status_code == 422
    assert client.post(address(year, "confirm/"), {"code": GDP, "reason": "已查阅"}).status_code == 302
    with system():
        assert Confirmation.objects.get().organisation == bureau
    with enter(actor.scope):
        assert not todo.waiting_for(actor).exists()


def test_zero_after_something_asks_why_and_unknown_is_no_zero(year: Year) -> None:
    assert "不能同时选“未知”" in refused(year, GDP, "100", unknown=True)
    year.fill()
    year.write(OUTPUT, "未知", note="尚未核算")
    year.write("P.ent_rd_institutions", "0")
    with pytest.raises(Refused, match="（V10）"):
        year.act("hand_up", "committee")
    year.write("P.ent_rd_institutions", "0", explanation="全部迁出")
    year.act("hand_up", "committee")
    assert (entry(year, OUTPUT).value, entry(year, OUTPUT).unknown) == (None, True)


def test_cell_saves_itself_and_tells_what_follows(year: Year) -> None:
    client = browser(year)
    said = autosave(client, address(year), {f"{GDP}-value": 0}, **{f"{GDP}-value": "160"}).json()
    assert said["fields"] == {f"{GDP}-value": {"version": 1, "error": ""}}
    assert said["versions"][f"{GDP}-note"] == 1
    assert (said["changes"], list(said["flaws"])) == ({GDP: "+60.00%"}, [GDP])
    assert said["problems"][0]["href"] == f"#{GDP}-value"
    wrong = autosave(client, address(year), {f"{GDP}-value": 1}, **{f"{GDP}-value": "160000"}).json()
    assert (wrong["fields"][f"{GDP}-value"]["unkept"], entry(year, GDP).value) == (True, "160")


def test_what_differs_from_the_ledger_is_explained_and_parts_make_their_total(year: Year) -> None:
    year.fill()
    with system():
        ledger_counts(year, **{"P.new_projects": "98", "P.new_hitech_projects": "100"})
    client, projects = browser(year), "P.new_projects"
    said = autosave(client, address(year), {f"{projects}-value": 1}, **{f"{projects}-value": "120"}).json()
    assert list(said["flaws"]) == [projects]
    assert f"{figures.name(projects)} 120 项 与台账合计 98 项 不一致（V5）" in said["flaws"][projects][0]
    with pytest.raises(Refused, match="V5"):
        year.act("hand_up", "committee")
    year.write(projects, "120", explanation="两个项目由市级统一备案")
    whole, parts = "P.ent_rd_institutions", figures.totals()["P.ent_rd_institutions"]
    for part in parts[1:]:
        year.write(part, "30")
    assert "100 家 不等于各项之和 101 家（V5）" in refused(year, parts[0], "11", names=TYPING)
    typed = {f"{whole}-value": "101", f"{whole}-version": "1", f"{parts[0]}-value": "11"}
    assert client.post(address(year), typed).status_code == 302
    year.act("hand_up", "committee")
    assert (year.report.status, entry(year, whole).value) == (ReturnStatus.COUNTY, "101")


def test_two_who_type_into_one_cell_see_both_values(year: Year) -> None:
    first, second = browser(year), browser(year, "city")
    autosave(first, address(year), {f"{GDP}-value": 0}, **{f"{GDP}-value": "110"})
    met = autosave(second, address(year), {f"{GDP}-value": 0}, **{f"{GDP}-value": "120"})
    conflict = met.json()["conflicts"][f"{GDP}-value"]
    assert (met.status_code, conflict["version"], conflict["values"]) == (409, 1, ["110"])
    assert autosave(second, address(year), {f"{GDP}-value": 1}, **{f"{GDP}-value": "120"}).status_code == 200
    assert (entry(year, GDP).value, entry(year, GDP).version) == ("120", 2)


def test_amounts_are_shown_and_typed_in_either_unit_and_stored_exactly(year: Year) -> None:
    scale = units.scale_of("亿元", "wan")
    assert (scale.unit, scale.shown("0.00012"), scale.stored("1,234,567.89")) == ("万元", "1.2", "123.456789")
    assert units.scale_of("家", "wan").shown("7") == "7"
    client = browser(year)
    client.post(address(year, "?unit=wan"), {f"{GDP}-value": "1,100,000.5", f"{TAX}-value": "90"})
    assert (entry(year, GDP).value, entry(year, TAX).value) == ("110.00005", "90")
    page = client.get(address(year, "?unit=yi")).content.decode()
    assert f'name="{TAX}-value" value="0.009"' in page


def test_median_is_of_three_others_or_none(year: Year) -> None:
    with system():
        for number, value in enumerate(("10", "30"), start=1):
            held(year, f"other-{number}", {GDP: value})
        assert queries.medians("park", "test-park", YEAR - 1) == {}
        held(year, "other-3", {GDP: "20.5", OUTPUT: "7"})
    committee = year.actor("committee")
    with enter(committee.scope):
        assert queries.medians("park", "test-park", YEAR - 1) == {GDP: Fraction("20.5")}
        assert not Figure.objects.filter(subject__startswith="other").exists()
        assert queries.medians("park", "other-1", YEAR - 1) == {GDP: Fraction(30)}
    assert (
        '<td class="cy-num" data-label="其他园区中位数">20.50</td>' in browser(year).get(address(year)).content.decode()
    )


def test_template_comes_back_as_it_was_and_a_filled_one_is_shown_before_it_is_written(year: Year) -> None:
    year.write(GDP, "110.5", note="=现价")
    client = browser(year)
    for kind in ("csv", "xlsx"):
        made = client.get(address(year, f"template.{kind}")).content
        found = client.post(address(year, "sheet/"), {"file": SimpleUploadedFile(f"报表.{kind}", made)}).context[
            "found"
        ]
        assert (found.changes, found.problems) == ([], [])
    book = load_workbook(io.BytesIO(made))
    assert book.sheetnames == ["数据", "填写说明", "指标说明"]
    sheet = book["数据"]
    at = {row[2].value: row for row in sheet.iter_rows(min_row=2)}
    at[GDP][4].value, at[OUTPUT][4].value = 120, "未知"
    out = io.BytesIO()
    book.save(out)
    shown = client.post(address(year, "sheet/"), {"file": SimpleUploadedFile("报表.xlsx", out.getvalue())})
    changes = [(one.code, one.before, one.after) for one in shown.context["found"].changes]
    assert changes == [(GDP, "110.5", "120"), (OUTPUT, "—", "未知")]
    assert entry(year, GDP).value == "110.5"
    assert client.post(address(year, "sheet/"), {"kept": shown.context["kept"], "apply": "1"}).status_code == 302
    assert (entry(year, GDP).value, entry(year, GDP).note, entry(year, OUTPUT).unknown) == ("120", "=现价", True)
    late = client.post(address(year, "sheet/"), {"kept": shown.context["kept"], "apply": "1"})
    assert late.status_code == 302


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{GDP}\t1.5\n{OUTPUT}\t很多", "粘贴!B2：高新技术产业产值应填写数字，不是“很多”。例如 1234.56"),
        (f"{GDP}\t1000000", "粘贴!B1：生产总值（园区增加值）（P.gdp） 1000000 亿元 与上年 100 亿元"),
        ("不存在\t1", "粘贴!A1：“不存在”不是这份报表的指标"),
        (f"{GDP}\t101\n生产总值（园区增加值）\t102", "重复（V11）"),
    ],
)
def test_pasted_block_is_refused_with_the_place_and_the_rule(year: Year, text: str, said: str) -> None:
    response = browser(year).post(address(year, "sheet/"), {"text": text})
    assert (response.status_code, said in response.content.decode()) == (422, True)
    with system():
        assert not Entry.objects.exists()


def test_table_is_told_all_that_is_wrong_with_it_at_once(year: Year) -> None:
    lines = [f"{GDP},-1,亿元", f"{TAX},很多,万元", f"{OUTPUT},20000,万元"]
    text = "\n".join(["subject,year,code,value,unit", *(f"test-park,{YEAR},{line}" for line in lines)])
    response = browser(year).post(address(year, "sheet/"), {"file": SimpleUploadedFile("表.csv", text.encode())})
    said = response.content.decode()
    for words in ("表.csv!E4：单位“万元”不对", "例如 2 亿元", "表.csv!D2：", "（V1）", "表.csv!D3：", "“很多”"):
        assert words in said, words


def test_column_of_values_is_pasted_from_a_figure_on(year: Year) -> None:
    client = browser(year)
    shown = client.post(address(year, "sheet/"), {"text": "110\r\n\r\n104", "first": GDP})
    codes = [change.code for change in shown.context["found"].changes]
    assert codes == [GDP, "P.tit_revenue"]
    year.write(GDP, "111")
    late = client.post(address(year, "sheet/"), {"kept": shown.context["kept"], "apply": "1"})
    assert (late.status_code, "刚刚把这一项改为“111”" in late.content.decode()) == (422, True)


def test_evidence_stands_beside_a_figure_and_opens_with_the_return(year: Year) -> None:
    year.fill()
    client, path = browser(year), address(year, f"evidence/{GDP}/")
    assert client.post(path, {"file": SimpleUploadedFile("年报.pdf", PDF, "application/pdf")}).status_code == 302
    assert "年报.pdf" in client.get(address(year)).content.decode()
    file = f"/files/{entry(year, GDP).evidence_id}/"
    stat = browser(year, "stat")
    assert stat.get(file).status_code == 404
    year.hand_in()
    assert file in stat.get(address(year)).content.decode()
    opened = stat.get(file)
    assert (opened.status_code, browser(year, "neighbour").get(file).status_code) == (200, 404)
    assert b"".join(opened.streaming_content) == PDF
    assert client.post(path, {"remove": "1"}).status_code == 404


def test_two_boundaries_are_not_compared_until_last_year_is_restated() -> None:
    listed = make_paper(make_government(), confers=LegalEffect.CREATING, issued_on=dt.date(YEAR - 5, 1, 31))
    park = make_park(paper=listed)
    year = begin(subject=park.slug)
    with system():
        ParkBoundary.objects.create(park=park, geojson={}, area_km2="10", valid_from=dt.date(YEAR, 6, 30))
        held(year, park.slug, {GDP: "100"})
    assert "两年不可比（V8）" in refused(year, GDP, "105")
    year.write(GDP, "105", names=TYPING)
    with system():
        before = Figure.objects.get(subject=park.slug, code=GDP)
        Figure.follow(before.report, GDP, before, level=FigureLevel.RESTATED, value="101", reason="按新范围").save()
    year.write(GDP, "106")
    assert entry(year, GDP).value == "106"


def test_median_of_a_county_is_of_counties_alone() -> None:
    with system():
        levels = {DivisionLevel.COUNTY: ("10", "20", "30", "40"), DivisionLevel.PREFECTURE: ("1000", "2000", "3000")}
        own = ""
        for level, values in levels.items():
            for value in values:
                place = make_division(level=level)
                own = own or place.code
                of = {"kind": SubjectKind.CITY, "subject": place.code, "name": place.name, "year": YEAR}
                report = Return.objects.create(tenant=make_organisation(), **of)
                ledger.open_chain(report.dossier, report.tenant)
                figure = Figure.follow(report, "C.gdp", None, level=FigureLevel.IMPORTED, value=value)
                figure.save(force_insert=True)
        assert queries.medians("city", own, YEAR) == {"C.gdp": Fraction(30)}
