"""A small cluster to try things on: three nodes, a web service, a database, fencing.

``tests/make_demo.py`` makes it from ``tests/data/demo.crm`` with the real tools.
"""

from __future__ import annotations

from importlib.resources import files


def demo_cib() -> bytes:
    """Return the demo cluster's CIB, status included; a fresh copy is all that may be changed."""
    return files(__name__).joinpath("demo.xml").read_bytes()
