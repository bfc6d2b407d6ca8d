"""Cluster behind ssh, without any part of crmtui on its nodes.

`ssh_target` has the hosts and the one in use, `link` one host, `connection` one ssh to a host, and
`far_end` the programs there. ``session.sh`` runs on this machine, and ``far_end.sh`` on the host.
"""

from crmtui.backend.targets.ssh.ssh_target import SshTarget

__all__ = ["SshTarget"]
