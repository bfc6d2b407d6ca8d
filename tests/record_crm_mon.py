"""Make ``tests/data/crm_mon``: CIBs in unusual states, and what the real crm_mon says of them.

``python tests/record_crm_mon.py`` asks the installed crm_mon, with an argument ROOT the one of
another system, unpacked below ROOT, through chroot. Each CIB gives two files a version: the
XML that crmtui reads, and the text that its words have to equal.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

DATA = Path(__file__).parent / "data" / "crm_mon"
TEXT = ("crm_mon", "-1", "-r", "-R")
XML = ("crm_mon", "--output-as=xml")
WHEN = 1700000000
"""Seconds since 1970."""


def primitive(name: str, *, agent: str = "Dummy", meta: str = "", op: str = "") -> str:
    """Return the configuration of a primitive; ``meta`` is ``NAME=VALUE …``."""
    return (
        f'<primitive id="{name}" class="ocf" provider="pacemaker" type="{agent}">'
        f"{meta_attributes(name, meta)}<operations>{op}</operations></primitive>"
    )


def meta_attributes(owner: str, meta: str) -> str:
    """Return meta attributes, from ``NAME=VALUE …``."""
    return _nvset("meta_attributes", f"{owner}-meta", meta)


def attributes(owner: str, values: str) -> str:
    """Return instance attributes, from ``NAME=VALUE …``."""
    return _nvset("instance_attributes", f"{owner}-attr", values)


def _nvset(tag: str, name: str, values: str) -> str:
    pairs = (value.split("=") for value in values.split())
    nvpairs = "".join(f'<nvpair id="{name}-{k}" name="{k}" value="{v}"/>' for k, v in pairs)
    return f'<{tag} id="{name}">{nvpairs}</{tag}>' if values else ""


def done(task: str, call: int, rc: int = 0, *, interval: int = 0, status: int = 0) -> str:
    """Return one entry of a resource history; a pending one has rc 193 and status -1."""
    return f"{task}/{call}/{rc}/{interval}/{status}"


def history(resource: str, *entries: str, agent: str = "Dummy", lrm: str = "") -> str:
    """Return a resource's history on a node, from what ``done`` returned."""
    ops = "".join(_operation(resource, *entry.split("/")) for entry in entries)
    return (
        f'<lrm_resource id="{resource}" class="ocf" provider="pacemaker" type="{agent}"{lrm}>'
        f"{ops}</lrm_resource>"
    )


def _operation(resource: str, task: str, call: str, rc: str, interval: str, status: str) -> str:
    expected = "7" if task == "monitor" and interval == "0" else "0"
    key = f"{resource}_{task}_{interval}"
    return (
        f'<lrm_rsc_op id="{key}" operation_key="{key}" operation="{task}" crm_feature_set="3.16.2"'
        f' transition-key="1:1:{expected}:00000000-0000-0000-0000-000000000000"'
        f' transition-magic="{status}:{rc};1:1:{expected}:00000000-0000-0000-0000-000000000000"'
        f' call-id="{call}" rc-code="{rc}" op-status="{status}" interval="{interval}"'
        f' last-rc-change="{WHEN}" exec-time="10" queue-time="0"/>'
    )


def state(number: int, *histories: str, how: str = "online", values: str = "") -> str:
    """Return the status of the node n``number``."""
    known = {
        "online": 'in_ccm="true" crmd="online" join="member" expected="member"',
        "offline": 'in_ccm="false" crmd="offline" join="down" expected="down"',
        "lost": 'in_ccm="false" crmd="offline" join="member" expected="member"',
        "pending": 'in_ccm="true" crmd="offline" join="down" expected="down"',
        "unclean": 'in_ccm="true" crmd="offline" join="member" expected="member"',
    }
    transient = attributes(f"n{number}-transient", values)
    # crm_mon explains a failed probe only where the history names the node again.
    ran = "".join(histories).replace("<lrm_rsc_op ", f'<lrm_rsc_op on_node="n{number}" ')
    shown = f'<transient_attributes id="{number}">{transient}</transient_attributes>'
    return (
        f'<node_state id="{number}" uname="n{number}" {known[how]}>{shown if values else ""}'
        f'<lrm id="{number}"><lrm_resources>{ran}</lrm_resources></lrm></node_state>'
    )


