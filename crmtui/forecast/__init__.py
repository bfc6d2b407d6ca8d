"""What a change would do, before it is done: from crm_simulate's words to a readable forecast."""
