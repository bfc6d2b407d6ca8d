"""Errors of a connection that failed, from the words of ssh."""

from __future__ import annotations

import re

from crmtui.errors import ClusterUnavailable, TargetInvalid

_CHANGED_KEY = re.compile(r"REMOTE HOST IDENTIFICATION HAS CHANGED")
_UNKNOWN_KEY = re.compile(r"Host key verification failed|No .* host key is known")
_REFUSED = re.compile(r"Permission denied")


def refusal(host: str, said: str) -> ClusterUnavailable | TargetInvalid:
    """Return the error for a connection that failed.

    Args:
        host: Host as the user named it.
        said: Errors that ssh printed.
    """
    last = said.strip().splitlines()[-1] if said.strip() else "ssh gave no reason"
    if _CHANGED_KEY.search(said):
        return TargetInvalid(
            f"The host key of {host} has changed: the connection may be intercepted.",
            hint="Nothing was sent. After a reinstallation: ssh-keygen -R HOST, then connect once.",
        )
    if _UNKNOWN_KEY.search(said):
        return ClusterUnavailable(
            f"The host key of {host} is not known ({last}).", hint=f"Connect once: ssh {host}"
        )
    if _REFUSED.search(said):
        return ClusterUnavailable(
            f"{host} refuses your login: {last}",
            hint=f"Try: ssh {host}. For another key: IdentityFile in ~/.ssh/config.",
        )
    return ClusterUnavailable(f"{host} cannot be reached: {last}", hint=f"Try: ssh {host}")
