"""The kinds of organisations and posts (domain roles R1–R23 = office × post)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    """What an organisation (单位) is in the two programmes."""

    APPLICANT_GOV = "applicant_gov", _("申报市政府")
    COUNTY_GOV = "county_gov", _("县（市、区）政府")
    CITY_ST_BUREAU = "city_st_bureau", _("市科技局")
    PARK_COMMITTEE = "park_committee", _("园区管委会")
    LEAD = "kjt", _("省科技厅")
    DEPARTMENT = "department", _("省级部门")
    OTHER_DEPARTMENT = "other_department", _("其他省级部门")
    EXPERT = "expert", _("评审专家")
    PROV_GOV_OFFICE = "prov_gov_office", _("省政府办公厅")
    THIRD_PARTY = "third_party", _("第三方机构")
    OPERATOR = "operator", _("平台运维")


class PostRole(models.TextChoices):
    """The posts in an office: 经办 drafts, 审核 checks, 签发 signs; 管理员 invites people."""

    HANDLER = "handler", _("经办人")
    REVIEWER = "reviewer", _("审核人")
    SIGNER = "signer", _("签发人")
    ADMIN = "admin", _("单位管理员")
    AUDITOR = "auditor", _("安全审计员")


class GrantLevel(models.TextChoices):
    """How far an organisation sees into another's dossier."""

    COLLEAGUE = "colleague", _("协同填报")
    READ = "read", _("参与审查")
    ACT = "act", _("主办")


class DivisionLevel(models.TextChoices):
    """Level of an administrative division (行政区划)."""

    PROVINCE = "province", _("省")
    PREFECTURE = "prefecture", _("设区市")
    COUNTY = "county", _("县（市、区）")
