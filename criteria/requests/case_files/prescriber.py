"""The prescriber of a case in JSON: the specialty, and the specialist who was consulted."""

from collections.abc import Callable, Mapping
from typing import Any

from criteria.rules.json_values import (
    CaseProblemError,
    bool_at,
    known_keys,
    object_at,
    text_at,
)

KEYS = ("specialty", "consultant_specialty", "consulted")
AT = "prescriber"


def prescriber_parts(value: object) -> dict[str, Callable[[], Any]]:
    """How each part is read. ``consulted`` false says that nobody was; left out, nothing."""
    return {
        "specialty": lambda: _text(_stated(value), "specialty"),
        "consultant_specialty": lambda: _text(_stated(value), "consultant_specialty"),
        "was_consulted": lambda: _consulted(_stated(value)),
    }


def _stated(value: object) -> Mapping[str, Any]:
    stated = object_at({} if value is None else value, AT)
    known_keys(stated, KEYS, AT)
    return stated


def _text(stated: Mapping[str, Any], key: str) -> str:
    return "" if stated.get(key) is None else text_at(stated[key], f"{AT}.{key}").strip()


def _consulted(stated: Mapping[str, Any]) -> bool | None:
    if stated.get("consulted") is None:
        return None
    found = bool_at(stated["consulted"], f"{AT}.consulted")
    if not found and stated.get("consultant_specialty"):
        message = "false, but the specialty of a consultant is stated"
        raise CaseProblemError(f"{AT}.consulted", message)
    return found
