"""Breaks the title of a paper into centred lines of similar length without splitting words."""

import re
from functools import cache

# 156 mm hold 20 characters of 22 pt; 19 keep the broken title narrower than the text.
WIDEST = 20
# Words of these papers that a line must not split, the longer before the shorter.
WORDS = re.compile(
    "(?:(?<=创建)|(?<=关于)|(?<=将)|(?<=同意))(?!创建|同意|将|征求|不予|暂缓)[\u4e00-\u9fff]{2,8}?"
    "(?=省级|国家|产业集聚区|高新|创建)|高新技术产业园区|高新技术产业开发区|国家创新型|创新型试点城市|创新型试点[县区]|创新型城市|创新型[县区]|科技强[市县区]|统计监测报告|产业集聚区|经济开发区|科学技术厅|发展和改革委员会|人力资源和社会保障厅"
    "|自然资源厅|生态环境厅|经济和信息化厅|住房和城乡建设厅|人民政府|办公厅|联审联评|联席会议|绩效考核|考核评价|征求意见"
    "|申请材料|受理通知书|补正通知书|决定书|通知书|告知书|实施方案|创建资格|浙江省|省级|创建|列入|名单|园区|同意|关于"
    "|申请|请示|批复|复函|意见|通知|通报|纪要|结果|评价|年度|认定|扩区|推荐|取消|暂缓|不予|报送|审定|情况"
    r"|[\d〔〕]+年?|《[^》]{1,6}》|[A-Za-z0-9.%-]+"
)
NEVER_FIRST = set("的了和与及等、，。；：）》”〕省市县区厅局委")
NEVER_LAST = set("（《“〔第不拟同")


def break_title(title: str) -> list[str]:
    """Lines of the title; a line feed in `title` is kept as the break its author chose."""
    if "\n" in title:
        return [line.strip() for line in title.split("\n") if line.strip()]
    fewest = -(-len(title) // WIDEST)
    if fewest == 1:
        return [title]
    plans = [plan for plan in (_best(title, count) for count in (fewest, fewest + 1)) if plan]
    return list(min(plans, key=lambda plan: plan[0])[1]) if plans else [title]


def parts_of(title: str) -> list[str]:
    """The title in parts between which a screen may break it: words stay whole, and marks where they belong."""
    inside = {i for word in WORDS.finditer(title) for i in range(word.start() + 1, word.end())}
    kept = {at for at in range(1, len(title)) if title[at] in NEVER_FIRST or title[at - 1] in NEVER_LAST}
    ends = [at for at in range(1, len(title)) if at not in inside | kept]
    return [title[start:end] for start, end in zip([0, *ends], [*ends, len(title)], strict=True)]


def _penalty(title: str, at: int, inside: frozenset[int]) -> int:
    """How bad a break before position `at` is; breaks after 关于 or after an issuer are welcome."""
    if title[at] in NEVER_FIRST or title[at - 1] in NEVER_LAST:
        return 400
    if at in inside:
        return 300
    if title[:at].endswith(("人民政府", "办公厅", "科学技术厅")):
        return 0
    return 20 if title[:at].endswith(("关于", "同意", "列入", "创建", "的")) else 45


def _best(title: str, count: int) -> tuple[int, tuple[str, ...]] | None:
    """The cheapest plan with `count` lines: even lines, good breaks, no one-word last line."""
    inside = frozenset(i for word in WORDS.finditer(title) for i in range(word.start() + 1, word.end()))
    ideal = len(title) / count

    @cache
    def plan(start: int, left: int) -> tuple[int, tuple[str, ...]] | None:
        if left == 1:
            rest = title[start:]
            if not 3 <= len(rest) <= WIDEST:
                return None
            return round(3 * (len(rest) - ideal) ** 2), (rest,)
        options = []
        for end in range(start + 3, min(start + WIDEST, len(title) - 2) + 1):
            if (tail := plan(end, left - 1)) is not None:
                cost = round(3 * (end - start - ideal) ** 2) + _penalty(title, end, inside)
                options.append((cost + tail[0], (title[start:end], *tail[1])))
        return min(options) if options else None

    found = plan(0, count)
    # One more line than needed has to pay for itself.
    return found and (found[0] + 60 * count, found[1])
