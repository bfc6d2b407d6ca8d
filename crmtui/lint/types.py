"""Types of values, checked as Pacemaker reads them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from crmtui.cib.agents import Parameter

BOOLEANS = frozenset(("true", "on", "yes", "y", "1", "false", "off", "no", "n", "0"))
"""Source: Pacemaker, ``crm_str_to_boolean``; upper and lower case are alike."""
_SCORE = re.compile(r"[+-]?(?:\d+|inf|infinity)", re.IGNORECASE)
_TIME = re.compile(
    r"[+-]?\d+\s*(?:ms|msec|us|usec|s|sec|m|min|h|hr)?|P[\dYMWDTHS.,]+|[+-]?infinity", re.IGNORECASE
)
"""Source: Pacemaker, ``crm_get_msec``, and the durations of ISO 8601."""
_PERCENTAGE = re.compile(r"\d+(?:\.\d+)?%?")


def _is_boolean(value: str) -> bool:
    return value.lower() in BOOLEANS


_TIMES = dict.fromkeys(("time", "timeout", "duration", "second"), "a time such as 30s or 5min")
_WORDS: Mapping[str, str] = {
    "boolean": "true or false",
    "integer": "a whole number",
    "score": "a whole number or INFINITY",
    "percentage": "a percentage such as 80%",
    **_TIMES,
}
_CHECKS: Mapping[str, Callable[[str], object]] = {
    "boolean": _is_boolean,
    "integer": _SCORE.fullmatch,  # many that are declared so take INFINITY too
    "score": _SCORE.fullmatch,
    "percentage": _PERCENTAGE.fullmatch,
    **dict.fromkeys(_TIMES, _TIME.fullmatch),
}


def is_score(value: str) -> bool:
    """Say whether a value is a score: a whole number, or INFINITY in any of its spellings."""
    return _SCORE.fullmatch(value) is not None


def wrong_type(kind: str, value: str) -> str:
    """Return the right kind of value in words; empty if the value is right, or its type is free."""
    check = _CHECKS.get(kind)
    return _WORDS[kind] if check is not None and not check(value) else ""


def wrong_value(parameter: Parameter, value: str) -> str:
    """Return the right kind of value of a parameter in words; empty if the value is right."""
    if value == parameter.default:
        return ""
    if parameter.choices:
        return wrong_choice(parameter.choices, value)
    return wrong_type(parameter.type, value)


def wrong_choice(choices: Sequence[str], value: str) -> str:
    """Return the choices in words if ``value`` is none of them; otherwise nothing.

    Args:
        choices: Values, and ``<type>`` for all values of a type; ``<text>`` accepts anything.
        value: The given value.
    """
    if any(choice.lower() == value.lower() for choice in choices):
        return ""
    types = [choice[1:-1] for choice in choices if choice.startswith("<")]
    if any(kind not in _CHECKS or _CHECKS[kind](value) for kind in types):
        return ""
    words = [choice for choice in choices if not choice.startswith("<")]
    if types:
        return _WORDS[types[0]]
    return f"one of {', '.join(words)}"
