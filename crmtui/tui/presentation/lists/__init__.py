"""Lists without a screen: which rows are shown, and in which order. Pure."""
