"""`python -m backline` is the same as the `backline` command."""

import sys

from backline.cli import main

if __name__ == "__main__":
    sys.exit(main())
