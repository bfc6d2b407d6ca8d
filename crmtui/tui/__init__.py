"""The Textual screen."""

import os

# Textual reads it when it is imported. After a moment of rest it paints at once, but then not again
# for one to two frames; with its own 60 a second these are what a command takes longest for.
os.environ.setdefault("TEXTUAL_FPS", "1000")
