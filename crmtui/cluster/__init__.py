"""What a cluster is, and how to read it from Pacemaker's own output. Pure: no processes, no screen."""
