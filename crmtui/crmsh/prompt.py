"""What ``crm`` prints when it waits: its prompt, or a question.

Both are recognised at the end of the output and nowhere else, by search: paged output may lack its
last new line, so that a prompt can follow text on the same line (``timeout=60scrm(live/n1)# ``).
The texts were collected from crmsh 4.4.1 and 5.x.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

LIVE = "live"
"""What the prompt calls the CIB that is no shadow; a sandbox's copy too."""
_PROMPT = re.compile(
    r"crm\((?P<cib>[^/()\r\n]+)/(?P<host>[^()\r\n]+)\)(?P<level>[a-z][a-z ]*)?# (?P<end>\Z)?"
)
_PROMPT_LENGTH = 512
"""Characters at the end of the output in which a prompt is looked for."""


@dataclass(frozen=True, slots=True)
class CrmPrompt:
    """Where in ``crm`` the next line will run."""

    cib: str
    """``live``, the name of a shadow CIB, or ``@tmp@`` for a nameless one."""
    host: str
    level: tuple[str, ...] = ()
    """The levels entered, outermost first; empty at the root."""

    @property
    def text(self) -> str:
        """The prompt as crm prints it, with its closing blank."""
        return f"crm({self.cib}/{self.host}){' '.join(self.level)}# "

    def with_count(self, changed: int | None) -> str:
        """Return the prompt with the number of objects whose change waits for a commit.

        Args:
            changed: The number; None where only that something waits is known.
        """
        words = "uncommitted" if changed is None else f"{changed} pending"
        count = "" if changed == 0 else f" [{words}]"
        return f"{self.text.removesuffix('# ')}{count}# "

    @classmethod
    def parse(cls, output: str) -> CrmPrompt | None:
        """Return the prompt that ``output`` ends with, if it ends with one."""
        return cls._last(output, must_end=True)

    @classmethod
    def find(cls, output: str) -> CrmPrompt | None:
        """Return the last prompt in ``output``, wherever it stands."""
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
    """What crm, or a program that crm runs, wants to be told before it goes on."""

    text: str
    """The line that asks, as printed; lines above it are ordinary output."""
    kind: QuestionKind
    choices: tuple[str, ...] = ()
    """What may be answered; empty where anything may."""

    @property
    def how(self) -> str:
        """How it is answered, as a sentence."""
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
                return "Type it, then Enter: it is not shown, and kept nowhere. Ctrl-C stops what asks."
            case "choice":
                return f"Type {_listed(self.choices)}, then Enter."
            case "value":
                what = _listed(self.choices) if self.choices else "a value"
                has_default = _DEFAULT.search(self.text) and not self.text.endswith("[]")
                default = "; Enter alone takes the one in brackets" if has_default else ""
                return f"Type {what}, then Enter{default}. Ctrl-C stops what asks."

    def accepts(self, answer: str) -> bool:
        """Say whether ``answer`` may be given.

        Of an answer to a yes/no question crm reads the first letter only: ``node standby`` would
        be a no. So such questions take whole words and nothing else.
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
    """Return the question that ``line``, the unfinished last line of the output, puts."""
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
    """Return the question that an unfinished line may be when nothing follows it for a while.

    A row of dots is crm telling that it still waits, not a question.
    """
    words = line.strip()
    return CrmQuestion(line, "value") if words and not words.endswith("..") else None
