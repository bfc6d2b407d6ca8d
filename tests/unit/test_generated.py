"""Texts made from the registry of actions: the files have just these."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtui.actions import ACTIONS
from tests import generated

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let reference and keymap be files in a folder of the test's own, with nothing made in them."""
    reference = tmp_path / "reference.md"
    blocks = (
        "<!-- keys: made -->\nold\n<!-- /keys -->\n\n<!-- settings: made -->\n<!-- /settings -->\n"
        "\n<!-- formats: made -->\n<!-- /formats -->\n"
        "\n<!-- exit-status: made -->\n<!-- /exit-status -->\n"
    )
    reference.write_text(f"# It\n\n{blocks}\nEnd.\n", "utf-8")
    monkeypatch.setattr(generated, "ROOT", tmp_path)
    monkeypatch.setattr(generated, "REFERENCE", reference)
    monkeypatch.setattr(generated, "MODULES", tmp_path / "map.md")
    (tmp_path / "guides").mkdir()
    monkeypatch.setattr(generated, "GUIDES", tmp_path / "guides")
    monkeypatch.setattr(generated, "KEYMAP", tmp_path / "default.toml")
    return tmp_path


def test_nothing_shipped_is_stale() -> None:
    """The shipped keymap and the tables of the reference are what the registry makes of them."""
    assert generated.stale() == []


def test_the_table_has_every_action_with_its_keys_as_people_write_them() -> None:
    """Each action has a row where it holds, the command line included, and reads as on a keyboard."""
    rows = generated.key_table().splitlines()[2:]

    assert {row.split(" | ")[-1] for row in rows} == {
        f"{action.words} |" for action in ACTIONS if action.keys
    }
    assert len(rows) == len(set(rows))
    assert [row for row in rows if "| `F4` |" in row and row.startswith("| command line |")]
    assert any("`F1` `?`" in row for row in rows)
    assert any("`Shift-Tab`" in row for row in rows)


def test_writing_makes_it_fresh_and_leaves_the_rest(elsewhere: Path) -> None:
    """After writing nothing is stale, and what stands around the block is as it was."""
    assert generated.main([]) == 0

    text = (elsewhere / "reference.md").read_text("utf-8")
    assert text.startswith("# It\n\n<!-- keys: made -->\n| where | key |")
    assert "|\n<!-- /settings -->\n\n<!-- formats: made -->\n\n`crmtui snapshot" in text
    assert text.endswith("|\n<!-- /exit-status -->\n\nEnd.\n")
    assert generated.stale() == []


def test_checking_writes_nothing_and_names_what_is_stale(
    elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With --check a stale file is named with the way out, and nothing is written."""
    before = (elsewhere / "reference.md").read_text("utf-8")

    assert generated.main(["--check"]) == 1

    assert "reference.md is stale" in (said := capsys.readouterr().err)
    assert "make generated" in said
    assert (elsewhere / "reference.md").read_text("utf-8") == before
    assert not (elsewhere / "default.toml").exists()


@pytest.mark.parametrize("text", ["none", "<!-- keys -->\n", "<!-- keys -->\n<!-- /keys -->\n" * 2])
def test_a_block_has_to_be_there_once(text: str) -> None:
    """Text without the block, with half of it or with two of it is refused."""
    with pytest.raises(ValueError, match="not one"):
        generated.with_block(text, "keys", "new\n")
