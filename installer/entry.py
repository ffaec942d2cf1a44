"""The one entry of the packaged program: the command line, the window and, with a hidden verb, the child process."""

import sys

from desktop.cli import main

if __name__ == "__main__":
    sys.exit(main())
