"""Look-ups over organisations and people."""

from __future__ import annotations

from django.db import models

from accounts.compiled import Compiled
from accounts.enums import OrganisationKind
from accounts.models import Organisation

SAMPLE = Compiled(lambda: Organisation.objects.filter(sample=True).values_list("pk")[:1])


def sample_is_loaded() -> bool:
    """Whether this portal holds sample data (示例数据), which every page then says."""
    return bool(SAMPLE())


def the_lead() -> Organisation:
    """省科技厅, the lead of both programmes."""
    return Organisation.objects.get(kind=OrganisationKind.LEAD)


def the_government() -> Organisation:
    """省政府办公厅, which routes and decides."""
    return Organisation.objects.get(kind=OrganisationKind.PROV_GOV_OFFICE)


def the_departments() -> models.QuerySet[Organisation]:
    """The nine departments of the joint review (P-II.1.8c), in the order of the text."""
    return Organisation.objects.filter(kind=OrganisationKind.DEPARTMENT, active=True).order_by("order")


def applicants() -> models.QuerySet[Organisation]:
    """The twelve governments that may file (P-II.1.8a)."""
    return Organisation.objects.filter(kind=OrganisationKind.APPLICANT_GOV, active=True).order_by("order")


def other_departments() -> models.QuerySet[Organisation]:
    """The further departments (“等省级有关部门”, P-II.1.8c) that may be invited to a case."""
    return Organisation.objects.filter(kind=OrganisationKind.OTHER_DEPARTMENT, active=True).order_by("order")


def experts() -> models.QuerySet[Organisation]:
    """The experts (评审专家) that may be invited to a case."""
    return Organisation.objects.filter(kind=OrganisationKind.EXPERT, active=True).order_by("order")
