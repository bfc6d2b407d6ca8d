"""Entry point of ``python -m crmtui``, the same as the console script ``crmtui``."""

from crmtui.cli import main

if __name__ == "__main__":
    main()
