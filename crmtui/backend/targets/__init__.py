"""Targets: this node, a node behind ssh, or a CIB in a sandbox."""
