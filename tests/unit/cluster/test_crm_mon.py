"""crm_mon's XML as a cluster, held against crm_mon's own text."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crmtui.cluster import times
from crmtui.cluster.crm_mon.parse import parse
from crmtui.demo import demo_cib
from crmtui.errors import CibUnreadable, ClusterUnavailable, PermissionRefused
from tests.record_crm_mon import CASES, TEXT, XML

if TYPE_CHECKING:
    from crmtui.cluster.model import Cluster, Resource

DATA = Path(__file__).parents[2] / "data" / "crm_mon"
VERSIONS = ("2.1.5", "3.0.0")
RECORDED = [f"{case}-{version}" for case in CASES for version in VERSIONS]

PRIMITIVE = re.compile(r"\s+\* (?P<id>\S+)\t\((?P<agent>\S+)\):\t (?P<state>.*)")
NODE = re.compile(
    r"  \* (?P<kind>\w*)Node (?P<name>[^\s@:]+)(?:@(?P<host>\S*))?(?: \(\S+\))?: (?P<state>.*)"
)
HEADER = re.compile(
    r"\s+\* (?:Resource Group|Clone Set|Container bundle(?: set)?): (?P<id>\S+?)"
    r"(?: \[\S+\])?(?: \((?P<flags>.*)\))?:"
)


def recorded(name: str) -> Cluster:
    """Return the cluster that the recorded XML ``name`` describes."""
    return parse((DATA / f"{name}.xml").read_text(encoding="utf-8"))


def as_text(resource: Resource) -> str:
    """Return a primitive's state laid out as ``crm_mon -1 -r -R`` lays it out."""
    orphaned = "ORPHANED " if "ORPHANED" in resource.flags else ""
    flags = [flag for flag in resource.flags if flag != "ORPHANED"]
    lock = next((flag for flag in flags if flag.startswith("LOCKED to ")), "")
    at = lock.removeprefix("LOCKED to ") if lock else " ".join(resource.nodes[:1])
    shown = f" ({', '.join('LOCKED' if flag == lock else flag for flag in flags)})" if flags else ""
    if len(resource.nodes) > 1:
        return f"{orphaned}{resource.role}{shown} [ {' '.join(resource.nodes)} ]"
    return f"{orphaned}{resource.role}{' ' if at else ''}{at}{shown}"


def one_parenthesis(state: str) -> str:
    """Return ``state`` with the reason of a failed probe among the flags, where crmtui has it."""
    return " ".join(state.replace(")  (", ", ").split())


def compare(cluster: Cluster, text: str) -> int:
    """Hold every line of crm_mon's text against ``cluster``; return how many there were."""
    primitives = [each for each in cluster.walk() if each.kind == "primitive"]
    lines = [match for match in map(PRIMITIVE.fullmatch, text.splitlines()) if match]
    assert [(m["id"], m["agent"]) for m in lines] == [(p.id, p.agent) for p in primitives]
    assert [one_parenthesis(m["state"]) for m in lines] == [as_text(p) for p in primitives]
    nodes = [match for match in map(NODE.fullmatch, text.splitlines()) if match]
    for match in nodes:
        node = cluster.node(match["name"])
        assert node is not None
        health = "" if node.health == "green" else f" (health is {node.health.upper()})"
        assert re.sub(r", feature set .*", "", match["state"]) == node.state + health
        assert match["kind"] == {"member": "", "remote": "Remote", "guest": "Guest"}[node.kind]
        assert (match["host"] or None) == node.host
    headers = [match for match in map(HEADER.fullmatch, text.splitlines()) if match]
    holders = [r for r in cluster.walk() if r.kind in ("group", "clone", "bundle")]
    assert [re.sub(r":\d+$", "", match["id"]) for match in headers] == [r.id for r in holders]
    for match, resource in zip(headers, holders, strict=True):
        assert sorted((match["flags"] or "").split(", ")) == sorted(resource.flags or [""])
    return len(lines) + len(nodes) + len(headers)


@pytest.mark.parametrize("name", [name for name in RECORDED if "empty" not in name])
def test_words_are_those_of_the_text(name: str) -> None:
    """Every node, resource and header line that crm_mon printed is said in the same words."""
    text = (DATA / f"{name}.txt").read_text(encoding="utf-8")

    assert compare(recorded(name), text) > 10


def installed(argv: tuple[str, ...], cib: Path) -> str:
    """Return what the installed crm_mon prints about ``cib``."""
    env = {**os.environ, "CIB_file": str(cib), "LC_ALL": "C"}
    return subprocess.run(argv, env=env, capture_output=True, text=True, check=True).stdout


