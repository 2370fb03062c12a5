"""Forms of the index editor."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from policy import clauses, decimals, figures, index
from policy.figures import Type
from policy.index import Part

DIMENSION = "dimension"
WIDTH = {"class": "govuk-input--width-5"}
METHODS = {"minmax": _("最小—最大值法"), "rank": _("位次法"), "percentile": _("百分位法")}
KINDS = {
    index.TARGET: _("目标型（观测值 ÷ 目标值，0 至 1）"),
    index.DIFFERENCE: _("增速差（本园区 − 整体）"),
    index.FIGURE: _("数据或比值"),
    index.GROWTH: _("增长率"),
    index.RISE: _("占比变化（百分点）"),
    index.REVIEW: _("定性评分"),
}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class HeadForm(forms.Form):
    """Title, first year and what the version rests on."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("名称"), max_length=120)
    valid_from = forms.IntegerField(
        label=_("自哪一年度的评价起适用"),
        min_value=2012,
        max_value=2100,
        widget=forms.NumberInput(attrs=WIDTH),
    )
    basis = forms.CharField(
        label=_("依据"),
        help_text=_("每行一份文件，写明标题和文号（P-II.2.4b）。"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_basis(self) -> list[str]:
        """One paper a line."""
        return _lines(self.cleaned_data["basis"])


class WeightsForm(forms.Form):
    """The weights of all indicators at once."""

    edition = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, tree: tuple[Part, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in index.indicators(tree):
            self.fields[part.code] = forms.DecimalField(
                label=part.label,
                min_value=0,
                max_value=100,
                max_digits=9,
                decimal_places=6,
                widget=forms.NumberInput(attrs={**WIDTH, "step": "any"}),
                initial=part.weight,
            )

    @property
    def told(self) -> dict[str, str]:
        """The weights as plain decimals by code."""
        return {
            name: decimals.render(decimals.parse(format(value, "f")))
            for name, value in self.cleaned_data.items()
            if name != "edition"
        }


class PartForm(forms.Form):
    """One node: a dimension, or an indicator with its clause and what it is counted from."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    label = forms.CharField(label=_("名称"), max_length=60)
    code = forms.RegexField(
        index.CODE.pattern + r"\Z",
        label=_("代码"),
        help_text=_("小写字母、数字和下划线，以字母开头；公开数据中的列名。"),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )
    parent = forms.ChoiceField(label=_("上级"), required=False)
    kind = forms.ChoiceField(label=_("类型"), widget=forms.RadioSelect)
    weight = forms.DecimalField(
        label=_("权重"),
        help_text=_("占 100 的份额；维度的权重由其下指标相加，不用填写。"),
        min_value=0,
        max_value=100,
        max_digits=9,
        decimal_places=6,
        required=False,
        widget=forms.NumberInput(attrs={**WIDTH, "step": "any"}),
    )
    clause = forms.CharField(
        label=_("依据的条款"),
        required=False,
        max_length=40,
        help_text=_("条款编号，例如 P-II.2.2b。目标型和增速差的观测值取自该条款的判定。"),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "list": "clauses"}),
    )
    quote = forms.CharField(
        label=_("引文"),
        required=False,
        max_length=300,
        help_text=_("条款集中没有的条款，请逐字引用政策原文；有的，不用填写。"),
    )
    numerator = forms.CharField(
        label=_("数据"),
        required=False,
        help_text=_("指标代码，每行一个，多个的相加，例如 P.hitech_output。"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    denominator = forms.CharField(
        label=_("分母"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "list": "figures"}),
    )
    direction = forms.TypedChoiceField(
        label=_("方向"), choices=[(1, _("越大越好")), (-1, _("越小越好"))], coerce=int, initial=1
    )
    normalise = forms.ChoiceField(
        label=_("无量纲化方法"),
        choices=list(METHODS.items()),
        required=False,
        help_text=_("目标型按目标值、定性评分按 0 至 100 计分，不用选择。"),
    )
    incremental = forms.BooleanField(
        label=_("增量、增速类"), required=False, help_text=_("计入“以增量考核为主”的比例（P-II.2.4c）。")
    )
    unit = forms.CharField(label=_("计量单位"), required=False, max_length=20, widget=forms.TextInput(attrs={**WIDTH}))
    formula = forms.CharField(label=_("计算公式"), required=False, max_length=200)
    card = forms.CharField(
        label=_("指标卡"),
        required=False,
        max_length=1000,
        help_text=_("每行一项，写作“名称：内容”，例如“指标含义：……”“责任单位：……”“数据时点：……”“更新频率：……”。"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, tree: tuple[Part, ...], part: Part | None = None, **kwargs: Any) -> None:
        if part:
            kwargs["initial"] = {**_as_typed(part), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        own = part.code if part else ""
        parents = [(one.code, one.label) for one in tree if not one.kind and one.code != own]
        self.fields["parent"].choices = [("", gettext("（总指数，没有上级）")), *parents]  # type: ignore[attr-defined]
        kinds = [(DIMENSION, gettext("维度（其下有指标）")), *KINDS.items()]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]

    def clean_card(self) -> dict[str, str]:
        """The lines of the metadata card by their name."""
        card = {}
        for line in _lines(self.cleaned_data["card"]):
            name, sign, text = line.replace(":", "：", 1).partition("：")
            if not (name.strip() and sign and text.strip()):
                raise forms.ValidationError(gettext("“%(line)s”应写作“名称：内容”。") % {"line": line})
            card[name.strip()] = text.strip()
        return card

    def clean(self) -> dict[str, Any]:
        """An indicator needs a weight and a parent."""
        told = super().clean() or {}
        if told.get("kind") and told["kind"] != DIMENSION:
            if told.get("weight") is None and "weight" not in self.errors:
                self.add_error("weight", gettext("请填写指标的权重。"))
            if not told.get("parent"):
                self.add_error("parent", gettext("请选择指标的上级。"))
        return told

    @property
    def part(self) -> Part:
        """The node as typed; fields that its kind does not use are dropped."""
        told = self.cleaned_data
        kind = "" if told["kind"] == DIMENSION else told["kind"]
        common = {"code": told["code"], "label": told["label"].strip(), "parent": told["parent"]}
        if not kind:
            return Part(level=2, weight="0", **common)
        of_figures = kind in index.OF_FIGURES
        return Part(
            level=1,
            weight=decimals.render(decimals.parse(format(told["weight"], "f"))),
            kind=kind,
            clause=told["clause"].strip(),
            quote=told["quote"].strip(),
            numerator=tuple(_lines(told["numerator"])) if of_figures else (),
            denominator=told["denominator"].strip() if kind in (index.FIGURE, index.RISE) else "",
            direction=told["direction"],
            normalise="" if kind in (index.TARGET, index.REVIEW) else told["normalise"] or "minmax",
            incremental=told["incremental"],
            unit=told["unit"].strip(),
            formula=told["formula"].strip(),
            card=told["card"],
            **common,
        )


def _as_typed(part: Part) -> dict[str, Any]:
    own = {name: getattr(part, name) for name in index.FIELDS}
    return {**own, "kind": part.kind or DIMENSION, "numerator": "\n".join(part.numerator), "card": _card_lines(part)}


def _card_lines(part: Part) -> str:
    return "\n".join(f"{name}：{text}" for name, text in part.card.items())


def known_clauses() -> list[tuple[str, str]]:
    """Every clause id with its label, for the list beside the field."""
    return [(clause.id, clause.label) for name in clauses.names() for clause in clauses.load(name).clauses]


def known_figures(ranking: str) -> list[tuple[str, str]]:
    """The figures that a list's index may use, with their names."""
    levels = index.LEVELS[ranking]
    return [
        (figure.code, figure.label)
        for figure in figures.catalogue().values()
        if figure.level in levels and figure.type is not Type.TEXT and figure.index is None
    ]
