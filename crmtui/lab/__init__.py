"""Throwaway clusters of real nodes: Corosync and Pacemaker in systemd-nspawn containers."""
