"""What the portal reports about a creation plan (创建规划) so that the clauses can be judged from it.

Each fact is a figure code `plan.…` that stands under the year of the filing. Counts are whole numbers,
booleans are 1 and 0; a fact that is not reported is unknown, which is never taken for zero.
The same judgement also reads `P.area_planned` (unrounded ellipsoidal area of the polygon, km²) and
`P.leading_industries` (number of declared leading industries).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from policy import decimals


@dataclass(frozen=True)
class PlanFact:
    """One fact of a plan: `total` is the full number it is counted against, None where there is none."""

    code: str
    label: str
    source: str
    clause: str
    unit: str = "项"
    boolean: bool = False
    total: int | None = None


PLAN_FACTS: tuple[PlanFact, ...] = (
    PlanFact(
        "plan.conformity_opinions",
        "规划符合性意见",
        "已上传且写明出具单位和文件的意见数：城市总体规划、县（市）域总体规划、土地利用总体规划",
        "P-II.1.2a[opinions]",
        unit="份",
        total=3,
    ),
    PlanFact(
        "plan.parts",
        "四至范围的分块数",
        "已上传边界的多边形块数；没有边界时不报",
        "P-II.1.2a[contiguous]",
        unit="块",
    ),
    PlanFact(
        "plan.parts_explained",
        "多块范围已作说明",
        "分块说明有文字为 1，否则为 0",
        "P-II.1.2a[contiguous]",
        unit="",
        boolean=True,
    ),
    PlanFact(
        "plan.dev_block_confirmed",
        "“十二五”可开发区块确认",
        "可开发区块的确认或签署的承诺已上传为 1，否则为 0",
        "P-II.1.2c",
        unit="",
        boolean=True,
    ),
    PlanFact(
        "plan.boundary_texts",
        "四至文字",
        "东、南、西、北四项中已填写的项数",
        "P-II.1.2d[boundary]",
        total=4,
    ),
    PlanFact(
        "plan.host_zone_free",
        "依托的开发区没有其他在办或创建中的园区",
        "同一依托区没有其他在办申报或尚未认定的创建园区（或已获准再拓展）为 1，否则为 0",
        "P-II.1.2d[one_zone]",
        unit="",
        boolean=True,
    ),
    PlanFact(
        "plan.base_figures",
        "已填报的基础数据",
        "基准年和前两年三类指标中已填写的格数（P.hitech_enterprises、P.sei_va、P.hts_revenue）",
        "P-II.1.3[figures]",
        unit="个",
    ),
    PlanFact(
        "plan.base_figures_required",
        "应填报的基础数据",
        "基准年和前两年三类指标应填写的格数，一般为 9",
        "P-II.1.3[figures]",
        unit="个",
    ),
    PlanFact(
        "plan.industry_plan",
        "重点高端产业发展规划",
        "规划文件已上传并写明批准单位和日期为 1，否则为 0",
        "P-II.1.4a",
        unit="",
        boolean=True,
    ),
    PlanFact(
        "plan.bases",
        "五类基地",
        "位置、面积、投资主体、进度四项齐全的基地类数：创新、创业、人才、服务业、新兴产业",
        "P-II.1.4b",
        unit="类",
        total=5,
    ),
    PlanFact(
        "plan.policy_documents",
        "政策措施文件",
        "已上传并写明发文字号的政策措施文件数",
        "P-II.1.5a",
        unit="份",
    ),
    PlanFact(
        "plan.policy_fields",
        "政策领域",
        "至少有一条举措及出处的领域数：产业、科技、人才、创业与投融资、财政税收、技术参与收益分配、知识产权保护",
        "P-II.1.5b",
        total=7,
    ),
    PlanFact(
        "plan.committee",
        "管理机构批文",
        "管委会的机构编制批文已上传为 1，否则为 0",
        "P-II.1.6a",
        unit="",
        boolean=True,
    ),
    PlanFact(
        "plan.responsibility_system",
        "年度目标责任制考核办法",
        "考核办法已上传，且科技部门、人才部门、管委会都列为考核对象为 1，否则为 0",
        "P-II.1.7",
        unit="",
        boolean=True,
    ),
    PlanFact(
        "plan.argumentation_report",
        "论证报告",
        "论证报告已上传，且有专家名单、论证意见和日期为 1，否则为 0",
        "P-II.1.8a",
        unit="",
        boolean=True,
    ),
    PlanFact(
        "plan.materials",
        "申报材料",
        "申报材料清单十三项中已齐备的项数",
        "P-II.1.8b",
        total=13,
    ),
    PlanFact(
        "plan.industry_justifications",
        "主导产业论证",
        "产业基础、市场需求、创新能力、人才储备四个因素都已论证的主导产业个数",
        "P-IV.2d",
        unit="个",
    ),
    PlanFact(
        "plan.leaders",
        "负责人",
        "姓名和职务都已填写的负责人数：主要负责人、分管负责人",
        "P-IV.4d",
        unit="人",
        total=2,
    ),
)


def figures(year: int, values: Mapping[str, Fraction | int | str | None]) -> dict[str, dict[str, str | None]]:
    """Turn `{code: value}` of one year into the `figures` of a facts object.

    Accepts whole numbers, booleans, fractions that are finite decimals, decimal strings and None (unknown).
    """
    return {code: {str(year): _text(value)} for code, value in values.items()}


def _text(value: Fraction | int | str | None) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return decimals.render(Fraction(value))
