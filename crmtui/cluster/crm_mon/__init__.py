"""Parsers of crm_mon's XML."""
