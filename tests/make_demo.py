"""Make ``crmtui/demo/demo.xml`` from ``tests/data/demo.crm``, with crm and Pacemaker's own tools.

Run it where crmsh and Pacemaker's command line tools are installed: ``python tests/make_demo.py``.
No cluster is needed or touched: the tools work on a file.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
COMMANDS = HERE / "data" / "demo.crm"
DEMO = HERE.parent / "crmtui" / "demo" / "demo.xml"

NODES = {"1": "alpha", "2": "beta", "3": "gamma"}
WHEN = "1700000000"
"""Time of everything that happened, in seconds since 1970; making the demo again changes nothing."""

# 3.7 is the oldest schema with the roles Promoted and Unpromoted; Pacemaker 2.1.0 brought it.
EMPTY = (
    '<cib crm_feature_set="3.7.1" validate-with="pacemaker-3.7" epoch="1" num_updates="0"'
    ' admin_epoch="0" have-quorum="1" dc-uuid="1"><configuration><crm_config/><nodes/><resources/>'
    "<constraints/></configuration><status/></cib>"
)


def run(cib: Path, *argv: str) -> None:
    """Run a cluster program on the file ``cib``, and show what it says where it fails."""
    done = subprocess.run(
        argv, env={**os.environ, "CIB_file": str(cib)}, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(argv)}\n{done.stdout}{done.stderr}")


def simulate(cib: Path, *more: str) -> None:
    """Let the scheduler carry the status in ``cib`` forward."""
    run(cib, "crm_simulate", "-Q", "-S", "-x", str(cib), "-O", str(cib), *more)


def attributes(node: str) -> str:
    """Return what the agents on ``node`` would have noted: who may be promoted, what answers."""
    values = {"master-database": {"1": "10", "2": "5"}.get(node), "pingd": "1000"}
    pairs = "".join(
        f'<nvpair id="status-{node}-{name}" name="{name}" value="{value}"/>'
        for name, value in values.items()
        if value
    )
    return (
        f'<node_state id="{node}"><transient_attributes id="{node}">'
        f'<instance_attributes id="status-{node}">{pairs}</instance_attributes>'
        "</transient_attributes></node_state>"
    )


def make(cib: Path) -> None:
    """Write the demo cluster to ``cib``."""
    cib.write_text(EMPTY, encoding="utf-8")
    run(cib, "crm", "--force", "configure", "load", "update", str(COMMANDS))
    simulate(cib, *(f"--node-up={name}" for name in NODES.values()))
    for node in NODES:
        run(cib, "cibadmin", "--modify", "--scope", "status", "--xml-text", attributes(node))
    simulate(cib)
    # The scheduler recovers it at once; the failed action stays on record.
    simulate(cib, "--op-inject=backup_monitor_60000@beta=7")
    simulate(cib)


def main() -> int:
    """Replace the shipped demo cluster."""
    with tempfile.TemporaryDirectory() as folder:
        cib = Path(folder) / "demo.xml"
        make(cib)
        text = cib.read_text(encoding="utf-8")
    times = r'(last-r\w+(?:-change)?="|name="last-failure-[^"]*" value=")\d+'
    DEMO.write_text(re.sub(times, rf"\g<1>{WHEN}", text), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
