"""Cluster properties with a new name: Pacemaker 3.0.3 knows both, and says which is the old one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from crmtui.cluster.changes import changes
from crmtui.cluster.crm_mon.parse import parse
from crmtui.lint import lint
from crmtui.verbs import offer
from crmtui.verbs.verb import Scene
from crmtui.wizard.option_forms import PROPERTIES
from tests.unit.cluster.test_crm_mon import document
from tests.unit.cluster_values import cluster, node
from tests.unit.completion_world import World, metadata
from tests.unit.wizard_world import facts

if TYPE_CHECKING:
    from crmtui.cib.agents import Parameter
    from crmtui.cluster.model import Cluster

RENAMED = {
    "stonith-enabled": "fencing-enabled",
    "stonith-action": "fencing-action",
    "fence-reaction": "fencing-reaction",
    "stonith-timeout": "fencing-timeout",
    "stonith-watchdog-timeout": "fencing-watchdog-timeout",
    "stonith-max-attempts": "fencing-max-attempts",
    "stop-orphan-resources": "stop-removed-resources",
    "stop-orphan-actions": "cancel-removed-actions",
}
OPTIONS = (
    '<cluster_options fencing-enabled="{0}" fencing-timeout-ms="60000" symmetric-cluster="true" '
    'no-quorum-policy="stop" maintenance-mode="false" stop-all-resources="false" '
    'priority-fencing-delay-ms="0" stonith-enabled="{0}" stonith-timeout-ms="60000"/>'
)
"""As crm_mon 3.0.3 prints them."""


@dataclass(frozen=True)
class NewWorld(World):
    """A cluster of Pacemaker 3.0.3."""

    def properties(self) -> tuple[Parameter, ...]:
        """Return what that documents."""
        return metadata("cluster-options-3.0.3").parameters


def seen(enabled: str) -> Cluster:
    """Return a snapshot of a cluster of Pacemaker 3.0.3."""
    return parse(document("", OPTIONS.format(enabled)))


def test_what_replaces_a_property_is_read() -> None:
    """Each old name of 3.0.3 comes with the new one, and nothing else does."""
    known = metadata("cluster-options-3.0.3").parameters
    assert {each.name: each.replaced_by for each in known if each.replaced_by} == RENAMED
    assert not any(each.replaced_by for each in metadata("cluster-options-3.0.0").parameters)


@pytest.mark.parametrize(("old", "new"), RENAMED.items())
def test_lint_tells_the_new_name_where_pacemaker_knows_it(old: str, new: str) -> None:
    """The sentence names both; where only the old name exists nothing is said."""
    known = metadata("cluster-options-3.0.3").parameter(new)
    assert known is not None
    line = f"property {old}={known.default or 'true'}"
    (found,) = lint(("configure",), line, NewWorld())
    assert found.severity == "warning"
    assert found.sentence == f"{old} is deprecated: this Pacemaker calls it {new}."
    assert line[found.start : found.end] == old
    # Of the names of what is removed the newer ones are going, too.
    is_kept = not known.is_deprecated
    assert (lint(("configure",), line.replace(old, new, 1), NewWorld()) == ()) is is_kept


def test_lint_tells_nothing_where_there_is_no_new_name() -> None:
    """Pacemaker 3.0.0 has the old name only."""
    assert lint(("configure",), "property stonith-enabled=true", World()) == ()


def test_a_wrong_value_comes_before_the_old_name() -> None:
    """One thing at a time: what cannot work first."""
    (found,) = lint(("configure",), "property stonith-enabled=maybe", NewWorld())
    assert "has to be true or false" in found.sentence


def test_one_change_is_told_once() -> None:
    """crm_mon prints the option by both names; the timeline tells the new one."""
    told = [each.sentence for each in changes(seen("true"), seen("false"))]
    assert told == ["fencing-enabled is now false (was true)"]


def test_the_reason_not_to_fence_names_the_property_in_force() -> None:
    """If Pacemaker has the new name, the sentence does, too."""
    options = seen("false").options
    made = cluster(nodes=(node("n1"), node("n2")), is_fencing_enabled=False, options=options)
    fence = offer("node.fence", Scene(made), ("n1",))
    assert "(fencing-enabled is false)" in fence.why_not


def test_a_form_has_one_field_for_one_property() -> None:
    """The old name has a field only where it is the one that is set."""
    new = replace(facts(), properties=metadata("cluster-options-3.0.3").parameters)
    (step,) = PROPERTIES.steps({}, new)
    shown = {field.label: field for field in step.fields}
    assert not shown["fencing-enabled"].is_folded
    assert "stonith-enabled" in shown  # it is what the CIB has
    assert "stonith-timeout" not in shown
    assert not shown["fencing-timeout"].is_folded
