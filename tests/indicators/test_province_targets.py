"""The province's targets: counted from the register, compared from the province's final figures."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from accounts.enums import DivisionLevel, OrganisationKind, PostRole
from accounts.models import Division
from accounts.scope import enter, system
from indicators.enums import FigureLevel, SubjectKind
from indicators.gathering import PROVINCE
from indicators.models import Figure
from indicators.services import open_return, province_targets, target_gaps, target_values
from policy.outcomes import Outcome
from registry.enums import CityTitleKind as Title
from registry.services import keep_title
from tests.factories import make_actor, make_organisation
from workflow.machine import Refused

pytestmark = pytest.mark.django_db


def test_counts_follow_the_register_and_comparisons_the_final_figures() -> None:
    with system():
        lead = make_organisation(OrganisationKind.LEAD)
        places = [
            Division.objects.create(code=f"3399{n:02d}", name=f"示例{n}市", level=DivisionLevel.PREFECTURE)
            for n in range(8)
        ]
        for place in places:
            keep_title(place, Title.INNOVATIVE, held=True, since=dt.date(2015, 12, 31), citation="示例", office=lead)
        keep_title(places[0], Title.INNOVATIVE, held=False, since=dt.date(2018, 1, 1), citation="示例", office=lead)
        report = open_return(SubjectKind.PROVINCE, PROVINCE, "全省", 2015, lead)
        assert report is not None
        person = make_actor(lead).person
        Figure.objects.create(
            report=report, tenant=lead, dossier=report.dossier, subject=PROVINCE, year=2015, code="PV.institutes_100",
            value="600", vintage=1, level=FigureLevel.VERIFIED, recorded_by=person,
        )  # fmt: skip
        found = {one.clause: one for one in province_targets.targets_of(2015).findings}
        assert (found["C-III.3c"].outcome, found["C-III.3c"].observed) == (Outcome.MET, "8")
        assert found["C-III.3d"].outcome is Outcome.NOT_MET
        assert found["C-IV.2h[100]"].outcome is Outcome.MET
        later = {one.clause: one for one in province_targets.targets_of(2018).findings}
        assert (later["C-III.3c"].outcome, later["C-III.3c"].observed) == (Outcome.NOT_MET, "7")
    page = Client().get("/targets/?year=2015").content.decode()
    assert "创新型城市建设目标" in page
    assert "C-III.3c" in page
    judged, _rule, left = page.partition("尚无核定的数据")
    assert ("研发人员100人以上的企业研究院" in judged, "研发人员300人以上的企业研究院" in left) == (True, True)
    said = "最近有全省核定数据的年度是 2015 年"
    assert said not in page
    assert said in Client().get("/targets/?year=2018").content.decode()
    assert Client().get("/targets/?year=1999").status_code == 404


def test_plan_values_and_a_later_set_are_recorded_with_their_source_and_judged_beside() -> None:
    with system():
        lead = make_organisation(OrganisationKind.LEAD)
        handler, signer = make_actor(lead), make_actor(lead, PostRole.SIGNER)
        for year, value in ((2010, "200"), (2015, "321")):
            report = open_return(SubjectKind.PROVINCE, PROVINCE, "全省", year, lead)
            assert report is not None
            Figure.objects.create(
                report=report, tenant=lead, dossier=report.dossier, subject=PROVINCE, year=year, code="PV.tech_smes",
                value=value, vintage=1, level=FigureLevel.VERIFIED, recorded_by=handler.person,
            )  # fmt: skip
    client = Client()
    client.force_login(handler.person)
    for aimed, code, value in ((2015, "PV.plan[tech_smes]", "60.5"), (2027, "C-III.3c", "11")):
        told = {"aimed": aimed, "code": code, "value": value, "citation": "示例规划"}
        assert client.post("/targets/values/", told).status_code == 302
    for wrong in ({"aimed": 2015, "code": "C-III.3c"}, {"aimed": 2027, "code": "PV.plan[tech_smes]"}):
        assert client.post("/targets/values/", {**wrong, "value": "1", "citation": "x"}).status_code == 422
    with enter(signer.scope), pytest.raises(Refused):
        target_values.record_value(2027, "C-III.3c", "11", "示例规划", signer)
    with system():
        found = province_targets.targets_of(2015)
        grown = next(one for one in found.findings if one.clause == "C-III.3g[tech_smes]")
        assert (grown.outcome, grown.observed, grown.threshold) == (Outcome.NOT_MET, "60.5", "60.5")
        [later] = found.later[2027]
        assert (later.clause, later.outcome, later.threshold) == ("C-III.3c", Outcome.NOT_MET, "11")
    page = Client().get("/targets/?year=2015").content.decode()
    assert ("目标值依据：示例规划" in page, found.later[2027][0].advice) == (True, "")
    assert ("与 2027 年的目标值比较" in page, "规划目标值 60.5，依据：示例规划" in page) == (True, True)
    with system():
        days = (dt.date(2026, 12, 31), dt.date(2027, 1, 1), dt.date(2027, 3, 31), dt.date(2027, 4, 1))
        assert [target_gaps.remind(day) for day in days] == [0, 1, 0, 1]
    with enter(handler.scope):
        assert target_gaps.waits(handler)
        target_gaps.seen(handler)
        assert not target_gaps.waits(handler)
