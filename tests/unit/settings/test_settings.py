"""Settings: where they come from, which wins, and what is said of what cannot be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from crmtui.cli.program import crmtui
from crmtui.errors import SettingsInvalid
from crmtui.settings import SETTINGS, ClusterLook, Settings, load, settings_file
from crmtui.settings.settings_saving import save
from crmtui.toml import line_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the settings of the test lie."""
    return tmp_path / "settings.toml"


def test_nothing_is_needed(path: Path) -> None:
    """Without a file and without variables the defaults hold, and nothing is complained of."""
    loaded = load(path, {})

    assert loaded.settings == Settings()
    assert loaded.trouble == ()
    assert loaded.sources == {}


def test_the_file_lies_in_the_configuration_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """The user's file is where other programs have theirs, and looking for it makes no folder."""
    monkeypatch.setenv("XDG_CONFIG_HOME", "/nowhere/config")

    assert str(settings_file()) == "/nowhere/config/crmtui/settings.toml"


def test_the_environment_wins_over_the_file(path: Path) -> None:
    """A variable wins over the file, the file over the default, and both are told."""
    path.write_text('keymap = "vi"\ntheme = "light"\nascii = true\n')

    loaded = load(path, {"CRMTUI_KEYMAP": "emacs", "CRMTUI_READ_ONLY": "yes", "CRMTUI_ASCII": "0"})

    assert loaded.settings == Settings(keymap="emacs", theme="light", ascii=False, read_only=True)
    assert loaded.sources == {
        "keymap": "CRMTUI_KEYMAP",
        "theme": str(path),
        "ascii": "CRMTUI_ASCII",
        "read_only": "CRMTUI_READ_ONLY",
    }


def test_an_option_wins_over_both() -> None:
    """A value from the command line wins; an option that is not given changes nothing."""
    settings = Settings(keymap="vi", theme="light")

    assert settings.overridden(keymap="emacs", theme=None).keymap == "emacs"
    assert settings.overridden(keymap="emacs", theme=None).theme == "light"


def test_clusters_have_tables(path: Path) -> None:
    """A cluster's label and colour stand in a table of its own."""
    path.write_text('[cluster.prod]\nlabel = "PRODUCTION"\ncolor = "red"\n[cluster."a.b"]\n')

    assert load(path, {}).settings.clusters == {
        "prod": ClusterLook("PRODUCTION", "red"),
        "a.b": ClusterLook(),
    }


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('# mine\nkeymop = "vi"', "line 2: there is no setting keymop (did you mean keymap?)."),
        ("clustr = 1", "line 1: there is no setting clustr (did you mean cluster?)."),
        ("ascii = 1", "line 1: ascii has to be true or false, not 1."),
        ("\n\nkeymap = true", "line 3: keymap has to be a text, not true."),
        (
            'editing = "vim"',
            'line 1: editing has to be "keymap", "emacs" or "vi", not "vim" (did you mean vi?).',
        ),
        ("cluster = 3", 'line 1: a cluster has a table, [cluster.NAME], with label = "…"'),
        ("[cluster]\nprod = 3", "line 2: a cluster has a table"),
        (
            '[cluster.prod]\nlabel = "x"\ncolour = "red"',
            "line 3: [cluster.prod] has no colour (did you mean color?).",
        ),
        ("[cluster.prod]\nlabel = 3", "line 2: label has to be a text, not 3."),
        ("keymap = ", "is not valid TOML: Invalid value (at end of document). The default"),
        ("keymap = 1\nx y", "(at line 2"),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence(path: Path, text: str, sentence: str) -> None:
    """A setting that cannot be used is told with file, line, key and the nearest known one."""
    path.write_text(text)

    (trouble,) = load(path, {}).trouble

    assert sentence in trouble
    assert trouble.startswith(str(path))
    assert trouble.endswith(".")


def test_what_is_right_beside_it_holds(path: Path) -> None:
    """Of a file with a mistake the rest holds, and the default in the place of the mistake."""
    path.write_text('keymap = "vi"\nascii = "ja"\n[cluster.prod]\nlabel = "P"\ncolor = 1\n')

    loaded = load(path, {})

    assert loaded.settings == Settings(keymap="vi", clusters={"prod": ClusterLook("P")})
    assert len(loaded.trouble) == 2


@pytest.mark.parametrize("content", [b"keymap = \xff", None])
def test_a_file_that_cannot_be_read_is_told(path: Path, content: bytes | None) -> None:
    """Bytes that are no text, and a folder in the place of the file, are told and end nothing."""
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)

    loaded = load(path, {})

    assert loaded.settings == Settings()
    assert str(path) in loaded.trouble[0]