def cib(
    resources: str, status: str, *, nodes: dict[int, str], options: str = "", more: str = ""
) -> str:
    """Return a CIB; ``nodes`` has each node's attributes, ``more`` constraints."""
    members = "".join(
        f'<node id="{n}" uname="n{n}">{attributes(f"n{n}", values)}</node>'
        for n, values in nodes.items()
    )
    properties = _nvset("cluster_property_set", "options", f"dc-version=2.1.5 {options}".strip())
    return (
        '<cib crm_feature_set="3.16.2" validate-with="pacemaker-3.7" epoch="1" num_updates="1"'
        ' admin_epoch="0" have-quorum="1" dc-uuid="1"><configuration>'
        f"<crm_config>{properties}</crm_config><nodes>{members}</nodes>"
        f"<resources>{resources}</resources><constraints>{more}</constraints></configuration>"
        f"<status>{status}</status></cib>\n"
    )


def flags() -> str:
    """Return a CIB whose resources are in every unusual state."""
    started = done("start", 2)
    resources = [
        primitive("disabled", meta="target-role=stopped"),
        primitive("unmanaged", meta="is-managed=false"),
        primitive("maintained", meta="maintenance=true"),
        primitive("failed"),
        primitive("blocked"),
        primitive("twice", meta="multiple-active=block"),
        primitive("starting"),
        primitive("stopping"),
        primitive("monitoring"),
        primitive("absent"),
        primitive(
            "ignored",
            op='<op id="ignored-monitor" name="monitor" interval="10s" on-fail="ignore"/>',
        ),
        f'<group id="pair">{primitive("first")}{primitive("second", meta="target-role=Stopped")}'
        "</group>",
        f'<clone id="db-clone">{meta_attributes("db-clone", "promotable=true")}'
        f"{primitive('db', agent='Stateful')}</clone>",
        f'<clone id="capped-clone">'
        f"{meta_attributes('capped-clone', 'promotable=true target-role=Unpromoted')}"
        f"{primitive('capped', agent='Stateful')}</clone>",
        f'<clone id="each-clone">{meta_attributes("each-clone", "globally-unique=true")}'
        f"{primitive('each')}</clone>",
    ]
    promoted = (done("start", 2), done("promote", 3))
    first = [
        history("unmanaged", started),
        history("maintained", started),
        history("failed", started, done("monitor", 3, 7, interval=10000)),
        history("blocked", started, done("stop", 3, 1)),
        history("twice", started),
        history("starting", done("start", 2, 193, status=-1)),
        history("stopping", started, done("stop", 3, 193, status=-1)),
        history("monitoring", started, done("monitor", 3, 193, interval=10000, status=-1)),
        history("absent", done("monitor", 2, 5, status=7)),
        history("ignored", started, done("monitor", 3, 1, interval=10000)),
        history("first", started),
        history("gone", started),
        history("db", *promoted, done("monitor", 4, 9, interval=10000), agent="Stateful"),
        history("capped", started, agent="Stateful"),
        history("each:0", started),
    ]
    second = [
        history("twice", started),
        history("absent", done("monitor", 2, 5, status=7)),
        history("db", started, agent="Stateful"),
    ]
    return cib(
        "".join(resources),
        state(1, *first) + state(2, *second),
        nodes={1: "", 2: ""},
        options="stonith-enabled=false",
    )


