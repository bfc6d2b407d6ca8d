"""Command lines that read the CIB.

`queries.cib_query` runs them. Two other modules read the CIB together with something else: the first
snapshot of a cluster (`process.parallel`), and the copy for a forecast (`scheduler.cib_copy`).
"""

from __future__ import annotations

QUERY = ("cibadmin", "--query", "--local")
"""Query of the whole CIB, as the local node has it."""
QUERY_VERSION = (*QUERY, "--no-children")
"""Query of the outermost element alone, which has the version."""
QUERY_PROPERTIES = (*QUERY, "--scope", "crm_config")
"""Query of the cluster's properties."""
