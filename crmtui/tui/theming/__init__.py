"""Themes: colours, contrast, monochrome, ASCII."""
