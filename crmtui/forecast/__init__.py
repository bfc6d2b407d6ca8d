"""Forecast of a change before it is made: from crm_simulate's words to a readable forecast."""
