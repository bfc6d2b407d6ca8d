"""Engine of the command line: prompt_toolkit without a terminal, with completer and history."""
