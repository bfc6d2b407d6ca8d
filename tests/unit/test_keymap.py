"""Keymaps: what a file may say, and what it is refused for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtui import keymap
from crmtui.actions import ACTIONS
from crmtui.errors import KeymapInvalid
from crmtui.paths import keymaps_dir

if TYPE_CHECKING:
    from pathlib import Path


def _file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_default_keymap_names_every_action() -> None:
    """The shipped default keymap gives each action the keys that the registry gives it."""
    loaded = keymap.load()

    assert loaded.keys == {action.id: action.keys for action in ACTIONS}


def test_the_shipped_file_is_not_stale() -> None:
    """The shipped file is what the registry renders to."""
    shipped = (keymaps_dir() / "default.toml").read_text(encoding="utf-8")

    assert shipped == keymap.render("default")


def test_a_file_changes_the_keys_it_names(tmp_path: Path) -> None:
    """An action named in the file gets those keys, every other one keeps its own."""
    path = _file(tmp_path, '[keys]\n"node.standby" = "f4, T"\n')

    loaded = keymap.read(path)

    assert loaded.name == "mine"
    assert loaded.keys["node.standby"] == ("f4", "T")
    assert loaded.keys["node.online"] == ("o",)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("keys = 3", "[keys] is not a table"),
        ("[keys", "not valid TOML"),
        ('[keys]\n"node.stanby" = "s"', "no action node.stanby (did you mean node.standby?)"),
        ('[keys]\n"node.standby" = "pagup"', "no key is called pagup (did you mean pageup?)"),
        ('[keys]\n"node.standby" = 4', "are not a text"),
        ('[keys]\n"node.standby" = "o"', "o is given to both"),
        ('[keys]\n"node.standby" = "q"', "q is given to both"),
        ('[keys]\n"pane.next" = "q"', "q is given to both"),
    ],
)
def test_a_wrong_file_is_refused_with_its_name(tmp_path: Path, text: str, sentence: str) -> None:
    """What cannot be used is refused in a sentence that names the file and what is wrong."""
    path = _file(tmp_path, text)

    with pytest.raises(KeymapInvalid) as refused:
        keymap.read(path)

    assert sentence in str(refused.value)
    assert str(path) in str(refused.value)


def test_a_missing_keymap_is_named() -> None:
    """A keymap that is not there is refused by its name."""
    with pytest.raises(KeymapInvalid, match=r"nosuch\.toml"):
        keymap.load("nosuch")
