"""Presentation: values to lines of text, pure."""
