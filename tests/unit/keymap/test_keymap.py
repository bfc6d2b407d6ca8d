"""Keymaps: what a file may say, what it is refused for, and how one is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from textual.keys import KEY_NAME_REPLACEMENTS, _character_to_key
from textual.widgets import Input

from crmtui import keymap
from crmtui.actions import ACTIONS, PANES
from crmtui.cli.program import crmtui
from crmtui.errors import KeymapInvalid
from crmtui.keymap.checks import FIELD_EDITS
from crmtui.keymap.keymap_saving import save
from crmtui.keymap.keys import normal, sign, written, wrong
from crmtui.paths import keymaps_dir, own_keymaps_dir

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _own_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def _file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def _own(name: str, text: str) -> Path:
    own_keymaps_dir().mkdir(parents=True, exist_ok=True)
    path = own_keymaps_dir() / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_default_keymap_names_every_action() -> None:
    """The shipped default keymap gives each action the keys that the registry gives it."""
    shipped = keymap.read(keymaps_dir() / "default.toml")

    assert shipped.keys == {action.id: action.keys for action in ACTIONS}
    assert shipped == keymap.load()


@pytest.mark.parametrize("name", ["default", "vi", "emacs", "crm_mon"])
def test_the_shipped_keymaps_can_be_used(name: str) -> None:
    """Every shipped keymap is whole, says what it is like, and goes by the name of its file."""
    loaded = keymap.load(name)

    assert loaded.words
    assert loaded.keys.keys() == {action.id for action in ACTIONS}
    assert (keymaps_dir() / f"{name}.toml").read_text("utf-8").count(f'name = "{name}"') == 1


def test_vi_edits_as_vi() -> None:
    """The command line is edited as the keymap says, unless the setting says otherwise."""
    vi = keymap.load("vi")

    assert vi.editing_with("keymap") == "vi"
    assert vi.editing_with("emacs") == "emacs"
    assert keymap.load("emacs").editing_with("keymap") == "emacs"
    assert keymap.load().editing_with("vi") == "vi"


def test_no_key_of_crm_mon_changes_the_cluster_in_its_keymap() -> None:
    """A key of crm_mon's does what crm_mon does, in every pane, and nothing else."""
    keys = keymap.load("crm_mon").keys
    crm_mon = {key for action in ACTIONS if action.id.startswith("mon.") for key in keys[action.id]}

    assert crm_mon == set("nrfotALcmRbD")
    panes = [action for action in ACTIONS if action.scope in PANES]
    assert not [a.id for a in panes if a.is_disruptive and crm_mon & set(keys[a.id])]


def test_a_file_changes_the_keys_it_names(tmp_path: Path) -> None:
    """An action named in the file gets those keys, every other one keeps its own."""
    path = _file(tmp_path, '[keys]\n"node.standby" = ["f12", "T"]\n"app.help" = "?"\n')

    loaded = keymap.read(path)

    assert loaded.name == "mine"
    assert loaded.keys["node.standby"] == ("f12", "T")
    assert loaded.keys["app.help"] == ("question_mark",)
    assert loaded.keys["node.online"] == ("o",)


def test_a_key_can_be_unbound(tmp_path: Path) -> None:
    """An empty list takes an action's keys away, and sets them free for others."""
    path = _file(tmp_path, '[keys]\n"node.standby" = []\n"node.online" = ["s"]\n')

    loaded = keymap.read(path)

    assert loaded.keys["node.standby"] == ()
    assert loaded.keys["node.online"] == ("s",)