@pytest.mark.skipif(shutil.which("crm_mon") is None, reason="Pacemaker's tools are not installed")
@pytest.mark.parametrize("case", ["flags", "nodes", "mixture", "demo"])
def test_words_are_those_of_the_installed_crm_mon(case: str, tmp_path: Path) -> None:
    """The crm_mon that is installed here says the same words too, whichever version it is."""
    cib = tmp_path / "cib.xml"
    cib.write_bytes(demo_cib() if case == "demo" else (DATA / f"{case}.cib").read_bytes())

    assert compare(parse(installed(XML, cib)), installed(TEXT, cib)) > 10


@pytest.mark.parametrize("name", RECORDED)
def test_everything_in_the_xml_is_known(name: str) -> None:
    """No attribute of a node or resource is left over as unknown in the versions recorded."""
    cluster = recorded(name)

    assert [node.extra for node in cluster.nodes if node.extra] == []
    assert [each.extra for each in cluster.walk() if each.extra] == []


@pytest.mark.parametrize("version", VERSIONS)
def test_what_failed_is_named(version: str) -> None:
    """A failed action names resource, interval, task, node and outcome, from its key."""
    failures = recorded(f"flags-{version}").failures

    assert [(f.resource, f.operation, f.node, f.key) for f in failures] == [
        ("failed", "10s-interval monitor", "n1", "failed_monitor_10000"),
        ("blocked", "stop", "n1", "blocked_stop_0"),
        ("ignored", "10s-interval monitor", "n1", "ignored_monitor_10000"),
        ("db", "10s-interval monitor", "n1", "db_monitor_10000"),
    ]
    assert failures[0].exit.lower() == "not running"
    assert {f.reason for f in failures} == {""}


@pytest.mark.parametrize(
    ("key", "resource", "operation"),
    [
        ("my_db_monitor_0", "my_db", "probe"),
        ("my_db_migrate_to_0", "my_db", "migrate_to"),
        ("vm_migrate_from_0", "vm", "migrate_from"),
        ("db_post_notify_start_0", "db", "post_notify_start"),
        ("db_monitor_90500", "db", "90.500s-interval monitor"),
        ("db_monitor_90061000", "db", "90061s-interval monitor"),
        ("db_monitor_60000", "db", "60s-interval monitor"),
        ("db_monitor_7200000", "db", "2h-interval monitor"),
        ("db_monitor_250", "db", "250ms-interval monitor"),
        ("nonsense", "nonsense", "unknown action"),
    ],
)
def test_operation_keys_are_read(key: str, resource: str, operation: str) -> None:
    """An operation key is taken apart although names hold underscores too."""
    (failure,) = parse(
        document(f'<failures><failure op_key="{key}" node="n1"/></failures>')
    ).failures

    assert (failure.resource, failure.operation) == (resource, operation)


def test_an_exit_reason_is_told_as_the_agent_wrote_it() -> None:
    """crm_mon escapes it twice; the page shows the apostrophe, not the entity."""
    said = "couldn&amp;apos;t find command: ifconfig"
    (failure,) = parse(
        document(
            '<failures><failure op_key="ip_start_0" node="n1" exitstatus="not installed" '
            f'exitreason="{said}"/></failures>'
        )
    ).failures

    assert failure.reason == "couldn't find command: ifconfig"


@pytest.mark.parametrize("version", VERSIONS)
def test_collections_take_nodes_and_roles_from_what_they_hold(version: str) -> None:
    """A collection runs where any member runs, and has the role only that all of them share."""
    found = {each.id: each for each in recorded(f"flags-{version}").walk()}

    assert (found["db-clone"].nodes, found["db-clone"].role) == (("n1", "n2"), "")
    assert (found["pair"].nodes, found["pair"].role) == (("n1",), "")
    assert found["db-clone"].is_failed
    assert "each:1" in found


@pytest.mark.parametrize("version", VERSIONS)
def test_bundles_and_cloned_groups_are_trees(version: str) -> None:
    """A bundle holds replicas with names of their own, a clone groups without instance numbers."""
    bundle, clone = recorded(f"mixture-{version}").resources

    assert (bundle.kind, bundle.agent) == ("bundle", "web:1")
    assert [(each.kind, each.id) for each in bundle.children] == [
        ("replica", "web[0]"),
        ("replica", "web[1]"),
    ]
    assert {(each.kind, each.id) for each in clone.children} == {("group", "inner")}


