"""Makes the databases of the tests: an empty plain township of the present schema, as a program of it would leave it.

`python -m tests.support.databases` writes `tests/fixtures/databases/township-N.db`, once when schema N is released.
"""

import shutil
import tempfile
from pathlib import Path

from desktop.models import migrations
from desktop.services import workspaces
from tests.support import places

FOLDER = Path(__file__).parents[1] / "fixtures" / "databases"


def main() -> None:
    """Write the file of the present schema."""
    with tempfile.TemporaryDirectory() as folder:
        session = places.open_new(Path(folder) / "w", encrypted=False)
        workspaces.close(session.workspace)
        FOLDER.mkdir(parents=True, exist_ok=True)
        shutil.copy(session.workspace.paths.database, FOLDER / f"township-{migrations.LATEST}.db")


if __name__ == "__main__":
    main()
