"""The door: reads the words, runs the verb, answers, and turns every outcome into an exit code."""

import logging
import sys
from collections.abc import Sequence

from desktop.cli import answers, parsing
from desktop.core.errors import UserError

WORKER = "--worker"
log = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code: 0 done, 1 refused, 2 usage, 3 workspace held, 4 a bug."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == [WORKER]:
        from desktop import worker

        return worker.main()
    options = parsing.build().parse_args(words)
    if options.verb is None:
        from desktop import app

        return app.run(options)
    from desktop.cli import verbs

    name = f"{options.verb} {options.step}" if hasattr(options, "step") else options.verb
    try:
        return answers.show(verbs.VERBS[name](options), as_json=options.json)
    except UserError as error:
        return answers.refuse(error, as_json=options.json)
    except KeyboardInterrupt:
        return answers.REFUSED
    except Exception as error:  # the last door: a bug is logged and said, never a bare trace
        log.exception("bug in %s", name)
        return answers.bug(error, as_json=options.json)
