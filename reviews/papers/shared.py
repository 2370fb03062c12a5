"""What the papers of the joint review share: fields of their forms, the case behind a draft."""

from __future__ import annotations

from django.urls import reverse

from applications.models import Filing
from applications.queries import in_words, latest_version
from notifications.models import Draft
from notifications.rendering import wording
from reviews.enums import Outcome
from reviews.models import Case

PROVINCE = "浙江省人民政府"

CONCLUDED = {
    Outcome.RECOMMEND: "列入创建省级高新技术产业园区名单",
    Outcome.DEFER: "暂缓列入创建省级高新技术产业园区名单",
    Outcome.DECLINE: "不列入创建省级高新技术产业园区名单",
}


def case_of(draft: Draft) -> Case:
    return Case.objects.select_related("filing__tenant", "filing__host_zone", "filing__request_paper", "version").get(
        pk=draft.subject_id
    )


def case_page(draft: Draft) -> str:
    return reverse("reviews:case", args=[draft.subject_id])


def said(filing: Filing) -> wording.Filing:
    version = latest_version(filing)
    assert version is not None, "a filing under review was submitted"
    return in_words(filing, version)
