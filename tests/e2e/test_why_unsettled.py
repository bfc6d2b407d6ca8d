"""Causes in an unsettled cluster: its state now is told apart from the scheduler's intention."""

from __future__ import annotations

import re

import pytest

from crmtui.backend.scheduler.why import explain
from crmtui.backend.targets.cib_source import CibSource
from crmtui.backend.targets.sandbox import Sandbox
from crmtui.demo import demo_cib
from crmtui.forecast.why_answer import to_text

DEMO = demo_cib().decode()
THEN = "; once the cluster has settled it would"
KEY = "6:-1:0:xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"


def lost(node: str, cib: str = DEMO) -> str:
    """Return the CIB with a node that went away and was not fenced yet."""
    up = 'in_ccm="true" crmd="online" join="member"'
    assert f'uname="{node}" {up}' in cib
    return cib.replace(
        f'uname="{node}" {up}', f'uname="{node}" in_ccm="false" crmd="offline" join="down"'
    )


def meta(name: str, value: str, cib: str = DEMO) -> str:
    """Return the CIB with a meta attribute of backup, with nothing done about it yet."""
    one = f'<nvpair id="n-{name}" name="{name}" value="{value}"/>'
    return re.sub(
        '<primitive id="backup"[^>]*>',
        rf'\g<0><meta_attributes id="m-{name}">{one}</meta_attributes>',
        cib,
    )


def under_way(operation: str, cib: str = DEMO) -> str:
    """Return the CIB with an operation of backup on beta that has not ended."""
    front, mark, rest = cib.partition('uname="beta" in_ccm')
    history = re.search('(<lrm_resource id="backup"[^>]*>)(.*?)</lrm_resource>', rest, re.DOTALL)
    assert history is not None
    started = re.search("<lrm_rsc_op .*?/>", history[2], re.DOTALL)
    assert started is not None
    before = started[0].replace("last_0", "start_0") if operation == "stop" else ""
    running = (
        f'<lrm_rsc_op id="backup_last_0" operation_key="backup_{operation}_0" operation="{operation}" '
        f'crm_feature_set="3.16.1" transition-key="{KEY}" transition-magic="-1:193;{KEY}" '
        'call-id="-1" rc-code="193" op-status="-1" interval="0" last-rc-change="1700000000"/>'
    )
    return f"{front}{mark}{rest.replace(history[2], before + running, 1)}"


def told(cib: str, resource: str) -> str:
    """Return the answer for a CIB as it is."""
    sandbox = Sandbox(CibSource.parse("demo", cib.encode()))
    try:
        return to_text(explain(sandbox, resource))
    finally:
        sandbox.close()


@pytest.mark.parametrize(
    ("cib", "resource", "state"),
    [
        (DEMO, "backup", "backup runs on beta"),
        (lost("gamma"), "fence-gamma", f"fence-gamma is on gamma (UNCLEAN){THEN} run on alpha"),
        (lost("gamma"), "backup", "backup runs on beta"),
        (lost("alpha"), "webservice", f"webservice is on alpha (UNCLEAN){THEN} run on beta"),
        (
            lost("gamma"), "gateway-clone",
            f"gateway-clone runs on alpha, beta and is on gamma (UNCLEAN){THEN} run on alpha, beta",
        ),
        (under_way("start"), "backup", f"backup is Starting on beta{THEN} run on beta"),
        (
            under_way("stop", meta("target-role", "Stopped")), "backup",
            f"backup is Stopping on beta (disabled){THEN} not run",
        ),
        (
            meta("target-role", "Stopped"), "backup",
            f"backup runs on beta (disabled){THEN} not run",
        ),
        (
            DEMO.replace(
                '<primitive id="backup"',
                '<primitive id="fence-x" class="stonith" type="fence_ipmilan"/><primitive id="backup"',
            ),
            "fence-x", f"fence-x does not run{THEN} run on alpha",
        ),
        (meta("is-managed", "false"), "backup", "backup runs on beta (unmanaged)"),
        (
            lost("beta", meta("is-managed", "false")), "backup",
            f"backup is on beta (UNCLEAN, unmanaged){THEN} not run",
        ),
    ],
    ids=[
        "settled", "unclean", "elsewhere", "unclean group", "unclean instance", "starting", "stopping",
        "to be stopped", "to be started", "unmanaged", "unmanaged and unclean",
    ],
)  # fmt: skip
def test_the_state_is_that_of_now(cib: str, resource: str, state: str) -> None:
    """The first line says what crm_mon says, and apart from it what the scheduler would do."""
    assert told(cib, resource).splitlines()[0] == state


def test_what_is_only_intended_is_told_as_such() -> None:
    """No answer says of a resource that it runs where it does not run yet."""
    text = told(lost("gamma"), "fence-gamma")
    assert "nothing draws fence-gamma to alpha, the scheduler would choose it" in text
    assert "fence-gamma cannot stay on gamma, which is UNCLEAN (offline)" in text
    assert "fence-gamma runs" not in text
    text = told(meta("target-role", "Stopped"), "backup")
    assert "backup would not run, because\n  proved:   the target role of backup is Stopped" in text
    assert "webservice would run on beta, because" in told(lost("alpha"), "webservice")


@pytest.mark.parametrize(
    "cib",
    [
        meta("is-managed", "false"),
        DEMO.replace(
            '<cluster_property_set id="cib-bootstrap-options">',
            '<cluster_property_set id="cib-bootstrap-options">'
            '<nvpair name="maintenance-mode" value="true" id="mm"/>',
        ),
    ],
    ids=["unmanaged", "maintenance"],
)
def test_what_is_left_alone_is_chosen_by_nobody(cib: str) -> None:
    """That the cluster does not manage a resource is why it stays where it runs."""
    text = told(cib, "backup")
    # The crm_mon of Pacemaker 2.1.5 calls both unmanaged.
    how = "in maintenance" if "runs on beta (maintenance)" in text else "unmanaged"
    assert f"certain:  backup is {how}, so the cluster leaves it where it is" in text
    assert "the scheduler chose it" not in text