def test_a_wrong_variable_is_named(path: Path) -> None:
    """A variable that cannot be used is told by its name."""
    loaded = load(path, {"CRMTUI_ASCII": "maybe", "CRMTUI_MOTION": "reduce"})

    assert loaded.settings == Settings()
    assert loaded.trouble == (
        'The variable CRMTUI_MOTION: motion has to be "full" or "reduced", not "reduce"'
        " (did you mean reduced?).",
        'The variable CRMTUI_ASCII: ascii has to be true or false, not "maybe".',
    )


def test_each_setting_says_what_it_is_for() -> None:
    """The registry has every setting with a text, and a variable of its own."""
    assert all(setting.text and not setting.text.endswith(".") for setting in SETTINGS)
    assert len({setting.variable for setting in SETTINGS}) == len(SETTINGS)


@pytest.mark.parametrize(
    ("keys", "line"),
    [(("a",), 2), (("b",), 3), (("t",), 8), (("t", "c"), 9), (("t", "d e"), 10), (("u", "x"), 13)],
)
def test_the_line_of_a_key(keys: tuple[str, ...], line: int) -> None:
    """A key is found on the line on which its statement begins, however it is written."""
    text = '# b = 1\na = 1\nb = [\n  1,\n  2,\n]\n# t\n[t]\nc = "[t]"\n"d e" = 1\n\n[u]\nx.y = 1'

    assert line_of(text, *keys) == line


def test_saving_keeps_comments_and_tables(path: Path) -> None:
    """Saved values stand before the tables; comments and everything else stay; the file is private."""
    path.write_text('# mine\nkeymap = "vi"  # really\n\n[cluster.prod]\nlabel = "P"\n')

    save({"keymap": "emacs", "theme": "light"}, path)

    assert path.read_text() == (
        '# mine\nkeymap = "emacs"  # really\ntheme = "light"\n\n[cluster.prod]\nlabel = "P"\n'
    )
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_first_setting_makes_the_folder(tmp_path: Path) -> None:
    """If nothing was set before, file and folder are made, for their owner only."""
    path = save({"ascii": True}, tmp_path / "config" / "settings.toml")

    assert path.read_text() == "ascii = true\n"
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_broken_file_is_not_overwritten(path: Path) -> None:
    """A file that cannot be read is left for its owner to mend."""
    path.write_text("keymap = ")

    with pytest.raises(SettingsInvalid, match="not valid TOML"):
        save({"ascii": True}, path)
    assert path.read_text() == "keymap = "


def test_a_link_stays_one(tmp_path: Path) -> None:
    """A file kept elsewhere, behind a symbolic link, stays there."""
    real, link = tmp_path / "dotfiles.toml", tmp_path / "settings.toml"
    real.write_text("")
    link.symlink_to(real)

    save({"ascii": True}, link)

    assert link.is_symlink()
    assert real.read_text() == "ascii = true\n"


def test_settings_are_shown_and_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings in force are shown with where they come from; a file is checked with status 12."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("CRMTUI_THEME", "light")

    shown = CliRunner().invoke(crmtui, ["settings"])
    assert shown.exit_code == 0
    assert 'theme      = "light"          CRMTUI_THEME' in shown.output
    assert 'keymap     = "default"        default' in shown.output

    (wrong := tmp_path / "wrong.toml").write_text("keymop = 1")
    refused = CliRunner().invoke(crmtui, ["settings", "--check", str(wrong)])
    assert isinstance(refused.exception, SettingsInvalid)

    wrong.write_text('keymap = "emcas"\n[cluster.prod]\ncolor = "redd"\n')
    refused = CliRunner().invoke(crmtui, ["settings", "--check", str(wrong)])
    assert isinstance(refused.exception, SettingsInvalid)
    keymap, color = refused.exception.what.splitlines()
    assert keymap.startswith(f"{wrong}, line 1: there is no keymap emcas (did you mean emacs?)")
    assert color.startswith(f"{wrong}, line 3: there is no colour redd (did you mean red?)")


def test_the_command_line_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An option of the program wins over the variable, that over the file; each is told."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("CRMTUI_KEYMAP", "emacs")
    monkeypatch.setenv("CRMTUI_MOTION", "reduced")
    save({"keymap": "crm_mon", "read_only": True, "ascii": True})

    shown = CliRunner().invoke(crmtui, ["--keymap", "vi", "--no-read-only", "settings"]).output

    rows = {line.split()[0]: line.split()[2:5] for line in shown.splitlines() if " = " in line}
    assert rows["keymap"] == ['"vi"', "command", "line"]
    assert rows["read_only"] == ["false", "command", "line"]
    assert rows["motion"][:2] == ['"reduced"', "CRMTUI_MOTION"]
    assert rows["ascii"][:2] == ["true", "settings.toml"]
