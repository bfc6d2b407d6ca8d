"""Everything that can be asked for, to be found by its name."""
