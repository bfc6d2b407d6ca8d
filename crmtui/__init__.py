"""crmtui: the screen a Pacemaker administrator keeps open."""

__version__ = "0.2.0"
