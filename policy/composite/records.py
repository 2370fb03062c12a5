"""What a built index leaves behind: every stage as a file, a log with digests, and the analyses; replayable."""

import json
from fractions import Fraction
from pathlib import Path

import numpy as np

from policy.composite import coherence, hierarchy, pipeline, sensitivity, tables, weights
from policy.composite.errors import CompositeError
from policy.composite.pipeline import Index, Options, digest_of, table_text

DATA = "data.csv"
META = "meta.csv"
LOG = "stages.json"


def write(index: Index, data: bytes, meta: bytes, folder: Path) -> None:
    """Store the input as it was, `1-denominate.csv` … `8-rank.csv`, the log, and the analyses. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files(index, data, meta).items():
        (folder / name).write_bytes(content)


def files(index: Index, data: bytes, meta: bytes) -> dict[str, bytes]:
    """All that is stored of a built index, by file name."""
    kept = {DATA: data, META: meta}
    kept |= {name: text.encode() for name, text in (*_stages(index).items(), *analyses(index).items())}
    kept[LOG] = json.dumps(log(index, data, meta), ensure_ascii=False, indent=2, allow_nan=False).encode() + b"\n"
    return kept


def log(index: Index, data: bytes, meta: bytes) -> dict[str, object]:
    """The record of a run: options, digests of the input, and each stage's source, parameters and result."""
    options = index.options
    return {
        "data": digest_of(data),
        "meta": digest_of(meta),
        "options": {
            "normalise": options.normalise,
            "aggregate": options.aggregate,
            "impute": options.impute,
            "treat": options.treat,
            "available": str(options.available),
            "weights": options.weights,
            "levels": {str(level): method for level, method in options.levels.items()},
        },
        "stages": [
            {"stage": stage.name, "source": stage.source, "parameters": stage.parameters, "result": stage.digest}
            for stage in index.stages
        ],
    }


def replay(folder: Path) -> list[str]:
    """Recompute a stored run from its stored input and options; what differs, in words, or nothing.

    Raises CompositeError when the folder cannot be read as a run.
    """
    try:
        data, meta = (folder / DATA).read_bytes(), (folder / META).read_bytes()
        stored = json.loads((folder / LOG).read_bytes())
        given = dict(stored["options"])
        available = Fraction(given.pop("available"))
        levels = {int(level): method for level, method in given.pop("levels").items()}
        options = Options(**given, available=available, levels=levels)
        kept = {name: (folder / name).read_bytes() for name in _names()}
        results = [stage["result"] for stage in stored["stages"]]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CompositeError(f"{folder}：不是一次完整的计算记录（{error}）") from error
    tree = hierarchy.read(meta, META)
    index = pipeline.build(tables.read(data, DATA, tree.columns), tree, options)
    found = log(index, data, meta)
    differing = [f"{name}：输入文件与记录的摘要不符" for name in ("data", "meta") if stored.get(name) != found[name]]
    for name, stage, result in zip(_names(), index.stages, results, strict=False):
        if stage.digest != result:
            differing.append(f"{name}：重算的结果与记录不符")
        if digest_of(kept[name]) != result:
            differing.append(f"{name}：文件与记录的摘要不符")
    if len(results) != len(index.stages):
        differing.append(f"{LOG}：记录了 {len(results)} 步，应为 {len(index.stages)} 步")
    return differing


def _names() -> tuple[str, ...]:
    return tuple(f"{at}-{name}.csv" for at, name in enumerate(pipeline.STAGES, start=1))


def _stages(index: Index) -> dict[str, str]:
    return dict(zip(_names(), (stage.text for stage in index.stages), strict=True))


def analyses(index: Index) -> dict[str, str]:
    """Tables about a built index, by file name: effective weights, correlations, consistency, leave-one-out."""
    return {
        "effective-weights.csv": effective_weights(index),
        "correlations.csv": correlations(index),
        "consistency.csv": consistency(index),
        "leave-one-out.csv": leave_one_out(index),
    }


def effective_weights(index: Index) -> str:
    """Per code its level, its weight among its siblings and the share of the index that it carries."""
    shares = weights.effective(index.tree, index.weights)
    lines = [(node.code, node.level, index.weights.get(node.code), shares[node.code]) for node in index.tree.nodes]
    return table_text(("code", "level", "weight", "effective"), lines)


def correlations(index: Index) -> str:
    """Pearson and Spearman of each code with its parent and with the index."""
    root = index.scores[index.tree.root.code]
    lines = []
    for node in index.tree.nodes:
        if node is not index.tree.root:
            own, parent = index.scores[node.code], index.scores[node.parent]
            found = [measure(own, other) for other in (parent, root) for measure in _MEASURES]
            lines.append((node.code, node.parent, *found))
    header = ("code", "parent", "pearson", "spearman", "pearson_index", "spearman_index")
    return table_text(header, lines)


_MEASURES = (coherence.pearson, coherence.spearman)


def consistency(index: Index) -> str:
    """Cronbach's alpha of the children of each aggregate, and over all indicators."""
    lines: list[tuple[str, int, float]] = []
    for parent, below in index.tree.children().items():
        scores = np.column_stack([index.scores[child.code] for child in below])
        lines.append((parent, len(below), coherence.cronbach_alpha(scores)))
    lines.append(("*", len(index.tree.indicators), coherence.cronbach_alpha(index.normalised)))
    return table_text(("code", "items", "alpha"), lines)


def leave_one_out(index: Index) -> str:
    """Per part left out the mean absolute change of rank and the rank of every unit."""
    lines = [(left.code, left.shift, *left.ranks) for left in sensitivity.leave_one_out(index)]
    return table_text(("code", "mean_shift", *index.units), lines)


def effects_text(effects: list[sensitivity.Effect]) -> str:
    """The table of first-order and total effects."""
    return table_text(("factor", "first", "total"), [(one.factor, one.first, one.total) for one in effects])