def nodes() -> str:
    """Return a CIB whose nodes are in every state."""
    started = done("start", 2)
    resources = [
        primitive("busy"),
        primitive("kept", meta="is-managed=false"),
        primitive("lost"),
        primitive("vm", meta="remote-node=guest"),
        primitive("far", agent="remote"),
        primitive("locked"),
        primitive(
            "strict", op='<op id="strict-op" name="monitor" interval="10s" on-fail="standby"/>'
        ),
    ]
    locked = history("locked", done("start", 2), done("stop", 3), lrm=f' shutdown-lock="{WHEN}"')
    return cib(
        "".join(resources),
        "".join(
            [
                state(1, history("busy", started), history("vm", started)),
                state(2, values="#health-disk=red"),
                state(3, history("kept", started)),
                state(4, locked, how="offline"),
                state(5, how="offline"),
                state(6),
                state(7, history("lost", started), how="lost"),
                state(8, how="unclean"),
                state(9, how="pending"),
                state(10, how="offline"),
                state(11, values="#health-cpu=yellow"),
                state(12),
                state(13, history("strict", started, done("monitor", 3, 7, interval=10000))),
                '<node_state id="guest" uname="guest" remote_node="true" in_ccm="true">'
                '<lrm id="guest"><lrm_resources/></lrm></node_state>',
            ]
        ),
        nodes={
            **dict.fromkeys((1, 2, 4, 7, 8, 9, 11, 13), ""),
            **dict.fromkeys((3, 5, 12), "standby=on"),
            **dict.fromkeys((6, 10), "maintenance=true"),
        },
        options="stonith-enabled=true shutdown-lock=true node-health-strategy=migrate-on-red",
    )


def mixture() -> str:
    """Return a CIB with a bundle, a cloned group, a ticket, a ban, and maintenance mode."""
    bundle = (
        '<bundle id="web"><docker image="web:1" replicas="2"/>'
        '<network ip-range-start="10.0.0.90"/>'
        f"{primitive('httpd')}</bundle>"
    )
    cloned = f'<clone id="both"><group id="inner">{primitive("a")}{primitive("b")}</group></clone>'
    status = state(
        1,
        history("a", done("start", 2)),
        history("b", done("start", 2)),
        values="fail-count-a#start_0=2 pingd=0",
    )
    more = (
        '<rsc_ticket id="for-both" rsc="both" ticket="site"/>'
        '<rsc_location id="cli-ban-web" rsc="web" node="n2" score="-INFINITY"/>'
    )
    site = f'<tickets><ticket_state id="site" granted="true" last-granted="{WHEN}"/></tickets>'
    return cib(
        bundle + cloned,
        status + state(2) + site,
        nodes={1: "", 2: ""},
        options="stonith-enabled=true maintenance-mode=true",
        more=more,
    )


def empty() -> str:
    """Return a CIB with nothing in it: no node, no resource, no DC."""
    return cib("", "", nodes={}).replace(' dc-uuid="1"', "")


CASES = {"flags": flags, "nodes": nodes, "mixture": mixture, "empty": empty}


def ask(argv: tuple[str, ...], cib_file: Path, root: Path | None) -> str:
    """Return what ``argv`` prints about ``cib_file``."""
    if root is None:
        command, name = list(argv), str(cib_file)
    else:
        shutil.copy(cib_file, root / "tmp" / cib_file.name)
        command, name = ["chroot", str(root), *argv], f"/tmp/{cib_file.name}"
    env = {"CIB_file": name, "TZ": "UTC", "LC_ALL": "C", "PATH": os.environ["PATH"]}
    said = subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout
    return re.sub(
        r'(last_update time="|Last updated: )[^"\n]*', r"\g<1>Tue Nov 14 22:13:20 2023", said
    )


def main(arguments: list[str]) -> int:
    """Write every CIB and what crm_mon prints of it."""
    root = Path(arguments[0]) if arguments else None
    with tempfile.TemporaryDirectory() as folder:
        probe = Path(folder) / "probe.xml"
        probe.write_text(empty(), encoding="utf-8")
        version = ask(("crm_mon", "--version"), probe, root).split()[1]
        for name, make in CASES.items():
            source = DATA / f"{name}.cib"
            source.write_text(make(), encoding="utf-8")
            for suffix, argv in (("xml", XML), ("txt", TEXT)):
                said = ask(argv, source, root)
                (DATA / f"{name}-{version}.{suffix}").write_text(said, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
