"""What happened in the last days of the demo, done as people do it: records on every step of their way."""

from desktop.core.clock import FixedClock
from desktop.services.sessions import Session


def show(session: Session, clock: FixedClock) -> None:
    """Leave a draft, a handed-in, a returned, a passed, an archived and a corrected record to be seen."""
    del session, clock
