"""A fencing device for labs that only says that it has fenced: the node then leaves by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.crm.process import put, run

if TYPE_CHECKING:
    from crmtui.lab import Lab

DEVICE = 'primitive fencing stonith:fence_says_so params pcmk_host_list="n1 n2"'
"""The line of ``configure`` for it."""
_AGENT = """\
#!/bin/sh
action=
while IFS='=' read -r name value; do [ "$name" = action ] && action=$value; done
[ "$action" = metadata ] && cat <<'END'
<?xml version="1.0"?>
<resource-agent name="fence_says_so" shortdesc="Says so">
<parameters/>
<actions><action name="off"/><action name="reboot"/><action name="monitor"/></actions>
</resource-agent>
END
exit 0
"""


def install_device(lab: Lab) -> None:
    """Put the agent on both nodes."""
    for name in ("n1", "n2"):
        put(lab.target(name), _AGENT.encode(), "/usr/sbin/fence_says_so")


def bring_back(lab: Lab, node: str) -> None:
    """Start a node's cluster again, that left as it was told that it had been fenced."""
    run(lab.target(node), ("systemctl", "restart", "corosync", "pacemaker"), timeout=60)
