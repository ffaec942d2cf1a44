"""The door: reads the words, runs the verb, answers, and turns every outcome into an exit code."""

import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from desktop.cli import answers, parsing
from desktop.core import logs
from desktop.core.errors import UserError
from desktop.core.paths import state_folder

WORKER = "--worker"
log = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code: 0 done, 1 refused, 2 usage, 3 workspace held, 4 a bug."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == [WORKER]:
        from desktop import worker

        return worker.main()
    options = parsing.parse(words)
    if options.verb is None:
        from desktop import app

        return app.run(options)
    name = f"{options.verb} {options.step}" if hasattr(options, "step") else options.verb
    try:
        from desktop.cli import verbs

        return answers.show(verbs.VERBS[name](options), as_json=options.json)
    except UserError as error:
        return answers.refuse(error, as_json=options.json)
    except KeyboardInterrupt:
        return answers.REFUSED
    except Exception as error:  # noqa: BLE001 - the last door: a bug is logged and said, never a bare trace
        return answers.bug(error, _note(name, error), as_json=options.json)


def _note(name: str, error: Exception) -> Path:
    """Write the trace of a bug to the log in the user's state folder, redacted, and give the file."""
    folder = state_folder() / "logs"
    handler = logs.start(folder)
    try:
        log.error("bug in %s", name, exc_info=error)
    finally:
        logs.stop(handler)
    return folder / logs.NAME
