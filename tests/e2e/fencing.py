"""A fencing device for labs that only says that it has fenced: the node then leaves by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.backend.process.run import put, run

if TYPE_CHECKING:
    from crmtui.backend.process.target import Target
    from crmtui.lab import Lab

DEVICE = 'primitive fencing stonith:fence_says_so params pcmk_host_list="n1 n2"'
"""The line of ``configure`` for it."""
_AGENT = """\
#!/bin/sh
action=
while IFS='=' read -r name value; do [ "$name" = action ] && action=$value; done
case $action in off|reboot) sleep {seconds} ;; esac
[ "$action" = metadata ] && cat <<'END'
<?xml version="1.0"?>
<resource-agent name="{name}" shortdesc="{short}">
<parameters/>
<actions><action name="off"/><action name="reboot"/><action name="monitor"/></actions>
</resource-agent>
END
exit 0
"""


def put_agent(target: Target, name: str, short: str, *, seconds: int = 0) -> None:
    """Put an agent on a node that says of each node that it is off, after some ``seconds``."""
    agent = _AGENT.format(name=name, short=short, seconds=seconds)
    put(target, agent.encode(), f"/usr/sbin/{name}")


def install_device(lab: Lab) -> None:
    """Put the agent on both nodes."""
    for name in ("n1", "n2"):
        put_agent(lab.target(name), "fence_says_so", "Says so")


def bring_back(lab: Lab, node: str) -> None:
    """Start a node's cluster again, that left as it was told that it had been fenced."""
    run(lab.target(node), ("systemctl", "restart", "corosync", "pacemaker"), timeout=60)
