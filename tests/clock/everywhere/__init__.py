"""Folder for ``PYTHONPATH``: each Python program of a shifted run, crm too, reads it when it starts."""
