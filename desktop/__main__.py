"""`python -m desktop`: the same door as `doudi`."""

import sys

from desktop.cli import main

if __name__ == "__main__":
    sys.exit(main())
