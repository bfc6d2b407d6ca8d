"""Templates of ``configure template``: text with parameters, each with its description.

``%depends_on`` includes another template. ``%required`` and ``%optional`` begin the parameters.
``%% NAME`` is a parameter, below the comment that explains it. ``%generate`` begins the result.
Source: crmsh 4.4 and 5.x, ``template.py`` and the files in ``/usr/share/crmsh/templates``.
"""

from __future__ import annotations

from dataclasses import dataclass

from crmtui.cib.agents import Parameter
from crmtui.text import plain_line


@dataclass(frozen=True, slots=True)
class Template:
    """Template with its parameters."""

    depends_on: tuple[str, ...] = ()
    """Names of the templates that it includes."""
    parameters: tuple[Parameter, ...] = ()


def parse(text: str) -> Template:
    """Read a template."""
    depends_on: list[str] = []
    parameters: list[Parameter] = []
    comment: list[str] = []
    is_required = False
    for line in map(plain_line, text.partition("%generate")[0].splitlines()):
        words = line.split()
        if line.startswith("#"):
            comment.append(line.lstrip("# "))
            continue
        if words[:1] == ["%depends_on"]:
            depends_on += words[1:2]
        elif words[:1] in (["%required"], ["%optional"]):
            is_required = words[0] == "%required"
        elif words[:1] == ["%%"] and len(words) > 1:
            told = [said for said in comment if said and not said.startswith(("%%", "Example"))]
            parameters.append(
                Parameter(
                    words[1],
                    default=" ".join(words[2:]),
                    shortdesc=told[0] if told else "",
                    longdesc="\n".join(told),
                    is_required=is_required,
                )
            )
        if words:
            comment.clear()
    return Template(tuple(depends_on), tuple(parameters))
