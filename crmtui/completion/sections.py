"""Grammar of the commands made of sections: bundle and alert.

It is that of crmsh's ``parse_bundle``, ``match_container`` and ``parse_alert``.
"""

from __future__ import annotations

from crmtui.completion.expectation import Expectation, fixed, pairs
from crmtui.completion.list_grammar import attribute_list

_CONTAINERS = ("docker", "podman", "rkt")
_INNER = {"network": "port-mapping", "storage": "storage-mapping"}
_NAMES = {
    **dict.fromkeys(_CONTAINERS, "bundle.docker"),
    "network": "bundle.network",
    "port-mapping": "bundle.port-mapping",
    "storage-mapping": "bundle.storage-mapping",
    "meta": "meta.bundle",
}
_OUTER = ("network", "storage", "primitive", "meta")
_EVENTS = ("nodes", "fencing", "resources", "attributes")


def bundle(given: tuple[str, ...], word: str) -> tuple[Expectation, ...]:
    """Return the expectations behind ``bundle``."""
    if not given:
        return (Expectation("new-id"),)
    outer = [text for text in given[1:] if text in (*_CONTAINERS, *_OUTER)]
    if not outer:
        return (Expectation("container"), *fixed("description="))
    section = outer[-1]
    rest = given[len(given) - given[::-1].index(section) :]
    if section == "primitive" and not rest:
        return (Expectation("free-primitive"),)
    inner = _INNER.get(section, "")
    if inner in rest:
        section = inner
        rest = rest[len(rest) - rest[::-1].index(inner) :]
    used = tuple(text.partition("=")[0] for text in rest)
    names = pairs(_NAMES[section], word, used) if section in _NAMES else ()
    if "=" in word or (not rest and section in (*_CONTAINERS, *_INNER.values())):
        return names
    others = [text for text in _OUTER if text not in outer]
    return names + fixed(*((inner,) if inner else ()), *others)


def alert(given: tuple[str, ...], word: str) -> tuple[Expectation, ...]:
    """Return the expectations behind ``alert``."""
    if len(given) < 2:
        return (Expectation("file"),) if given else (Expectation("new-id"),)
    keyword, words, is_recipient, braces, is_chosen = _alert_section(given[2:])
    if keyword == "to" and not [text for text in words if text != "{"]:
        return (Expectation("text"), *(() if words else fixed("{")))
    if keyword == "select" and "{" in words:
        chosen = words[words.index("{") + 1 :]
        return (
            Expectation("node-attribute-name", used=chosen),
            *fixed(*(("}",) if chosen else ())),
        )
    if keyword == "select" and words[-1:] == ("attributes",) and not is_chosen:
        return fixed("{")
    found: tuple[Expectation, ...] = ()
    if keyword in ("meta", "attributes"):
        section = "meta.alert" if keyword == "meta" else ""
        found, is_whole = attribute_list(
            words, word, lambda used: pairs(section, word, used) if section else (), keyword
        )
        if not is_whole:
            return found
    if "=" in word:
        return found
    if keyword == "select":
        found = fixed(*(event for event in _EVENTS if event not in words))
        return found + (fixed("to") if words else ())
    closing = ("}",) if braces else ()
    others = (*closing, "attributes", "meta")
    if not braces:
        others += ("to",) if is_recipient else ("select", "to")
    return found + fixed(*others)


def _alert_section(given: tuple[str, ...]) -> tuple[str, tuple[str, ...], bool, bool, bool]:
    """Return the cursor's place in an alert.

    That is: the keyword, the words behind it, and three flags: a recipient was named, its brace is
    open, and the selected attributes were named.
    """
    keyword, is_recipient, braces, chosen, is_chosen = "", False, False, False, False
    words: list[str] = []
    for text in given:
        if keyword == "select" and text == "attributes" and not chosen:
            chosen = True
            words.append(text)
        elif keyword == "select" and text == "}":
            words, is_chosen = [word for word in words if word in _EVENTS], True
        elif text == "}":
            keyword, words, braces = "", [], False
        elif text in ("attributes", "meta", "select", "to"):
            keyword, words, chosen, is_chosen = text, [], False, False
            is_recipient = is_recipient or text == "to"
        else:
            braces = braces or (text == "{" and keyword == "to")
            words.append(text)
    return keyword, tuple(words), is_recipient, braces, is_chosen
