"""History removal on a copy of the CIB: clean-up, refresh and clearing a node's state.

On a real cluster the controllers remove the history. On a file ``crm_resource --cleanup`` is a dry
run that ends in a segmentation fault (seen on Pacemaker 2.1.5). So crmtui removes the same elements
from the copy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.forecast.steps import Down, Step, Tool, TrialPlan, Unforeseeable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.cib.objects import Configuration

_PROBED = "It is taken for granted that the agents find running what is running now."


def clean_up(
    configuration: Configuration, verb: str, arguments: tuple[str, ...]
) -> TrialPlan | Unforeseeable | None:
    """Return the plan for ``resource cleanup`` and ``resource refresh``."""
    words = [word for word in arguments if word != "force"]
    if len(words) > 2:
        return None
    resource, node = (*words, "", "")[:2]
    if resource and resource not in configuration.objects:
        return Unforeseeable(f"there is no resource {resource}")
    if node and not _is_node(configuration, node):
        return Unforeseeable(f"there is no node {node}")
    names = tuple(_primitives(configuration, resource)) if resource else ("",)
    steps = tuple(step for name in names for step in forget(name, node))
    return TrialPlan(steps, caveats=(_PROBED,) if verb == "refresh" else ())


def clear_state(
    configuration: Configuration, _verb: str, arguments: tuple[str, ...]
) -> TrialPlan | Unforeseeable | None:
    """Return the plan for ``node clearstate``, which declares a node to be cleanly down.

    For an online node crm only cleans up failures.
    """
    if len(arguments) != 1:
        return None
    node = arguments[0]
    known = configuration.objects.get(node)
    if known is None or known.kind != "node":
        return Unforeseeable(f"there is no node {node}")
    return TrialPlan(
        (*forget("", node), Down(node)),
        caveats=(
            "Of a node that is offline crm takes your word that it is down: be sure that it is.",
        ),
    )


def _is_node(configuration: Configuration, name: str) -> bool:
    known = configuration.objects.get(name)
    return known is not None and known.kind == "node"


def _primitives(configuration: Configuration, name: str) -> Iterator[str]:
    known = configuration.objects.get(name)
    if known is None or known.kind == "primitive":
        yield name
    else:
        for member in known.members:
            yield from _primitives(configuration, member)


def forget(resource: str, node: str) -> Iterator[Step]:
    """Yield the steps that remove a primitive's failures on a node; empty names stand for all."""
    state = f"//node_state[@uname='{node}']" if node else "//node_state"
    held = f"[@id='{resource}' or starts-with(@id,'{resource}:')]" if resource else ""
    # A probe that finds an unexpectedly running resource is recorded as a failure, but is none.
    failed = "lrm_rsc_op[contains(@id,'_last_failure_') and @rc-code!='0' and @rc-code!='8']"
    yield _delete(f"{state}//lrm_resource{held}/{failed}")
    name = f"{resource}#" if resource else ""
    counts = (f"starts-with(@name,'{kind}-{name}')" for kind in ("fail-count", "last-failure"))
    yield _delete(f"{state}//transient_attributes//nvpair[{' or '.join(counts)}]")


def _delete(xpath: str) -> Tool:
    return Tool(("cibadmin", "--delete-all", "--force", "--xpath", xpath))