def test_a_keymap_extends_another(tmp_path: Path) -> None:
    """Keys that a keymap does not name are as in the one that it extends, the user's own included."""
    _own("base", 'extends = "vi"\n[keys]\n"node.fence" = []\n')
    path = _file(tmp_path, 'extends = "base"\n[keys]\n"node.online" = ["O"]\n')

    loaded = keymap.read(path)

    assert loaded.keys["node.fence"] == ()
    assert loaded.keys["resource.manage"] == ("plus",)
    assert loaded.keys["node.online"] == ("O",)
    assert (loaded.editing, loaded.extends) == ("vi", "base")


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("keys = 3", 1, "keys is not a table"),
        ("[keys", 0, "not valid TOML"),
        ("\nkeymap = 1", 2, "a keymap has no keymap"),
        ('nam = "x"', 1, "a keymap has no nam (did you mean name?)"),
        ('name = "other"', 1, "its name is other, but the file is called mine.toml"),
        (
            'extends = "emac"',
            1,
            "there is no keymap emac (did you mean emacs?); there are default, ",
        ),
        ("extends = 1", 1, "extends is not the name of a keymap"),
        ('editing = "vim"', 1, 'editing has to be "emacs" or "vi", not "vim" (did you mean vi?)'),
        ('[keys]\n"node.stanby" = "s"', 2, "no action node.stanby (did you mean node.standby?)"),
        ('[keys]\n"node.standby" = "pagup"', 2, "no key is called pagup (did you mean pageup?)"),
        ('[keys]\n"node.standby" = 4', 2, "its keys are no list"),
        ('[keys]\n"node.standby" = ["s", 4]', 2, "its keys are no list"),
        ('[keys]\n"node.standby" = ["s",\n"ctrl+i"]', 2, "ctrl+i: to a terminal it is tab"),
        ('[keys]\n"node.standby" = "ctrl+7"', 2, "ctrl+7: terminals send no Ctrl with it"),
        (
            '[keys]\n"node.standby" = "cntrl+x"',
            2,
            "there is no modifier cntrl (did you mean ctrl?)",
        ),
        ('[keys]\n"node.standby" = "shift+x"', 2, "it types X, so write that"),
        ('[keys]\n"node.standby" = "o"', 2, "o is given to both node.standby and node.online."),
        ('[keys]\n"node.standby" = "q"', 2, "q is given to both app.quit and node.standby."),
        ('[keys]\n"node.standby" = "j"', 2, "j is given to both list.down and node.standby."),
        ('[keys]\n"pane.next" = "Q"\n"app.quit" = "Q"', 3, "Q is given to both"),
        ('[keys]\n"command.help" = "x"', 2, "command.help: x: x could no longer be typed"),
        ('[keys]\n"command.help" = "left"', 2, "left could no longer be edited with"),
        ('[keys]\n"wizard.review" = "r"', 2, "a field of a form needs that key itself"),
        ('[keys]\n"wizard.review" = "ctrl+w"', 2, "a field of a form needs that key"),
        ('[keys]\n"app.back" = []', 2, "leads into the page of a node, but app.back has no key"),
        ('[keys]\n"wizard.back" = []', 2, "leads into a guided form, but wizard.back has no key"),
        ('[keys]\n"command.leave" = []', 2, "leads into the command line, but command.leave has"),
        ('[keys]\n"app.quit" = []', 2, "nothing would lead out of the program"),
        (
            '[keys]\n"command.focus" = []\n"pane.next" = []\n"pane.previous" = []',
            4,
            "nothing leads to the command line",
        ),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, text: str, line: int, sentence: str) -> None:
    """A wrong file is refused in a sentence with file, line, key and nearest known name."""
    path = _file(tmp_path, text)

    with pytest.raises(KeymapInvalid) as refused:
        keymap.read(path)

    said = next(each for each in str(refused.value).splitlines() if sentence in each)
    assert said.startswith(f"{path}, line {line}: " if line else str(path))


def test_everything_that_is_wrong_is_told(tmp_path: Path) -> None:
    """The whole keymap is checked, not only up to the first mistake."""
    path = _file(tmp_path, '[keys]\n"a.b" = "x"\n"node.fence" = "f99"\n"app.quit" = []\n')

    with pytest.raises(KeymapInvalid) as refused:
        keymap.read(path)

    assert [each.split(": ")[0][-6:] for each in str(refused.value).splitlines()] == [
        "line 2",
        "line 3",
        "line 4",
    ]


def test_keymaps_that_extend_each_other_are_refused() -> None:
    """A circle is told as one, with the names in it."""
    _own("one", 'extends = "two"\n')
    _own("two", '# mine\nextends = "one"\n')

    with pytest.raises(
        KeymapInvalid, match=r"two\.toml, line 2: it extends itself: one extends two"
    ):
        keymap.load("one")


def test_a_missing_keymap_is_named() -> None:
    """A keymap that is not there is refused by its name, with the nearest there is."""
    with pytest.raises(KeymapInvalid, match=r"no keymap emax \(did you mean emacs\?\)"):
        keymap.load("emax")


