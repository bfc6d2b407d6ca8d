"""Every state that crm_mon knows of nodes and resources, one by one, in crm_mon's words."""

from __future__ import annotations

import pytest

from crmtui.cluster.crm_mon.parse import parse
from crmtui.cluster.glyphs import severity
from crmtui.cluster.verdict import concerns, judge
from tests.unit.cluster.test_crm_mon import document


def attributes(given: str) -> str:
    """Return ``NAME NAME=VALUE`` as XML attributes; a name alone is true."""
    pairs = (word.partition("=") for word in given.split())
    return " ".join(f'{name}="{value or "true"}"' for name, _, value in pairs)


@pytest.mark.parametrize(
    ("given", "state", "tone"),
    [
        ("online", "online", "ok"),
        ("", "OFFLINE", "off"),
        ("unclean online", "UNCLEAN (online)", "crit"),
        ("unclean pending", "UNCLEAN (pending)", "crit"),
        ("unclean", "UNCLEAN (offline)", "crit"),
        ("pending online", "pending", "busy"),
        ("standby_onfail online", "standby (on-fail)", "warn"),
        ("standby", "OFFLINE (standby)", "off"),
        ("standby online resources_running=0", "standby", "note"),
        ("standby online resources_running=3", "standby (with active resources)", "busy"),
        ("maintenance online", "maintenance", "note"),
        ("maintenance", "OFFLINE (maintenance)", "off"),
        ("online health=red", "online", "warn"),
        ("online health=yellow", "online", "warn"),
        ("online shutdown", "online", "busy"),
        # The first match wins, as in crm_mon.
        ("unclean standby maintenance online", "UNCLEAN (online)", "crit"),
        ("standby maintenance online resources_running=0", "standby", "note"),
    ],
)
def test_states_of_nodes(given: str, state: str, tone: str) -> None:
    """A node's state is what crm_mon prints for the same attributes."""
    (node,) = parse(document(f'<nodes><node name="n1" id="1" {attributes(given)}/></nodes>')).nodes

    assert (node.state, severity(node)) == (state, tone)


@pytest.mark.parametrize(
    ("given", "kind", "host"),
    [
        ("type=member", "member", None),
        ("type=remote", "remote", None),
        ("type=remote id_as_resource=vm", "guest", "n2"),
        ("type=ping", "member", None),  # whatever else there may be
    ],
)
def test_kinds_of_nodes(given: str, kind: str, host: str | None) -> None:
    """A guest node is on the host of its resource, offline ones are there too."""
    found = parse(
        document(
            f'<nodes><node name="g" id="g" {attributes(given)}/></nodes><resources>'
            '<resource id="vm" role="Started"><node name="n2" id="2"/></resource></resources>'
        )
    )

    assert (found.nodes[0].kind, found.nodes[0].host) == (kind, host)


_PROMOTABLE = '<clone id="c" multi_state="true" managed="true">{}</clone>'


