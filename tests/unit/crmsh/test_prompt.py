"""Prompts and questions of crm are told from what it prints."""

from __future__ import annotations

import pytest

from crmtui.backend.session.output_lines import OutputLines, complete_lines, readable
from crmtui.crmsh.prompt import CrmPrompt, QuestionKind, presume, recognise

YES_NO = ("y", "n")


@pytest.mark.parametrize(
    ("output", "prompt"),
    [
        ("crm(live/n1)# ", CrmPrompt("live", "n1")),
        ("crm(live/n1)configure# ", CrmPrompt("live", "n1", ("configure",))),
        ("crm(sh1/vm)configure cib# ", CrmPrompt("sh1", "vm", ("configure", "cib"))),
        ("crm(@tmp@/a.b-c)cib# ", CrmPrompt("@tmp@", "a.b-c", ("cib",))),
        ("\ttimeout=60scrm(live/vm)# ", CrmPrompt("live", "vm")),
        ("crm(live/n1)# x\ncrm(live/n2)ra# ", CrmPrompt("live", "n2", ("ra",))),
    ],
)
def test_a_prompt_is_found_at_the_end_of_output(output: str, prompt: CrmPrompt) -> None:
    """A prompt is known by the end of the output, whatever stands before it on its line."""
    assert CrmPrompt.parse(output) == prompt
    assert output.endswith(prompt.text)


@pytest.mark.parametrize(
    "output",
    [
        "",
        "crm(live/n1)#",
        "crm(live/n1)# ls",
        "crm(live/n1)# \n",
        "   > ",
        "crm(live)# ",
        "(y/n)? ",
    ],
)
def test_what_is_no_prompt_is_not_taken_for_one(output: str) -> None:
    """A prompt that something follows, a continuation and a question are no prompts."""
    assert CrmPrompt.parse(output) is None


def test_a_prompt_is_found_before_late_output() -> None:
    """A prompt that was printed over is still found when it is looked for anywhere."""
    assert CrmPrompt.find("crm(live/n1)# Waiting for cluster...\n") == CrmPrompt("live", "n1")


@pytest.mark.parametrize(
    ("line", "kind", "choices"),
    [
        ("There are changes pending. Do you want to commit them (y/n)? ", "yes_no", YES_NO),
        ("All changes will be dropped. Do you want to proceed  (y/n)? ", "yes_no", YES_NO),
        ("INFO: Do you want to continue anyway (y/n)? ", "yes_no", YES_NO),
        (
            "Do you want to commit them, or cancel the operation  (y/n/c)? ",
            "yes_no_cancel",
            ("y", "n", "c"),
        ),
        (
            "Are you sure you want to continue connecting (yes/no/[fingerprint])? ",
            "value",
            ("yes", "no", "fingerprint"),
        ),
        ("TYPE Yes TO CONTINUE, OTHER INPUTS WILL CANCEL THIS CASE [Yes/No](No): ", "typed_yes",
         ("Yes", "No")),
        ("sudo password: ", "password", ()),
        ("root@n1's password: ", "password", ()),
        ("Password: ", "password", ()),
        ("Enter passphrase for key '/root/.ssh/id_ed25519': ", "password", ()),
        ("Press enter to continue... ", "enter", ()),
        ("Press RETURN to continue ", "enter", ()),
        ("Address for ring0 [192.168.1.1]", "value", ()),
        ("INFO: Virtual IP []", "value", ()),
    ],
)  # fmt: skip
def test_questions_of_crm_are_known(
    line: str, kind: QuestionKind, choices: tuple[str, ...]
) -> None:
    """Each way in which crmsh 4.4.1 and 5.x ask is known, with what may be answered."""
    question = recognise(line)
    assert question is not None
    assert (question.text, question.kind, question.choices) == (line, kind, choices)


