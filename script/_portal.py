"""Runs one of the commands of this folder inside the project's environment: _portal.py COMMAND …"""

import importlib
import sys

from _supervisor.process import SetupFailed, StopRequested

COMMANDS = {
    "server": "_supervisor.server",
    "manage": "_supervisor.manage",
    "test": "_supervisor.testing",
    "guard": "_supervisor.guard",
    "check": "_supervisor.checks",
    "dev-services": "_supervisor.dev_services",
}


def main() -> int:
    """Run it; a reason that a person can act on goes to standard error, in place of a traceback."""
    try:
        return int(importlib.import_module(COMMANDS[sys.argv[1]]).main(sys.argv[2:]))
    except SetupFailed as error:
        print(error, file=sys.stderr)
        return error.code
    except (StopRequested, KeyboardInterrupt):
        return 130


if __name__ == "__main__":
    sys.exit(main())
