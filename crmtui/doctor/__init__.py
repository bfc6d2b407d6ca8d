"""What crmtui needs of a machine, and what to make of what is there. Pure."""
