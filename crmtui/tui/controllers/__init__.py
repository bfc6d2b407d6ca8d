"""Controllers: what keys and events do."""