@pytest.mark.parametrize("version", VERSIONS)
def test_the_other_sections_are_read(version: str) -> None:
    """Maintenance mode, fail counts, tickets, bans and attributes come from their sections."""
    cluster = recorded(f"mixture-{version}")

    assert (cluster.dc, cluster.has_quorum, cluster.is_maintenance) == ("n1", True, True)
    assert [(f.resource, f.node, f.count) for f in cluster.failcounts] == [("a", "n1", "2")]
    assert [(t.id, t.status, t.is_standby) for t in cluster.tickets] == [("site", "granted", False)]
    assert [(b.resource, b.node, b.promoted_only) for b in cluster.bans] == [("web", "n2", False)]
    assert ("n1", "pingd", "0") in [(a.node, a.name, a.value) for a in cluster.attributes]
    assert dict(cluster.options)["maintenance-mode"] == "true"


@pytest.mark.parametrize("version", VERSIONS)
def test_history_has_times_and_outcomes(version: str) -> None:
    """Each operation that ran says what it was, where, when, how long and how it ended."""
    cluster = recorded(f"flags-{version}")

    start, monitor = (run for run in cluster.history_of("failed") if run.node == "n1")

    assert (start.operation, start.status, start.call) == ("start", 0, 2)
    assert (monitor.operation, monitor.status) == ("10s-interval monitor", 7)
    assert (monitor.execution, monitor.queued) == (10, 0)
    assert monitor.exit.lower() == "not running"
    assert times.printed(monitor.when) is not None
    assert [run.operation for run in cluster.history_of("absent")] == ["probe", "probe"]
    assert [run.resource for run in cluster.history_of("each")] == ["each:0"]


@pytest.mark.parametrize("version", VERSIONS)
def test_fail_counts_have_their_threshold(version: str) -> None:
    """A threshold that nobody set is infinite, in the word that a fail count has for it."""
    (count,) = recorded(f"mixture-{version}").failcounts

    assert (count.count, count.threshold) == ("2", "INFINITY")


def document(inside: str, summary: str = "") -> str:
    """Return a document of crm_mon's with ``inside`` in it."""
    return (
        f'<pacemaker-result api-version="2.25"><summary>{summary}</summary>{inside}'
        '<status code="0" message="OK"/></pacemaker-result>'
    )


def test_fencing_history_is_read() -> None:
    """A fencing event has its target, how it ended, and why where it failed."""
    history = (
        '<fence_history status="0"><fence_event action="reboot" target="n2" client="c" origin="n1"'
        ' status="failed" exit-reason="no route" completed="today"/></fence_history>'
    )
    (event,) = parse(document(history)).fencing

    assert (event.target, event.action, event.status) == ("n2", "reboot", "failed")
    assert (event.reason, event.completed, event.delegate) == ("no route", "today", "")


def test_fencing_is_found_under_its_old_and_new_name() -> None:
    """``fencing-enabled`` of Pacemaker 3.0.2 says what ``stonith-enabled`` said, and wins."""
    old = document("", '<cluster_options stonith-enabled="false"/>')
    new = document("", '<cluster_options fencing-enabled="false" stonith-enabled="true"/>')

    assert not parse(old).is_fencing_enabled
    assert not parse(new).is_fencing_enabled
    assert parse(document("")).is_fencing_enabled


def test_legacy_roles_get_their_new_names() -> None:
    """A build that still says Master and Slave is read as Promoted and Unpromoted."""
    resources = (
        '<resources><clone id="c" multi_state="true"><resource id="a" role="Master"/>'
        '<resource id="a" role="Slave"/><resource id="a" role="Master" failed="true"/>'
        "</clone></resources>"
    )
    (clone,) = parse(document(resources)).resources

    assert [r.role for r in clone.children] == ["Promoted", "Unpromoted", "FAILED Promoted"]


def test_new_words_are_carried_and_new_elements_ignored() -> None:
    """Additions of a later Pacemaker are kept by name on the value, and never an error."""
    later = (
        '<nodes><node name="n1" id="1" online="true" mood="calm"/></nodes><weather/>'
        '<resources><resource id="a" role="Started" removed="true" shade="blue"><halo/></resource>'
        '<constellation id="x"/></resources>'
    )
    cluster = parse(document(later))

    assert cluster.nodes[0].extra == (("mood", "calm"),)
    assert [r.id for r in cluster.resources] == ["a"]
    assert cluster.resources[0].extra == (("shade", "blue"),)
    assert cluster.resources[0].is_orphaned


