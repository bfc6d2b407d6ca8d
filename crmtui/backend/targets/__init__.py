"""Targets: a cluster here, behind ssh, or a CIB in a sandbox."""
