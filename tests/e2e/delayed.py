"""An ssh ProxyCommand that adds a delay each way: ``python delayed.py SECONDS HOST PORT``."""

from __future__ import annotations

import os
import select
import socket
import sys
import time
from collections import deque


def main() -> None:
    """Carry bytes between standard input and output and a host, each chunk later by the delay."""
    delay, host, port = float(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    far = socket.create_connection((host, port))
    sinks = {0: far.fileno(), far.fileno(): 1}
    under_way: deque[tuple[float, int, bytes]] = deque()
    while True:
        left = max(0.0, under_way[0][0] - time.monotonic()) if under_way else None
        for source in select.select(list(sinks), [], [], left)[0]:
            chunk = os.read(source, 65536)
            if not chunk:
                return
            under_way.append((time.monotonic() + delay, sinks[source], chunk))
        while under_way and under_way[0][0] <= time.monotonic():
            _, sink, chunk = under_way.popleft()
            while chunk:
                chunk = chunk[os.write(sink, chunk) :]


if __name__ == "__main__":
    main()
