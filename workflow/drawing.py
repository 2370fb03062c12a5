"""Draws the machines as Mermaid state diagrams with a table of their arrows: docs/workflow.md."""

from __future__ import annotations

from workflow.ledger import in_chinese
from workflow.machine import Machine, machines

HEAD = """# Workflow

Drawn from the machines by `script/manage draw_workflow`; a test keeps it current. Every arrow is one row of a
table in `*/transitions.py`: who may draw it, what stands in its way, on which clause it rests.
"""


def draw() -> str:
    """The whole page in Markdown."""
    return "\n".join([HEAD, *(_machine(machine) for _, machine in sorted(machines().items()))])


def _machine(machine: Machine) -> str:
    labels = {value: in_chinese(label) for value, label in machine.status.choices}
    lines = [f"## {machine.name}", "", "```mermaid", "stateDiagram-v2"]
    lines += [f"  {value} : {label}" for value, label in labels.items()]
    lines += [
        f"  {source} --> {arrow.target} : {in_chinese(arrow.label)}"
        for arrow in machine.transitions
        for source in sorted(arrow.sources)
    ]
    lines += ["```", "", "| arrow | act | from | to | who | unless | basis |", "|---|---|---|---|---|---|---|"]
    for arrow in machine.transitions:
        cells = (
            f"`{arrow.name}`",
            in_chinese(arrow.label),
            "、".join(labels[source] for source in sorted(arrow.sources)),
            labels[arrow.target],
            f"`{arrow.who.__name__}`",
            " ".join(f"`{rule.__name__}`" for rule in arrow.unless) or "–",
            arrow.basis or "–",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join([*lines, ""])
