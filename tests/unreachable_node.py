"""The demo cluster in the moment before it fences a node, whatever anybody does."""

from __future__ import annotations

from crmtui.demo import demo_cib

_MEMBER = b'uname="alpha" in_ccm="true" crmd="online"'
_GONE = b'uname="alpha" in_ccm="false" crmd="offline"'


def with_alpha_unreachable() -> bytes:
    """Return the demo's CIB with a node that has left without a word."""
    content = demo_cib()
    assert _MEMBER in content
    return content.replace(_MEMBER, _GONE)
