"""The same command line on a bare terminal."""
