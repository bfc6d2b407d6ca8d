"""Missing parts of a line: parameters that an agent or a script requires, and arguments."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from crmtui.completion import agent_candidates
from crmtui.completion.usage import usage
from crmtui.lint.lint_finding import LintFinding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from crmtui.cib.agents import Parameter
    from crmtui.completion.values import Knowledge
    from crmtui.crmsh.line import CrmLine
    from crmtui.crmsh.words import Word

_WITH_AGENT = ("primitive", "ra validate")
_SUPPLIED = frozenset({"action", "port", "plug"})
"""Parameters that the cluster gives a fencing device (source: crmsh, ``unreq_param`` in ra.py)."""

_LEAST = MappingProxyType(
    {
        **dict.fromkeys(("node", "property", "rsc_defaults", "op_defaults", "xml"), 1),
        **dict.fromkeys(("primitive", "rsc_template", "group", "clone", "ms", "bundle"), 2),
        **dict.fromkeys(("location", "colocation", "order", "rsc_ticket", "monitor"), 2),
        **dict.fromkeys(("tag", "role", "user", "acl_target", "alert"), 2),
    }
)
"""The fewest arguments of an object (source: crmsh, ``min_args`` in parse.py)."""


def missing(found: CrmLine, knowledge: Knowledge) -> Iterator[LintFinding]:
    """Yield findings about the missing parts of a line, which later typing may add."""
    if found.row is None:
        return
    key = found.row.name if found.level == "configure" else f"{found.level} {found.row.name}"
    if key in _WITH_AGENT:
        at = 1 if key == "primitive" else 0
        if len(found.words) > at:
            yield from _of_agent(found.words[at], found.words[at + 1 :], knowledge)
    elif key in ("script run", "script verify") and found.words:
        script = knowledge.script(found.words[0].text)
        if script is not None:
            given = _names(found.words[1:])
            yield from _told(found.words[0], script.name, script.parameters, given)


def too_few(found: CrmLine, knowledge: Knowledge) -> Iterator[LintFinding]:
    """Yield a finding if a command has fewer arguments than crm's function for it takes."""
    installed = knowledge.crmsh()
    known = installed.command(found.level, found.row.name) if installed and found.row else None
    if known is None or found.row is None or found.word is None:
        return
    least = known.least or (_LEAST.get(found.row.name, 0) if found.level == "configure" else 0)
    if len(found.words) < least:
        sentence = f"{found.row.name} needs more arguments: {usage(found.row).text}."
        yield LintFinding(found.word.start, found.word.end, "error", sentence)


def too_many(found: CrmLine, knowledge: Knowledge) -> Iterator[LintFinding]:
    """Yield a finding if a command has more arguments than crm's function for it takes."""
    installed = knowledge.crmsh()
    known = installed.command(found.level, found.row.name) if installed and found.row else None
    if known is None or known.most is None or len(found.words) <= known.most:
        return
    more = found.words[known.most :]
    count = {0: "no arguments", 1: "one argument"}.get(known.most, f"{known.most} arguments")
    sentence = f"{known.name} takes {count} at most."
    yield LintFinding(more[0].start, more[-1].end, "error", sentence)


def _of_agent(agent: Word, words: Sequence[Word], knowledge: Knowledge) -> Iterator[LintFinding]:
    metadata = agent_candidates.metadata_of(agent.text, knowledge)
    texts = [word.text for word in words]
    if metadata is None or any(text.startswith(("$id-ref=", "@")) for text in texts):
        return
    given = _names(words)
    template = knowledge.configuration().objects.get(agent.text.removeprefix("@"))
    if agent.text.startswith("@") and template is not None:
        given |= {setting.name for setting in template.settings if setting.section == "params"}
    needed: Iterable[Parameter] = metadata.parameters
    if agent_candidates.resolve(agent.text, knowledge).startswith("stonith:"):
        needed = (parameter for parameter in needed if parameter.name not in _SUPPLIED)
    yield from _told(agent, metadata.name or agent.text, needed, given)


def _names(words: Sequence[Word]) -> set[str]:
    """Return the names in words, those behind a reference included: ``$id:name=x``."""
    names = (word.text.partition("=")[0] for word in words)
    return {name.rpartition(":")[2] if name.startswith("$") else name for name in names}


def _told(
    word: Word, name: str, parameters: Iterable[Parameter], given: set[str]
) -> Iterator[LintFinding]:
    lacking = [
        parameter.name
        for parameter in parameters
        if parameter.is_required and not parameter.default and parameter.name not in given
    ]
    if lacking:
        *first, last = lacking
        names = f"{', '.join(first)} and {last}" if first else last
        yield LintFinding(word.start, word.end, "warning", f"{name} cannot do without {names}.")
