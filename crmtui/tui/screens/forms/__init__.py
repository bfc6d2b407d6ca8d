"""The screens of the guided forms."""