@pytest.mark.parametrize(
    ("given", "role", "flags", "tone"),
    [
        ("role=Started", "Started", (), "ok"),
        ("role=Stopped", "Stopped", (), "crit"),
        ("role=Promoted", "Promoted", (), "ok"),
        ("role=Master", "Promoted", (), "ok"),
        ("role=Unpromoted", "Unpromoted", (), "ok"),
        ("role=Slave", "Unpromoted", (), "ok"),
        ("role=Starting", "Starting", (), "busy"),
        ("role=Stopping", "Stopping", (), "busy"),
        ("role=Promoting", "Promoting", (), "busy"),
        ("role=Demoting", "Demoting", (), "busy"),
        ("role=Migrating", "Migrating", (), "busy"),
        ("role=Started pending=Monitoring", "Started", ("Monitoring",), "ok"),
        ("role=Started failed", "FAILED", (), "crit"),
        ("role=Starting failed", "FAILED", (), "crit"),
        ("role=Promoted failed", "FAILED Promoted", (), "crit"),
        ("role=Started failed failure_ignored", "FAILED", ("failure ignored",), "warn"),
        ("role=Started orphaned", "Started", ("ORPHANED",), "warn"),
        ("role=Started removed", "Started", ("ORPHANED",), "warn"),
        ("role=Started removed orphaned", "Started", ("ORPHANED",), "warn"),
        ("role=Stopped target_role=Stopped", "Stopped", ("disabled",), "off"),
        ("role=Stopped target_role=stopped", "Stopped", ("disabled",), "off"),
        ("role=Unpromoted target_role=Unpromoted", "Unpromoted", ("target-role:Unpromoted",), "ok"),
        ("role=Unpromoted target_role=slave", "Unpromoted", ("target-role:slave",), "ok"),
        ("role=Started blocked managed=false", "Started", ("blocked",), "crit"),
        ("role=Started maintenance managed=false", "Started", ("maintenance",), "note"),
        ("role=Started managed=false", "Started", ("unmanaged",), "note"),
        ("role=Stopped locked_to=n1", "Stopped", ("LOCKED to n1",), "off"),
        ("", "Unknown", (), "ok"),
        ("role=Dancing", "Dancing", (), "ok"),
    ],
)
def test_states_of_resources(given: str, role: str, flags: tuple[str, ...], tone: str) -> None:
    """A resource's role and flags are what crm_mon prints; what is new is carried as it stands."""
    where = "" if "role=Stopped" in given else '<node name="n1" id="1" cached="true"/>'
    inside = f'<resource id="a" {attributes(given)}>{where}</resource>'
    (clone,) = parse(document(f"<resources>{_PROMOTABLE.format(inside)}</resources>")).resources
    (found,) = clone.children

    assert (found.role, found.flags, severity(found)) == (role, flags, tone)


def test_a_lost_node_makes_what_runs_there_unclean() -> None:
    """Resources on a node that is unclean and offline are unclean, whatever ``cached`` says."""
    (found,) = parse(
        document(
            '<nodes><node name="n1" id="1" unclean="true" online="false"/></nodes><resources>'
            '<resource id="a" role="Started"><node name="n1" id="1" cached="false"/></resource>'
            "</resources>"
        )
    ).resources

    assert found.flags == ("UNCLEAN",)
    assert severity(found) == "crit"


def test_a_primitive_on_two_nodes_is_a_fault() -> None:
    """Multiply active is no state of crm_mon's, but the worst that a resource can be."""
    found = parse(
        document(
            '<resources><resource id="a" role="Started"><node name="n1" id="1"/>'
            '<node name="n2" id="2"/></resource></resources>',
            '<current_dc name="n1" with_quorum="true"/>',
        )
    )

    assert severity(found.resources[0]) == "crit"
    assert judge(found).reason == "a runs on n1, n2 at once."


@pytest.mark.parametrize(
    ("summary", "inside", "sentence"),
    [
        ('<current_dc mixed_version="true" name="n1"/>', "", "different versions"),
        ('<stack pacemakerd-state="shutting_down"/>', "", "Pacemaker is shutting down"),
        ("", '<pacemakerd state="starting_daemons"/>', "Pacemaker is starting"),
        ("", '<pacemakerd state="wait_for_ping"/>', "waiting for SBD"),
        ("", '<fence_history status="102"/>', "history of fencing cannot be read"),
        ('<cluster_options stop-all-resources="true"/>', "", "stops all resources"),
        ('<cluster_options maintenance-mode="true"/>', "", "maintenance mode"),
        ('<current_dc present="false"/>', "", "no DC"),
        ('<current_dc name="n1" with_quorum="false"/>', "", "no quorum"),
        (
            "",
            '<node_attributes><node name="n1"><attribute name="pingd" value="0" expected="100"/>'
            "</node></node_attributes>",
            "lost connections",
        ),
    ],
)
def test_states_of_the_cluster(summary: str, inside: str, sentence: str) -> None:
    """All that is wrong with the cluster as a whole is said, from 2.1 and 3.0 alike."""
    said = " ".join(concern.reason for concern in concerns(parse(document(inside, summary))))

    assert sentence in said
