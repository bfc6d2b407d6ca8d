"""Conflicts between the keys of a whole keymap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.actions import ACTIONS, BY_ID, DIALOG_SCOPES, IN_REVIEW, PANES
from crmtui.keymap.keymap_finding import KeymapFinding
from crmtui.keymap.keys import is_typed, written
from crmtui.keymap.reading import BUILT_IN, KeymapDraft

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from crmtui.actions import KeyAction
    from crmtui.keymap.keymap_finding import KeymapPlace

_MOVES = ("left", "right", "home", "end")
_EDITS = frozenset(("enter", "backspace", "delete", "ctrl+left", "ctrl+right", *_MOVES))
LINE_EDITS = _EDITS | {"up", "down"}
"""Keys without which a line cannot be edited."""
FIELD_EDITS = (
    _EDITS
    | {"up", "down", "tab", "shift+tab"}
    | {f"ctrl+{key}" for key in "acdefkuvwx"}
    | {f"shift+{key}" for key in _MOVES}
    | {"alt+backspace", "ctrl+backspace"}
)
"""Keys of a form's field (``textual.widgets.Input``), and keys between fields."""
_OUT = {
    "command.focus": ("command.leave", "the command line"),
    "node.details": ("app.back", "the page of a node"),
    "resource.details": ("app.back", "the page of a resource"),
    "pane.cluster": ("app.back", "the page of the cluster"),
    "list.filter": ("app.back", "the filter"),
    "nodes.new": ("wizard.back", "a guided form"),
    "nodes.edit": ("wizard.back", "a guided form"),
    "resources.new": ("wizard.back", "a guided form"),
    "resources.edit": ("wizard.back", "a guided form"),
}
"""For each action that leads in: the action that leads out, and the name of the place."""
_MOVING = frozenset(
    f"list.{way}" for way in ("up", "down", "page_up", "page_down", "top", "bottom")
)
"""Actions that move in the lists and texts of dialogs; the quit dialog has none of these."""
_CLOSING = ("escape", "enter", "q")
_INTO_LINE = ("command.focus", "pane.next", "pane.previous")


def findings(draft: KeymapDraft) -> list[KeymapFinding]:
    """Return all mistakes of ``draft``: those found while reading it, and its conflicts."""
    return [*draft.findings, *_clashes(draft), *_swallowed(draft), *_no_way_out(draft)]


def hold_together(one: KeyAction, other: KeyAction) -> bool:
    """Say whether both actions' keys hold at the same time, so that they cannot share a key."""
    scopes = {one.scope, other.scope}
    if len(scopes) == 1:
        return True
    if scopes & set(DIALOG_SCOPES):
        inside, outside = (one, other) if one.scope in DIALOG_SCOPES else (other, one)
        return outside.id == "app.back" or (outside.id in _MOVING and inside.scope != "leaving")
    everywhere = {"app", "list"}
    return scopes <= everywhere or bool(scopes & everywhere and scopes & set(PANES))


def clashing(keys: Mapping[str, tuple[str, ...]], action: str, key: str) -> tuple[str, ...]:
    """Return the actions that already have ``key`` where ``action`` wants it."""
    return tuple(
        other.id
        for other in ACTIONS
        if other.id != action and key in keys[other.id] and hold_together(BY_ID[action], other)
    )


def faults(keys: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the mistakes of ``keys`` as a whole, each as a sentence."""
    return [finding.words for finding in findings(KeymapDraft(keys=dict(keys)))]


def swallowed(action: KeyAction, key: str) -> str:
    """Return a clause that names the reserved use of ``key`` in the scope of ``action``, or nothing."""
    if action.scope == "command" and (is_typed(key) or key in LINE_EDITS):
        return f"{written(key)} could no longer be {'typed' if is_typed(key) else 'edited with'}"
    is_in_field = action.scope == "wizard" and action.id not in IN_REVIEW
    if is_in_field and (is_typed(key) or key in FIELD_EDITS):
        return "a field of a form needs that key itself"
    if action.scope in DIALOG_SCOPES and key in _CLOSING:
        return "in a dialog that key chooses or closes"
    return ""


def _place(draft: KeymapDraft, *actions: str) -> KeymapPlace:
    """Return the place of the last of ``actions`` that a file mentions."""
    said = [action for action in actions if action in draft.sources]
    own = [action for action in said if draft.sources[action].path == draft.path]
    told = (own or said)[-1:]
    return draft.sources[told[0]].at("keys", told[0]) if told else BUILT_IN


def _clashes(draft: KeymapDraft) -> Iterator[KeymapFinding]:
    holders: dict[str, list[KeyAction]] = {}
    for action in ACTIONS:
        for key in draft.keys[action.id]:
            for other in holders.setdefault(key, []):
                if hold_together(action, other):
                    words = f"{written(key)} is given to both {other.id} and {action.id}."
                    yield KeymapFinding(_place(draft, other.id, action.id), words)
            holders[key].append(action)


def _swallowed(draft: KeymapDraft) -> Iterator[KeymapFinding]:
    for action in ACTIONS:
        for key in draft.keys[action.id]:
            if clause := swallowed(action, key):
                words = f"{action.id}: {written(key)}: {clause}."
                yield KeymapFinding(_place(draft, action.id), words)


def _no_way_out(draft: KeymapDraft) -> Iterator[KeymapFinding]:
    keys = draft.keys
    told = set()
    for way_in, (way_out, what) in _OUT.items():
        if keys[way_in] and not keys[way_out] and (way_out, what) not in told:
            told.add((way_out, what))
            words = f"{way_in} leads into {what}, but {way_out} has no key to get out of it."
            yield KeymapFinding(_place(draft, way_out), words)
    if not keys["app.quit"]:
        words = "app.quit has no key: nothing would lead out of the program."
        yield KeymapFinding(_place(draft, "app.quit"), words)
    if not any(keys[action] for action in _INTO_LINE):
        words = f"none of {', '.join(_INTO_LINE)} has a key: nothing leads to the command line."
        yield KeymapFinding(_place(draft, *_INTO_LINE), words)
    elif not keys["command.leave"] and not keys["command.focus"]:
        words = "command.leave has no key, and the program begins in the command line."
        yield KeymapFinding(_place(draft, "command.leave"), words)
