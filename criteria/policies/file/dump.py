"""A policy file in its one canonical spelling: stable order, one code a line, defaults left out."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

import yaml

from criteria.policies.file import schema

HEADER = """\
# One edition of one policy: what it covers, the criteria, the doses, the products and the codes.
# "lines" cite the payer's own document; the wording here is ours. A number question has a unit, a
# criterion names its question, and a key is never renamed: answers are kept under it.
"""
WIDTH = 100
# A list this short stands on one line.
SHORT = 80
# Mappings whose entries are set apart by an empty line.
APART = {"questions", "contradictions", "indications", "products"}
LINES = {
    "lines",
    "exclusion_lines",
    "codes_lines",
    "products_lines",
    "dose_label_lines",
    "one_side_lines",
    "other_side_lines",
}
_TAG = "tag:yaml.org,2002:"


def dump_policy_file(file: schema.PolicyFile) -> str:
    """The policy file as YAML. Reading it back gives an equal file, and the same text again."""
    said = _part(file)
    return "\n".join([HEADER, *(_section(name, said) for name in said)])


def _section(name: str, said: dict[str, Any]) -> str:
    value = said[name]
    if name == "codes":
        return "codes:\n" + "".join(_codes(value))
    if name in APART:
        entries = [_yaml({key: entry}, indent=2) for key, entry in value.items()]
        return f"{name}:\n" + "\n".join(entries) if entries else f"{name}: {{}}\n"
    return _yaml({name: value})


def _codes(systems: dict[str, dict[str, Any]]) -> Iterator[str]:
    for system, codes in systems.items():
        yield f"  {system}:\n"
        for code, part in codes.items():
            yield "    " + _yaml({code: _Flow(part)}, width=10_000)


def _yaml(data: object, indent: int = 0, width: int = WIDTH) -> str:
    text = yaml.dump(
        data,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=width - indent,
        default_flow_style=False,
    )
    margin = " " * indent
    return "".join(f"{margin}{line}" if line.strip() else line for line in text.splitlines(True))


def _part(part: schema.FilePart) -> dict[str, Any]:
    """A part as a mapping without what only repeats a default."""
    return {key: _plain(each, key) for key, each in part if _says_more(part, key, each)}


def _plain(value: object, name: str = "") -> object:
    if isinstance(value, schema.FilePart):
        return _part(value)
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, Enum):
        return value.value
    if name in LINES and isinstance(value, str) and value.isdigit() and str(int(value)) == value:
        return int(value)
    return value


def _says_more(part: schema.FilePart, name: str, value: object) -> bool:
    """Whether a field says more than its default; a dose criterion is known by its default."""
    is_form = isinstance(part, schema.DoseCriterion) and name == "dose"
    return is_form or value != type(part).model_fields[name].default


class _Flow(dict[str, Any]):
    """A mapping written on one line."""


class _Dumper(yaml.SafeDumper):
    """Writes yes and no, exact numbers and indented lists, and never an alias."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent a list inside a mapping, so that its members stand below their key."""
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: object) -> bool:
        """Write every part where it stands."""
        return True


def _number(dumper: _Dumper, value: Decimal) -> yaml.Node:
    text = f"{value.normalize():f}"
    return dumper.represent_scalar(_TAG + ("float" if "." in text else "int"), text)


def _yes_no(dumper: _Dumper, value: bool) -> yaml.Node:
    return dumper.represent_scalar(_TAG + "bool", "yes" if value else "no")


def _list(dumper: _Dumper, value: list[Any]) -> yaml.Node:
    scalars = not any(isinstance(each, list | dict) for each in value)
    short = sum(len(str(each)) + 2 for each in value) <= SHORT
    return dumper.represent_sequence(_TAG + "seq", value, flow_style=scalars and short)


def _text(dumper: _Dumper, value: str) -> yaml.Node:
    style = "|" if "\n" in value else None
    return dumper.represent_scalar(_TAG + "str", value, style=style)


def _flow(dumper: _Dumper, value: _Flow) -> yaml.Node:
    return dumper.represent_mapping(_TAG + "map", value.items(), flow_style=True)


def _day(dumper: _Dumper, value: date) -> yaml.Node:
    return dumper.represent_scalar(_TAG + "timestamp", value.isoformat())


_Dumper.add_representer(Decimal, _number)
_Dumper.add_representer(bool, _yes_no)
_Dumper.add_representer(list, _list)
_Dumper.add_representer(str, _text)
_Dumper.add_representer(_Flow, _flow)
_Dumper.add_representer(date, _day)