def test_text_is_made_safe() -> None:
    """Names from the cluster hold no control characters and no second line."""
    names = document('<nodes><node name="a&#10;b&#9;c&#133;" id="1" online="true"/></nodes>')

    assert parse(names, name="x\x1b[31my\n").nodes[0].name == "a b c"
    assert parse(names, name="x\x1b[31my\n").name == "xy"


@pytest.mark.parametrize("text", ["", "  \n", "<pacemaker-result", "no xml", "<a/><b/>", "\x00"])
def test_what_is_no_xml_is_unreadable(text: str) -> None:
    """Output that is empty, cut off or no XML is an error with a next step."""
    with pytest.raises(CibUnreadable) as caught:
        parse(text)

    assert caught.value.hint


def test_a_document_type_is_refused() -> None:
    """A document type, in which entity bombs are declared, is refused before it is expanded."""
    bomb = '<!DOCTYPE b [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' + document("")

    with pytest.raises(CibUnreadable, match="document type"):
        parse(bomb)


def test_a_result_of_another_program_is_unreadable() -> None:
    """A document that is not about a cluster says which program was expected."""
    with pytest.raises(CibUnreadable) as caught:
        parse("<html><body/></html>")

    assert "crm_mon --output-as=xml" in caught.value.hint


def refused(code: int, *errors: str) -> str:
    """Return what crm_mon prints where it cannot show a cluster."""
    said = "".join(f"<error>{error}</error>" for error in errors)
    return (
        f'<pacemaker-result api-version="2.25"><status code="{code}" message="no">'
        f"<errors>{said}</errors></status></pacemaker-result>"
    )


def test_a_newer_schema_says_so() -> None:
    """An error in a document that claims success is a CIB that this Pacemaker cannot read."""
    why = "Could not connect to the CIB: Update does not conform to the configured schema"
    with pytest.raises(CibUnreadable, match="does not conform") as caught:
        parse(refused(0, why))

    assert "newer than this Pacemaker" in caught.value.hint


def test_an_empty_file_says_so() -> None:
    """A success without a cluster, which 2.1.5 prints of an empty file, is an empty CIB."""
    with pytest.raises(CibUnreadable, match="empty"):
        parse('<pacemaker-result api-version="2.25"><status code="0"/></pacemaker-result>')


def test_a_missing_file_is_unreadable() -> None:
    """A file that is not there is not mistaken for a schema or a cluster that is down."""
    with pytest.raises(CibUnreadable, match="No such device") as caught:
        parse(refused(0, "Could not connect to the CIB: No such device or address"))

    assert "schema" not in caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        refused(102, "crm_mon: Connection to cluster failed: Connection refused"),
        refused(0, "Could not connect to the CIB: Transport endpoint is not connected"),
        refused(124),
        '<pacemaker-result><crm-mon-disconnected description="Connection refused"/>'
        '<status code="102"/></pacemaker-result>',
        '<pacemaker-result><crm-mon-disconnected pacemakerd-state="starting_daemons"/>'
        '<status code="102"/></pacemaker-result>',
    ],
)
def test_a_cluster_that_is_down_is_unavailable(text: str) -> None:
    """Each of crm_mon's ways to say that it is not connected is a cluster that is not running."""
    with pytest.raises(ClusterUnavailable) as caught:
        parse(text)

    assert "crm cluster start" in caught.value.hint


def test_a_user_without_rights_is_told() -> None:
    """Insufficient privileges are neither a broken CIB nor a cluster that is down."""
    with pytest.raises(PermissionRefused, match="Permission denied"):
        parse(refused(4, "crm_mon: Connection to cluster failed: Permission denied"))


@pytest.mark.skipif(shutil.which("crm_mon") is None, reason="Pacemaker's tools are not installed")
@pytest.mark.parametrize("content", ['<cib validate-with="pacemaker-99.9"/>', "<cib", "<foo/>"])
def test_the_installed_crm_mon_refuses_such_cibs(content: str, tmp_path: Path) -> None:
    """Output of the installed crm_mon about a CIB that it cannot read is never taken for a cluster."""
    cib = tmp_path / "cib.xml"
    cib.write_text(content, encoding="utf-8")
    said = installed(XML, cib)
    if "<summary>" in said:
        # 2.1.5 makes an empty cluster of a file that is cut off: no node, no DC, and it says so.
        assert parse(said).nodes == ()
        return
    with pytest.raises(CibUnreadable):
        parse(said)
