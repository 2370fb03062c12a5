"""The province's targets: counted from the register, compared from the province's final figures."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from accounts.enums import DivisionLevel, OrganisationKind
from accounts.models import Division
from accounts.scope import system
from indicators.enums import FigureLevel, SubjectKind
from indicators.gathering import PROVINCE
from indicators.models import Figure
from indicators.services import open_return, province_targets
from policy.outcomes import Outcome
from registry.enums import CityTitleKind as Title
from registry.services import keep_title
from tests.factories import make_actor, make_organisation

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
    assert ("C-IV.2h[100]" in judged, "C-IV.2h[300]" in left) == (True, True)
    assert Client().get("/targets/?year=1999").status_code == 404
