"""The first step of completion: what kind of thing is expected, from text alone."""

from __future__ import annotations

import re
import shutil
import subprocess
from importlib import resources
from pathlib import Path

import pytest

from crmtui.completion import Expectation, expected
from crmtui.completion.candidates import SOURCES
from crmtui.completion.expectation import fixed
from crmtui.completion.grammar import GRAMMARS
from crmtui.crmsh import command_table
from crmtui.crmsh.words import Word, completed, words_of

CONFIGURE = ("configure",)
SILENT = {"new-id", "text", "value", "number", "shell-command", "program", "pattern", "colours"} | {
    "json",
    "element",
    "address",
    "port",
}
PRIMITIVE = tuple(Expectation("word", name=w) for w in command_table.body("primitive"))


@pytest.mark.parametrize(
    ("line", "words", "word"),
    [
        ("", (), Word("", 0)),
        ("node st", ("node",), Word("st", 5)),
        ("a  b ", ("a", "b"), Word("", 5)),
        ('x "a b" c', ("x", "a b"), Word("c", 8)),
        ('x "a b', ("x",), Word("a b", 2, '"')),
        ("x p='a b", ("x",), Word("p=a b", 2, "'")),
        (r"x a\ b", ("x",), Word("a b", 2)),
        (r'x "a\"b', ("x",), Word('a"b', 2, '"')),
        (r'x "a\b" ', ("x", r"a\b"), Word("", 8)),
        ("a \\\n b", ("a",), Word("b", 5)),
    ],
)
def test_a_line_is_taken_apart_as_crm_does(line: str, words: tuple[str, ...], word: Word) -> None:
    """Quotes and backslashes join words, and what is open at the end is known."""
    finished, last = words_of(line)
    assert (tuple(each.text for each in finished), last) == (words, word)


@pytest.mark.parametrize("text", ["plain", "a b", 'say "x"', "back\\slash", "it's"])
@pytest.mark.parametrize("quote", ["", '"', "'"])
def test_quoting_is_undone_by_splitting(text: str, quote: str) -> None:
    """Each offered word is read by crm as that very word."""
    line = quote + completed(text, quote) + " "
    finished, last = words_of(line)
    assert [each.text for each in finished] == [text]
    assert last == Word("", len(line))


@pytest.mark.parametrize(
    ("level", "line", "expectations"),
    [
        ((), "", (Expectation("command", of="root"),)),
        ((), "conf", (Expectation("command", of="root"),)),
        ((), "configure ", (Expectation("command", of="configure"),)),
        ((), "configure ra ", (Expectation("command", of="ra"),)),
        (("configure", "ra"), "", (Expectation("command", of="ra"),)),
        (CONFIGURE, "cib cibstatus ", (Expectation("command", of="cibstatus"),)),
        # what crm would take for an abbreviation, crmtui does not
        ((), "conf prim ", ()),
        (CONFIGURE, "# primitive ", ()),
        ((), "resource start ", (Expectation("stopped-resource"),)),
        ((), "resource migrate ", (Expectation("resource"),)),
        (("resource",), "start a ", (Expectation("stopped-resource", used=("a",)),)),
        (CONFIGURE, "primitive ", (Expectation("new-id"),)),
        (CONFIGURE, "resource x ", (Expectation("agent", used=("x",)),)),
        (CONFIGURE, "primitive x Dummy op ", (Expectation("operation", of="Dummy"),)),
        (
            CONFIGURE,
            "primitive x Dummy params ip=",
            (Expectation("parameter-value", "Dummy", "ip"),),
        ),
        (
            (),
            "configure primitive x Dummy PARAMS ip=1 nic=2 ",
            (Expectation("parameter", "Dummy", used=("ip", "nic")), *PRIMITIVE),
        ),
        (
            CONFIGURE,
            "primitive x Dummy meta is-managed=",
            (Expectation("name-value", "meta.primitive", "is-managed"),),
        ),
        (
            CONFIGURE,
            "primitive x Dummy op monitor interval=10s on-fail=",
            (
                Expectation(
                    "operation-attribute-value", "Dummy", "on-fail", ("interval",), "monitor"
                ),
            ),
        ),
        (
            CONFIGURE,
            "primitive x Dummy utilization ",
            (
                Expectation("capacity", of="Dummy"),
                *fixed("rule", "$id=", "$id-ref="),
                *PRIMITIVE,
            ),
        ),
        (
            CONFIGURE,
            "group g a ",
            (
                Expectation("free-primitive", used=("g", "a")),
                Expectation("word", name="meta"),
                Expectation("word", name="params"),
            ),
        ),
        (
            CONFIGURE,
            "group g a meta target-role=",
            (Expectation("name-value", "meta.group", "target-role"),),
        ),
        (CONFIGURE, "clone c ", (Expectation("clonable", used=("c",)),)),
        (CONFIGURE, "property ", (Expectation("property"), *fixed("rule", "$id="))),
        (CONFIGURE, "property a=1 b=", (Expectation("property-value", name="b", used=("a",)),)),
        (
            CONFIGURE,
            "rsc_defaults ",
            (Expectation("name", "meta.primitive"), *fixed("rule", "$id=")),
        ),
        (
            CONFIGURE,
            "location l r ",
            (Expectation("score"), *fixed("rule", "role=", "resource-discovery=")),
        ),
        (CONFIGURE, "location l r role=", (Expectation("role", name="role"),)),
        (
            CONFIGURE,
            "location l r role=Started inf: ",
            (Expectation("node"),),
        ),
        (CONFIGURE, "colocation c inf: ", (Expectation("with-role"), *fixed("(", "["))),
        (
            CONFIGURE,
            "order o Mandatory: a b symmetrical=",
            (Expectation("boolean", name="symmetrical"),),
        ),
        (CONFIGURE, "commit force ", (Expectation("word", name="replace"),)),
        (CONFIGURE, "cd ", (Expectation("level-path", of="configure"),)),
        ((), "configure ra help ", (Expectation("help-topic", of="configure/ra"),)),
        ((), "up", (Expectation("command", of="root"),)),
        ((), "quit ", ()),
    ],
)
def test_what_is_expected(
    level: tuple[str, ...], line: str, expectations: tuple[Expectation, ...]
) -> None:
    """The level and the words before the cursor say what kind of thing comes next."""
    assert expected(level, line).expectations == expectations


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("primitive x Dummy params ip=10", Word("10", 28)),
        ('primitive x Dummy params ip="10.0', Word("10.0", 29, '"')),
        ('group g "a', Word("a", 9, '"')),
        ("order o inf: a:st", Word("a:st", 13)),
    ],
)
def test_where_the_word_begins(line: str, word: Word) -> None:
    """A value begins behind its ``=`` and its quote, any other word behind its quote."""
    assert expected(CONFIGURE, line).word == word


