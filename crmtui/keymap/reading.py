"""Reading a keymap file, over those that it extends, into the keys of every action."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crmtui import toml
from crmtui.actions import ACTIONS, BY_ID
from crmtui.keymap.keymap_finding import KeymapFinding, KeymapPlace
from crmtui.keymap.keys import normal, wrong

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

_MEMBERS = ("name", "words", "extends", "editing", "keys")
_EDITING = ("emacs", "vi")
BUILT_IN = KeymapPlace(None)


@dataclass(slots=True)
class KeymapDraft:
    """Keymap as the files give it, not checked yet."""

    path: Path | None = None
    name: str = ""
    words: str = ""
    extends: str = ""
    editing: str = "emacs"
    keys: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sources: dict[str, KeymapSource] = field(default_factory=dict)
    """The file that names the keys of an action; actions with the registry's keys are not in it."""
    findings: list[KeymapFinding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class KeymapSource:
    """Keymap file with its text, in which line numbers are looked up only for a mistake."""

    path: Path
    text: str

    def at(self, *keys: str) -> KeymapPlace:
        """Return the place of ``keys`` in the file."""
        return KeymapPlace(self.path, toml.line_of(self.text, *keys))


def read_draft(path: Path, find: Callable[[str], Path], above: tuple[str, ...] = ()) -> KeymapDraft:
    """Read a keymap file over those that it extends.

    Args:
        path: The file.
        find: Returns the file of a keymap by its name; its FileNotFoundError lists the known names
            in a sentence.
        above: The names of the keymaps that extend it.

    Raises:
        FileNotFoundError: There is no such file.
        TomlUnreadable: The file is no TOML.
    """
    text, table = toml.read(path)
    source = KeymapSource(path, text)
    draft = _below(source, table, find, (*above, path.stem))
    draft.path = path
    draft.name = path.stem
    if table.get("name", path.stem) != path.stem:
        words = f"its name is {table['name']}, but the file is called {path.name}."
        draft.findings.append(KeymapFinding(source.at("name"), words))
    draft.words = str(table.get("words", ""))
    _take_editing(draft, source, table)
    draft.findings += [
        KeymapFinding(source.at(key), f"a keymap has no {key}{toml.nearest(key, _MEMBERS)}.")
        for key in table
        if key not in _MEMBERS
    ]
    keys = table.get("keys", {})
    if isinstance(keys, dict):
        for action, value in keys.items():
            _take(draft, source, action, value)
    else:
        words = "keys is not a table, [keys], of action = keys."
        draft.findings.append(KeymapFinding(source.at("keys"), words))
    return draft


def _below(
    source: KeymapSource,
    table: Mapping[str, Any],
    find: Callable[[str], Path],
    above: tuple[str, ...],
) -> KeymapDraft:
    """Return the draft of the extended keymap; the registry's if there is none, or a broken one."""
    registry = KeymapDraft(keys={action.id: action.keys for action in ACTIONS})
    extends = table.get("extends", "")
    if not extends:
        return registry
    place = source.at("extends")
    if not isinstance(extends, str):
        registry.findings.append(KeymapFinding(place, "extends is not the name of a keymap."))
    elif extends in above:
        chain = " extends ".join((*above[above.index(extends) :], extends))
        registry.findings.append(KeymapFinding(place, f"it extends itself: {chain}."))
    else:
        try:
            below = read_draft(find(extends), find, above)
        except FileNotFoundError as error:
            registry.findings.append(KeymapFinding(place, str(error)))
        except toml.TomlUnreadable as error:
            registry.findings.append(KeymapFinding(place, f"it extends {extends}, but {error}"))
        else:
            below.extends = extends
            return below
    return registry


def _take_editing(draft: KeymapDraft, source: KeymapSource, table: Mapping[str, Any]) -> None:
    editing = table.get("editing", draft.editing)
    if editing in _EDITING:
        draft.editing = editing
    else:
        near = toml.nearest(str(editing), _EDITING)
        words = f'editing has to be "emacs" or "vi", not "{editing}"{near}.'
        draft.findings.append(KeymapFinding(source.at("editing"), words))


def _take(draft: KeymapDraft, source: KeymapSource, action: str, value: object) -> None:
    """Add the keys of one action to the draft, or a finding if they are wrong."""
    written = [value] if isinstance(value, str) else value
    words = ""
    if action not in BY_ID:
        words = f"there is no action {action}{toml.nearest(action, BY_ID)}."
    elif not isinstance(written, list) or not all(isinstance(key, str) for key in written):
        words = f'{action}: its keys are no list of texts, such as ["s", "f4"]; [] for no key.'
    else:
        keys = tuple(dict.fromkeys(normal(key) for key in written))
        faults = [(key, wrong(normal(key))) for key in written]
        words = " ".join(f"{action}: {key}: {fault}." for key, fault in faults if fault)
        if not words:
            draft.keys[action] = keys
            draft.sources[action] = source
    if words:
        draft.findings.append(KeymapFinding(source.at("keys", action), words))
