"""Lets ``python -m diplograph`` do what the command ``diplograph`` does."""

from __future__ import annotations

from diplograph.cli import main

if __name__ == "__main__":
    main()