def test_a_broken_keymap_ends_nothing() -> None:
    """If a keymap cannot be used, the default one is, and one sentence says why."""
    _own("mine", '[keys]\n"node.fence" = "f99"\n"app.quit" = []\n')

    loaded, trouble = keymap.load_or_default("mine")

    assert loaded.keys == keymap.load().keys
    assert len(trouble) == 1
    assert "line 2: node.fence: f99: no key is called f99" in trouble[0]
    assert "(1 more: crmtui keymaps mine) The default keys hold." in trouble[0]


def test_keys_are_called_as_in_textual() -> None:
    """Every sign of a keyboard has Textual's name, and is written as itself."""
    for sign_ in map(chr, range(0x21, 0x7F)):
        name = _character_to_key(sign_)
        assert normal(sign_) == name
        assert sign(name) == sign_
        assert written(name) == sign_
        assert wrong(name) == ""
    assert normal("Ctrl+X") == "ctrl+x"
    assert normal("alt+X") == "alt+shift+x"
    assert normal("ctrl+@") == "ctrl+@"
    assert "slash" in KEY_NAME_REPLACEMENTS.values()


def test_fields_are_known_by_all_their_keys() -> None:
    """Keys that a text field of Textual's takes for itself are known here."""
    taken = {key for each in Input.BINDINGS for key in each.key.split(",")}  # type: ignore[union-attr]

    assert {key for key in taken if "super" not in key and "ctrl+shift" not in key} <= FIELD_EDITS


def test_what_differs_is_saved_as_a_keymap_of_ones_own() -> None:
    """Changed keys of a shipped keymap become a private file that extends it, and a second another."""
    vi = keymap.load("vi")
    changed = {**vi.keys, "node.fence": (), "node.online": ("O", "question_mark")}
    changed["app.help"] = ("f1",)

    path = save(vi, changed)

    assert path == own_keymaps_dir() / "my-vi.toml"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert path.read_text("utf-8") == (
        'name = "my-vi"\nextends = "vi"\n\n[keys]\n'
        '"app.help" = ["f1"]\n"node.online" = ["O", "?"]\n"node.fence" = []\n'
    )
    assert keymap.load("my-vi").keys == changed
    assert save(vi, changed).stem == "my-vi-2"


def test_saving_keeps_comments() -> None:
    """A keymap of the user's is changed in its place: comments and what is not changed stay."""
    path = _own(
        "mine", '# for the night\n[keys]\n# never\n"node.fence" = []  # indeed\n"app.log" = "f7"\n'
    )
    mine = keymap.load("mine")

    save(mine, {**mine.keys, "app.log": ("7",), "node.online": ("O",)})

    assert path.read_text("utf-8") == (
        '# for the night\n[keys]\n# never\n"node.fence" = []  # indeed\n"node.online" = ["O"]\n'
    )


def test_what_does_not_go_together_is_not_saved() -> None:
    """Nothing is written that could not be read again."""
    vi = keymap.load("vi")

    with pytest.raises(KeymapInvalid, match=r"o is given to both"):
        save(vi, {**vi.keys, "node.standby": ("o",)})
    assert not own_keymaps_dir().exists()


def test_keymaps_are_listed() -> None:
    """The shipped and the user's own are listed, the one in use is marked, a broken one is told."""
    _own("mine", 'words = "At night"\n')
    _own("zz", "keys = 1\n")

    done = CliRunner().invoke(crmtui, ["--keymap", "vi", "keymaps"])
    told = done.output.splitlines()

    assert [line.split()[:2] for line in told[2:4]] == [["emacs", "shipped"], ["*", "vi"]]
    assert told[4].split() == ["mine", "yours", "At", "night"]
    assert "zz.toml, line 1: keys is not a table" in told[5]
    assert str(own_keymaps_dir()) in told[-1]


def test_a_keymap_is_shown_and_a_file_checked(tmp_path: Path) -> None:
    """A named keymap is shown whole; a file is checked with status 10 where something is wrong."""
    shown = CliRunner().invoke(crmtui, ["keymaps", "vi"])
    assert shown.exit_code == 0
    assert "edited as in vi" in shown.output
    assert len(shown.output.splitlines()) == len(ACTIONS) + 1

    good = _file(tmp_path, '[keys]\n"node.fence" = []\n')
    checked = CliRunner().invoke(crmtui, ["keymaps", "--check", str(good)])
    assert "nothing is wrong; 1 actions have other keys" in checked.output

    refused = CliRunner().invoke(crmtui, ["keymaps", "--check", str(_file(tmp_path, "keys = 1"))])
    assert isinstance(refused.exception, KeymapInvalid)
    assert refused.exception.exit_status == 10
