"""What every page, dialog and wizard is given."""

from dataclasses import dataclass

from desktop.services.sessions import Session
from desktop.ui.actions import Actions
from desktop.ui.navigation import Navigation
from desktop.ui.settings import Settings
from desktop.ui.tasks import Tasks
from desktop.ui.theme import Theme
from desktop.ui.topics import Topics
from desktop.ui.widgets.toast import Toast


@dataclass(frozen=True, slots=True)
class Context:
    """The session and the ways to work: read and write through `tasks` alone, never by calling a service directly.

    `session` itself is for facts that need no database: `role`, `today`, `masked`, `workspace.identity`.
    """

    session: Session
    tasks: Tasks
    topics: Topics
    navigate: Navigation
    settings: Settings
    theme: Theme
    toast: Toast
    actions: Actions
