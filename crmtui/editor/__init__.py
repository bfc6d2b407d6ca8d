"""The command line's engine: prompt_toolkit without a terminal, and its completer and history."""