@pytest.mark.parametrize("level", command_table.levels())
def test_every_kind_in_the_table_is_known(level: str) -> None:
    """Each ``<kind>`` in the table of commands has a source, or is one that cannot have any."""
    kinds: set[str] = set()
    for row in command_table.rows(level):
        for choice in [c for p in row.positions for c in p.choices] + [
            v for o in row.options for v in (*o.values, *((f"<{o.takes}>",) if o.takes else ()))
        ]:
            if choice.endswith("=>"):
                kind = choice[1:-2]
                known = ("agent-parameter", "script-parameter")
                assert kind in known or command_table.names(kind), choice
            elif choice.startswith("<"):
                kinds.add(choice[1:-1])
        assert not row.body or row.body in GRAMMARS or command_table.body(row.body), row.name
    assert kinds <= SOURCES.keys() | SILENT


@pytest.mark.parametrize("level", command_table.levels())
def test_every_row_is_whole(level: str) -> None:
    """Each command is listed once with a line of help, and each level that is listed has rows."""
    rows = command_table.rows(level)
    words = [word for row in rows for word in (row.name, *row.aliases)]
    assert len(words) == len(set(words))
    assert all(row.help for row in rows)
    assert {row.name for row in rows if row.is_level} <= set(command_table.levels())


WALK = """
import crmsh.main
from crmsh import ui_root
def walk(level, name):
    for word, child in level.children().items():
        print(name, word)
        if child.type == "level":
            walk(child.level, child.name)
walk(ui_root.Root, "root")
"""


@pytest.mark.skipif(shutil.which("crm") is None, reason="crmsh is not installed")
def test_every_command_of_the_installed_crm_is_in_the_table() -> None:
    """No level, command or alias of the installed crmsh is missing but its own hidden ones."""
    first = Path(shutil.which("crm") or "").read_text(encoding="utf-8").partition("\n")[0]
    python = first.removeprefix("#!").split()[0]
    done = subprocess.run(
        [python, "-B", "-c", WALK], capture_output=True, text=True, timeout=60, check=True
    )
    commands = [tuple(line.split()) for line in done.stdout.splitlines()]
    assert ("resource", "start") in commands
    assert [
        (level, word)
        for level, word in commands
        if not word.startswith("_") and command_table.command(level, word) is None
    ] == []


def test_the_data_files_have_no_line_that_is_read_wrong() -> None:
    """Brackets are balanced in every row, so that no argument was torn apart at a blank."""
    for file in ("commands.txt", "names.txt"):
        text = resources.files("crmtui.crmsh").joinpath(file).read_text(encoding="utf-8")
        for line in text.splitlines():
            usage = re.split(r"\s--\s", line)[0]
            if line and not line.startswith(("[", "# ", "#")):
                for word in usage.split()[1:]:
                    assert word.count("<") == word.count(">"), line
                    assert word.startswith("[") == word.endswith("]"), line
