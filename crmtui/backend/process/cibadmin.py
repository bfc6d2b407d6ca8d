"""Command lines that read the CIB.

Only `queries.cib_query` runs them, but for two that read it in one go with something else: the first
look at a cluster (`process.parallel`) and the copy for a forecast (`scheduler.cib_copy`).
"""

from __future__ import annotations

QUERY = ("cibadmin", "--query", "--local")
"""The whole CIB, as the node that is asked has it."""
QUERY_VERSION = (*QUERY, "--no-children")
"""The outermost element alone, which tells the version."""
QUERY_PROPERTIES = (*QUERY, "--scope", "crm_config")
"""The cluster's properties."""
