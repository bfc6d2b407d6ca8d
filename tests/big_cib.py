"""CIBs of any size, settled: the demo cluster with resources that are known to be stopped."""

from __future__ import annotations

from crmtui.demo import demo_cib

_HAS = 12
"""The resource instances that the demo cluster has of itself."""
_RESOURCE = (
    '<primitive id="{0}" class="ocf" provider="pacemaker" type="Dummy"><meta_attributes id="{0}-m">'
    '<nvpair id="{0}-r" name="target-role" value="Stopped"/></meta_attributes></primitive>'
)
_HISTORY = (
    '<lrm_resource id="{0}" class="ocf" provider="pacemaker" type="Dummy"><lrm_rsc_op id="{0}_last_0" '
    'operation="monitor" operation_key="{0}_monitor_0" crm_feature_set="3.15.1" interval="0" '
    'transition-key="1:0:7:0-0" transition-magic="0:7;1:0:7:0-0" call-id="1" rc-code="7" op-status="0" '
    'op-digest="0"/></lrm_resource>'
)


def big_cib(resources: int) -> bytes:
    """Return the CIB of the demo cluster with so many resources."""
    names = [f"more-{number}" for number in range(resources - _HAS)]
    text = demo_cib().decode()
    text = text.replace("</resources>", "".join(map(_RESOURCE.format, names)) + "</resources>", 1)
    history = "".join(map(_HISTORY.format, names))
    return text.replace("</lrm_resources>", history + "</lrm_resources>").encode()
