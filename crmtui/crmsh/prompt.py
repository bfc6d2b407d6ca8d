"""Prompts and questions of ``crm``: the signs that it waits.

Both are recognised only at the end of the output, by search: paged output may lack its last new
line, so that a prompt can follow text on the same line (``timeout=60scrm(live/n1)# ``). The texts
were collected from crmsh 4.4.1 and 5.x.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

LIVE = "live"
"""Name of the CIB in the prompt that is no shadow; also that of a sandbox's copy."""
_PROMPT = re.compile(
    r"crm\((?P<cib>[^/()\r\n]+)/(?P<host>[^()\r\n]+)\)(?P<level>[a-z][a-z ]*)?# (?P<end>\Z)?"
)
_PROMPT_LENGTH = 512
"""Number of characters at the end of the output that are searched for a prompt."""


@dataclass(frozen=True, slots=True)
class CrmPrompt:
    """Place in ``crm`` in which the next line runs."""

    cib: str
    """``live``, the name of a shadow CIB, or ``@tmp@`` for a nameless one."""
    host: str
    level: tuple[str, ...] = ()
    """Entered levels, outermost first; empty at the root."""

    @property
    def text(self) -> str:
        """The prompt as crm prints it, with its closing blank."""
        return f"crm({self.cib}/{self.host}){' '.join(self.level)}# "

    def with_count(self, changed: int | None) -> str:
        """Return the prompt with the number of objects whose change waits for a commit.

        Args:
            changed: Number of objects; None for an unknown number.
        """
        words = "uncommitted" if changed is None else f"{changed} pending"
        count = "" if changed == 0 else f" [{words}]"
        return f"{self.text.removesuffix('# ')}{count}# "

    @classmethod
    def parse(cls, output: str) -> CrmPrompt | None:
        """Return the prompt at the end of ``output``, if there is one."""
        return cls._last(output, must_end=True)

    @classmethod
    def find(cls, output: str) -> CrmPrompt | None:
        """Return the last prompt anywhere in ``output``."""
        return cls._last(output, must_end=False)

    @classmethod
    def _last(cls, output: str, *, must_end: bool) -> CrmPrompt | None:
        found = None
        for match in _PROMPT.finditer(output[-_PROMPT_LENGTH:]):
            if not must_end or match["end"] is not None:
                found = cls(match["cib"], match["host"], tuple((match["level"] or "").split()))
        return found


QuestionKind = Literal[
    "yes_no", "yes_no_cancel", "choice", "password", "value", "enter", "typed_yes"
]

_CHOICES = re.compile(r"\((?P<choices>[^()\s/]+(?:/[^()\s/]+)+)\)\? \Z")
_TYPED_YES = re.compile(r"\[Yes/No\]\(No\): \Z")
_PASSWORD = re.compile(r"(?i)(?:password|passphrase)(?: [^\n:]*)?: ?\Z")
_ENTER = re.compile(r"Press (?:enter|RETURN) to continue(?:\.\.\.)? \Z")
_DEFAULT = re.compile(r"\S \[[^\[\]\n]*\]\Z")


@dataclass(frozen=True, slots=True)
class CrmQuestion:
    """Question of crm, or of a program that crm runs, before it goes on."""

    text: str
    """Line of the question, as printed; lines above are ordinary output."""
    kind: QuestionKind
    choices: tuple[str, ...] = ()
    """Possible answers; empty where any answer may do."""

    @property
    def how(self) -> str:
        """Instructions for the answer, as a sentence."""
        match self.kind:
            case "yes_no":
                return "Type y for yes or n for no, then Enter."
            case "yes_no_cancel":
                return "Type y for yes or n for no, then Enter; c or Ctrl-C cancels."
            case "typed_yes":
                return "Type Yes or No, in full, then Enter."
            case "enter":
                return "Press Enter to go on."
            case "password":
                return "Type it, then Enter; it is never shown or kept. Ctrl-C stops the program."
            case "choice":
                return f"Type {_listed(self.choices)}, then Enter."
            case "value":
                what = _listed(self.choices) if self.choices else "a value"
                has_default = _DEFAULT.search(self.text) and not self.text.endswith("[]")
                default = "; Enter alone takes the one in brackets" if has_default else ""
                return f"Type {what}, then Enter{default}. Ctrl-C stops the program."

    def accepts(self, answer: str) -> bool:
        """Return true if ``answer`` may be given.

        crm reads only the first letter of an answer to a yes/no question: ``node standby`` would be
        a no. So such questions take whole words and nothing else.
        """
        if self.kind in ("yes_no", "yes_no_cancel"):
            words = ("y", "yes", "n", "no", "c", "cancel")
            return answer.strip().lower() in words[: 2 * len(self.choices)]
        if self.kind == "choice":
            return answer.strip().lower() in self.choices
        return True


def _listed(choices: tuple[str, ...]) -> str:
    return " or ".join((", ".join(choices[:-1]), choices[-1]))


def recognise(line: str) -> CrmQuestion | None:
    """Return the question in ``line``, the unfinished last line of the output."""
    if found := _CHOICES.search(line):
        choices = tuple(choice.strip("[]") for choice in found["choices"].split("/"))
        if choices == ("y", "n"):
            return CrmQuestion(line, "yes_no", choices)
        if choices == ("y", "n", "c"):
            return CrmQuestion(line, "yes_no_cancel", choices)
        return CrmQuestion(line, "value", choices)
    if _TYPED_YES.search(line):
        return CrmQuestion(line, "typed_yes", ("Yes", "No"))
    if _PASSWORD.search(line):
        return CrmQuestion(line, "password")
    if _ENTER.search(line):
        return CrmQuestion(line, "enter")
    if _DEFAULT.search(line):
        return CrmQuestion(line, "value")
    return None


def presume(line: str) -> CrmQuestion | None:
    """Return the possible question in an unfinished line that nothing has followed for a while.

    A row of dots is no question: crm only shows that it still waits.
    """
    words = line.strip()
    return CrmQuestion(line, "value") if words and not words.endswith("..") else None
