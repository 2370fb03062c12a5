"""Reading the policy's YAML data so that every fault names its file, entry and field."""

from collections.abc import Collection, Hashable
from datetime import date
from pathlib import Path
from typing import Any

import yaml


class DataError(ValueError):
    """A data file of the policy is unusable; the text names file, entry and field."""


class _UniqueKeys(yaml.SafeLoader):
    """A safe loader that refuses a key given twice, where PyYAML silently keeps the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, Hashable) or key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"重复的字段 {key!r}", key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep)


class Entry:
    """One mapping of a data file; each reader takes a field and checks its type."""

    def __init__(self, where: str, fields: object) -> None:
        self.where = where
        if not isinstance(fields, dict):
            raise DataError(f"{where}：应为字段的映射")
        self._fields: dict[object, object] = fields

    def fault(self, field: str, what: str) -> DataError:
        return DataError(f"{self.where}：字段 {field}：{what}")

    def only(self, *known: str) -> None:
        """Refuse fields that nobody reads: they are misspelt."""
        for field in self._fields:
            if field not in known:
                raise self.fault(str(field), "没有这个字段")

    def has(self, field: str) -> bool:
        return self._fields.get(field) is not None

    def value(self, field: str) -> object:
        if field not in self._fields:
            raise self.fault(field, "缺失")
        return self._fields[field]

    def text(self, field: str, *, empty: bool = False) -> str:
        value = self.value(field)
        if not isinstance(value, str):
            raise self.fault(field, f"应为文字（加引号），不是 {value!r}")
        if not empty and not value.strip():
            raise self.fault(field, "不能为空")
        return value

    def choice(self, field: str, choices: Collection[str]) -> str:
        text = self.text(field)
        if text not in choices:
            raise self.fault(field, f"不能取 {text!r}，只能取 {'、'.join(choices)}")
        return text

    def flag(self, field: str) -> bool:
        """A switch that may be left out; absent means no."""
        value = self._fields.get(field, False)
        if not isinstance(value, bool):
            raise self.fault(field, f"应为 true 或 false，不是 {value!r}")
        return value

    def day(self, field: str) -> date:
        value = self.value(field)
        if type(value) is not date:
            raise self.fault(field, f"应为日期（年-月-日），不是 {value!r}")
        return value

    def items(self, field: str) -> list[object]:
        value = self.value(field)
        if not isinstance(value, list) or not value:
            raise self.fault(field, "应为非空列表")
        return value

    def texts(self, field: str) -> tuple[str, ...]:
        values = self.items(field)
        texts = tuple(value for value in values if isinstance(value, str) and value.strip())
        if len(texts) != len(values):
            raise self.fault(field, "列表中只能是文字")
        return texts


def load(content: bytes, name: str) -> object:
    """Parse the bytes of a data file; `name` stands in every fault. Raises DataError."""
    try:
        return yaml.load(content, Loader=_UniqueKeys)  # noqa: S506 - a subclass of SafeLoader
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DataError(f"{name}：不是有效的 YAML：{error}") from error


def read(path: Path) -> bytes:
    """Read a data file. Raises DataError when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(f"{path.name}：无法读取：{error.strerror}") from error
