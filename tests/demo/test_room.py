"""The generator plans its findings and never runs the rules."""

import ast
from pathlib import Path

ROOM = Path(__file__).parents[2] / "desktop" / "demo"
SERVICES = {
    "accounts", "attachments", "branches", "loading", "meeting_drafts", "meeting_states", "meetings", "minutes",
    "sessions", "workspaces",
}  # fmt: skip
PURE = {"bulk", "branches", "faults", "gatherings", "minutes", "names", "numbers", "organisations", "people", "plan"}
PURE |= {"ledger_people", "ledger_works", "small", "standing", "texts", "town"}


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return {name for name in found if name.startswith("desktop.")}


def test_the_demo_reaches_neither_rules_nor_findings() -> None:
    reached = set().union(*(imports(path) for path in ROOM.glob("*.py")))
    assert not [name for name in reached if name.startswith(("desktop.rules", "desktop.models", "desktop.sync"))]
    services = {name.split(".")[2] for name in reached if name.startswith("desktop.services.")}
    assert services <= SERVICES


def test_the_plan_itself_needs_nothing_but_the_ground_floor() -> None:
    for name in PURE:
        for reached in imports(ROOM / f"{name}.py"):
            assert reached.startswith(("desktop.core.", "desktop.demo")), (name, reached)
