"""Scheduler questions: forecast, why, undo; crm_simulate on copies of the CIB."""
