"""The construction summary (建设总结报告): what a city says to each condition of recognition that people judge."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from applications.plan.schema import Field, Kind, Section

SUMMARY = _("一、建设总结")
INNOVATION = _("二、创新与服务体系")
LAND = _("三、土地、准入与环境")

SERVICES = (
    ("design", _("工业设计")),
    ("platform", _("创新平台")),
    ("centre", _("创新中心")),
    ("transfer", _("技术推广转化")),
    ("testing", _("检测机构")),
    ("ip", _("知识产权")),
    ("finance", _("科技创业投融资")),
)

RECOGNITION: tuple[Section, ...] = (
    Section(
        slug="recognition-summary",
        title=_("建设概况"),
        group=SUMMARY,
        clauses=("P-II.3.0a",),
        guide=(
            _("对照批准的创建规划，逐项写明目标、完成情况和没有完成的原因。"),
            _("年度数据由系统自动取自核定锁定的年报，不在这里填写；缺项在“自查”中指出。"),
        ),
        fields=(
            Field("recognition.overview", _("创建以来的建设情况"), Kind.LONGTEXT, clause="P-II.3.0a"),
            Field("recognition.targets", _("创建规划目标的完成情况"), Kind.LONGTEXT, clause="P-II.3.0a"),
            Field("recognition.problems", _("存在的问题和下一步打算"), Kind.LONGTEXT, clause="P-II.3.0a"),
        ),
    ),
    Section(
        slug="recognition-industry",
        title=_("现代产业体系"),
        group=SUMMARY,
        clauses=("P-II.3.1e",),
        guide=(_("写明主导产业的产业链、龙头企业和配套，以及高技术服务业的情况。"),),
        fields=(Field("recognition.industry", _("现代产业体系的形成情况"), Kind.LONGTEXT, clause="P-II.3.1e"),),
    ),
    Section(
        slug="recognition-innovation",
        title=_("创新能力与创新体系"),
        group=INNOVATION,
        clauses=("P-II.3.2a", "P-II.3.3c"),
        guide=(_("研发机构按国家、省、市三级分类列明名称和数量，与载体台账一致。"),),
        fields=(
            Field(
                "recognition.carriers",
                _("研发机构和各类中心、重点实验室"),
                Kind.LONGTEXT,
                clause="P-II.3.2a",
                help=_("企业研发机构、研发中心、技术中心、工程中心、重点实验室等，写明级别和依托单位。"),
            ),
            Field("recognition.system", _("产业技术创新体系"), Kind.LONGTEXT, clause="P-II.3.3c"),
        ),
    ),
    Section(
        slug="recognition-services",
        title=_("创业创新服务体系"),
        group=INNOVATION,
        clauses=("P-II.3.3a",),
        guide=(_("七类服务各写明机构名称、服务内容和成效；没有的写“无”和原因。"),),
        fields=tuple(
            Field(f"recognition.service.{code}", label, Kind.LONGTEXT, clause="P-II.3.3a") for code, label in SERVICES
        ),
    ),
    Section(
        slug="recognition-market",
        title=_("技术市场、创业基地、投融资与知识产权"),
        group=INNOVATION,
        clauses=("P-II.3.3b", "P-II.3.3d", "P-II.3.3e", "P-II.3.3f"),
        guide=(_("写明网上技术分市场近年的合同项数和金额、创业基地面积和入驻企业、专项资金规模。"),),
        fields=(
            Field("recognition.market", _("浙江网上技术分市场和成果交易"), Kind.LONGTEXT, clause="P-II.3.3b"),
            Field("recognition.bases", _("科技创业基地"), Kind.LONGTEXT, clause="P-II.3.3d"),
            Field("recognition.finance", _("创业投资融资体系和政策体系"), Kind.LONGTEXT, clause="P-II.3.3e"),
            Field("recognition.ip", _("知识产权保护"), Kind.LONGTEXT, clause="P-II.3.3f"),
        ),
    ),
    Section(
        slug="recognition-land",
        title=_("倒逼机制、用地与项目评价"),
        group=LAND,
        clauses=("P-II.3.4a", "P-II.3.4b", "P-II.3.4c", "P-II.3.4d"),
        guide=(_("关、停、并、转、迁、治的企业和腾出土地与台账一致；用地指标写明年度、公顷数和文件。"),),
        fields=(
            Field("recognition.pressure", _("主动“倒逼”机制"), Kind.LONGTEXT, clause="P-II.3.4a"),
            Field("recognition.quota", _("新增建设用地指标和耕地占补平衡"), Kind.LONGTEXT, clause="P-II.3.4b"),
            Field("recognition.evaluation", _("投资入驻项目的科技水平评价"), Kind.LONGTEXT, clause="P-II.3.4c"),
        ),
    ),
    Section(
        slug="recognition-environment",
        title=_("规划环评、准入与合规"),
        group=LAND,
        clauses=("P-II.3.5a", "P-II.3.5b", "P-II.3.5c"),
        guide=(_("规划环评须覆盖现行范围；审查意见、准入条件和项目环评批复在“申报材料”上传。"),),
        fields=(
            Field("recognition.eia.number", _("规划环评审查意见文号"), clause="P-II.3.5a"),
            Field("recognition.eia.area", _("规划环评覆盖面积"), Kind.DECIMAL, clause="P-II.3.5a", unit="平方公里"),
            Field("recognition.access", _("产业准入门槛"), Kind.LONGTEXT, clause="P-II.3.5b"),
            Field("recognition.lawful", _("建设项目合法合规情况"), Kind.LONGTEXT, clause="P-II.3.5c"),
        ),
    ),
)
