"""Lets ``python -m crmtui`` do what the console script ``crmtui`` does."""

from crmtui.cli import main

if __name__ == "__main__":
    main()