@pytest.mark.parametrize(
    ("line", "how"),
    [
        ("Do you want to proceed (y/n)? ", "Type y for yes or n for no, then Enter."),
        ("continue (yes/no/[fingerprint])? ", "Type yes, no or fingerprint, then Enter. Ctrl-C"),
        ("CONTINUE [Yes/No](No): ", "Type Yes or No, in full"),
        ("sudo password: ", "never shown"),
        ("Press enter to continue... ", "Press Enter"),
        ("Address for ring0 [192.168.1.1]", "Enter alone takes the one in brackets"),
        ("INFO: Virtual IP []", "Type a value, then Enter. Ctrl-C"),
    ],
)
def test_a_question_says_how_it_is_answered(line: str, how: str) -> None:
    """Of each kind of question it is said what to type, and how to get out where there is a way."""
    question = recognise(line)
    assert question is not None
    assert how in question.how


@pytest.mark.parametrize("line", ["", "Port", "waiting for p1 ....", "(y/n)", "primitive p1 [a"])
def test_other_lines_are_no_known_questions(line: str) -> None:
    """Text that ends like no question is not taken for one at once."""
    assert recognise(line) is None


def test_a_quiet_unfinished_line_is_presumed_to_ask_unless_it_is_a_row_of_dots() -> None:
    """A line without an end is a question after a while, but crm's dots only say that it waits."""
    question = presume("Name of the new node: ")
    assert question is not None
    assert question.kind == "value"
    assert presume("waiting for start to finish ....") is None
    assert presume("  ") is None


@pytest.mark.parametrize(
    ("line", "answer", "is_accepted"),
    [
        ("Really (y/n)? ", "y", True),
        ("Really (y/n)? ", "No", True),
        ("Really (y/n)? ", "c", False),
        ("Really (y/n)? ", "node standby n1", False),
        ("Really (y/n)? ", "", False),
        ("Really  (y/n/c)? ", "cancel", True),
        ("Port [5405]", "node standby n1", True),
    ],
)
def test_a_yes_no_question_takes_no_other_words(line: str, answer: str, is_accepted: bool) -> None:
    """A command typed into a yes/no question is no answer, though crm would take one of it."""
    question = recognise(line)
    assert question is not None
    assert question.accepts(answer) is is_accepted


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("primitive p1\tDummy", ("primitive p1 Dummy",)),
        ("group g \\\n  a b", ("group g a b",)),
        ("group g \\\r\n  a \\\n\tb\nup", ("group g a b", "up")),
        ("group g a b \\", ("group g a b",)),
        ("status\n\n  \r\nnode show\rup\n", ("status", "node show", "up")),
        ("st\x03atus\x1b[A\r\n", ("status[A",)),
        ('description="Grüße\u2028日本"', ('description="Grüße\u2028日本"',)),
        ("", ()),
    ],
)
def test_what_is_typed_goes_out_as_harmless_lines(typed: str, sent: tuple[str, ...]) -> None:
    """No tab, control character or dangling backslash ever reaches crm, and each line on its own."""
    assert complete_lines(typed) == sent


def test_output_is_plain_and_of_a_line_drawn_over_the_last_version() -> None:
    """Colours vanish, DOS line ends too, and a progress bar leaves its last state."""
    assert readable("\x1b[31mERROR\x1b[0m: no\r\n.\r..\r...\r\nend") == "ERROR: no\n...\nend"


def test_output_comes_in_whole_lines_without_the_echo() -> None:
    """The typed text is dropped up to its new line, and the unfinished line is kept."""
    lines = OutputLines()
    lines.expect_echo("line")
    assert lines.feed(b"\r<ng li") == ""
    assert lines.feed("ne\r\none\r\ntwé".encode()[:-1]) == "one\r\n"
    assert lines.feed("é".encode()[1:]) == ""
    assert lines.tail == "twé"


def test_of_a_secret_only_the_new_line_is_dropped() -> None:
    """After a password nothing is echoed but its new line, or not even that."""
    for printed in (b"\r\nok\r\n", b"ok\r\n"):
        lines = OutputLines()
        lines.expect_echo("newline")
        assert lines.feed(printed) == "ok\r\n"


def test_an_endless_line_is_passed_on_in_pieces() -> None:
    """A line of megabytes is neither held back nor searched as a whole."""
    lines = OutputLines()
    given = [lines.feed(b"x" * 4000) for _ in range(100)]
    assert len(lines.tail) < 10_000
    assert "".join(given) + lines.tail == "x" * 400_000
