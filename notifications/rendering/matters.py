"""What a filing asks for, in the words of its papers: of a park four things, of a city or county three."""

from __future__ import annotations

from dataclasses import dataclass

# Who makes a place a national pilot (CT-56).
MINISTRY = "科学技术部"


@dataclass(frozen=True, slots=True)
class Matter:
    """The phrases of one kind of filing; `{park}` stands for the park's name.

    `noun` names the application, `topic` what is talked about, `short` what is decided of the park, `aim` the same
    with the park, `brief` what a letter refuses or defers, `asks` what the city is said to ask for, `plan` its main
    text, `conditions` what it must meet, `after` what a refused city may do, `report` the matter laid before the
    province, `no` how a proposal is denied, `review` what the departments do, `mended` what is asked of one who is
    deferred (`{day}`: by when).
    """

    noun: str
    topic: str
    short: str
    aim: str
    brief: str
    asks: str
    plan: str
    conditions: str
    after: str
    report: str
    no: str = "不"
    review: str = "联审联评"
    mended: str = "请对照上述意见抓紧整改{day}，整改完成后可以再次申报。"


CREATION = Matter(
    noun="创建",
    topic="创建{park}",
    short="列入创建省级高新技术产业园区名单",
    aim="将{park}列入创建省级高新技术产业园区名单",
    brief="将{park}列入创建名单",
    asks="拟依托{host}创建{park}，面积{area}平方公里",
    plan="创建规划",
    conditions="创建条件",
    after="今后符合创建条件的，可以按规定重新申报。",
    report="{park}列入创建名单",
)
RECOGNITION = Matter(
    noun="认定",
    topic="认定{park}",
    short="认定为省级高新技术产业园区",
    aim="认定{park}为省级高新技术产业园区",
    brief="认定{park}",
    asks="申请认定{park}为省级高新技术产业园区",
    plan="建设总结报告",
    conditions="认定条件",
    after="园区继续按创建要求建设，继续参加年度评价；今后符合认定条件的，可以按规定重新申请认定。",
    report="认定{park}",
)
EXPANSION = Matter(
    noun="扩区",
    topic="{park}扩区",
    short="扩大区域范围",
    aim="{park}扩大区域范围",
    brief="批准{park}扩大区域范围",
    asks="申请扩大{park}区域范围，扩区后面积{area}平方公里",
    plan="扩区规划",
    conditions="扩区条件",
    after="园区范围不变；今后符合扩区条件的，可以按规定重新申请。",
    report="{park}扩区",
    no="不同意",
)
CHANGE = Matter(
    noun="变更",
    topic="{park}变更事项",
    short="变更登记事项",
    aim="{park}变更登记事项",
    brief="批准{park}变更登记事项",
    asks="申请变更{park}的登记事项",
    plan="变更方案",
    conditions="变更条件",
    after="园区登记不变；情况变化后可以重新申请。",
    report="{park}变更",
    no="不同意",
)
CITY = Matter(
    noun="创新型试点",
    topic="{park}申报创新型试点城市（县、区）",
    short="列为创新型试点城市（县、区）",
    aim="将{park}列为创新型试点城市（县、区）",
    brief="将{park}列为创新型试点城市（县、区）",
    asks="申请将{park}列为创新型试点城市（县、区）",
    plan="创建规划",
    conditions="试点条件",
    after="今后符合条件的，可以在下一次申报时重新提出。",
    report="{park}列为创新型试点城市（县、区）",
    review="审核",
)
NATIONAL = Matter(
    noun="国家创新型试点",
    topic="{park}申报国家创新型试点",
    short="推荐申报国家创新型试点",
    aim="推荐{park}申报国家创新型试点",
    brief="推荐{park}申报国家创新型试点",
    asks="申请推荐{park}申报国家创新型试点",
    plan="建设方案",
    conditions="申报条件",
    after="已有的称号不变；今后条件成熟的，可以重新提出。",
    report="推荐{park}申报国家创新型试点",
    review="审核",
)
EXIT = Matter(
    noun="退出",
    topic="{park}退出创新型城市（县、区）建设",
    short="退出创新型城市（县、区）建设",
    aim="{park}退出创新型城市（县、区）建设",
    brief="同意{park}退出创新型城市（县、区）建设",
    asks="申请退出创新型城市（县、区）建设",
    plan="退出说明",
    conditions="退出条件",
    after="称号不变，继续按规定报送数据、接受测评；情况变化后可以重新提出。",
    report="{park}退出创新型城市（县、区）建设",
    review="审核",
    mended="请先办理上述事项{day}，办结后可以再次提出。",
)
