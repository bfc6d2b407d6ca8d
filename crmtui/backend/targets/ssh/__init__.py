"""The cluster on the other end of ssh; nothing of crmtui is needed there.

`target` knows the hosts and which of them is in use, `link` one host, `connection` one ssh to it, and
`far_end` reaches what runs there. Of the shell scripts ``session.sh`` runs here, ``far_end.sh`` there.
"""

from crmtui.backend.targets.ssh.ssh_target import SshTarget

__all__ = ["SshTarget"]
