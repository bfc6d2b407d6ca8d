"""Diagnosis of a machine: the needs of crmtui, and findings about them. Pure."""
