"""A person types into the meeting form and the machine dies: run as a program of its own, killed from outside."""

import sys
from pathlib import Path

from desktop.services import drafts
from desktop.ui import application
from desktop.ui.main_window import MainWindow
from desktop.ui.pages.meetings import MeetingsPage
from desktop.ui.settings import Settings
from tests.support import places


def main(folder: Path) -> None:
    """Type, wait for the journal, say so, and wait to be killed."""
    settings = Settings()
    app = application.create(settings)
    session = places.reopen(folder)
    window = MainWindow(session, settings)
    window.show()

    def settle() -> None:
        app.processEvents()
        while not window.context.tasks.idle:
            app.processEvents()

    window.context.navigate.go("meetings", "new")
    settle()
    page = window.page()
    assert isinstance(page, MeetingsPage)
    assert page.form is not None
    page.form.body.kinds.set_value("committee")
    page.form.body.content.set_value("断电前写下的一句话")
    while not drafts.kept(session, kind="meeting"):  # autosave's own quiet time, nothing is pressed
        app.processEvents()
    print("kept", flush=True)
    app.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
