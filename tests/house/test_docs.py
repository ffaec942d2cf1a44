"""The pages that people read first are true: commands, rooms, nouns, links and version."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from desktop import __version__
from desktop.cli import parsing
from desktop.models.registry import LOCAL, PART_TABLES, RECORDS
from tests.house.sources import ROOT

PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


def page(name: str) -> str:
    """Give the text of a page by its path in the project."""
    return (ROOT / name).read_text(encoding="utf-8")


def dev_commands() -> set[str]:
    """Give the commands that dev.py itself names."""
    said = subprocess.run(
        [sys.executable, ROOT / "dev.py", "--help"], check=True, capture_output=True, text=True, encoding="utf-8"
    ).stdout
    found = re.search(r"\{([a-z,]+)\}", said)
    assert found
    return set(found[1].split(","))


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", "docs/architecture.md"])
def test_every_developer_command_that_a_page_names_exists(name: str) -> None:
    named = set(re.findall(r"dev\.py ([a-z]+)", page(name)))
    assert named <= dev_commands()


def test_the_readme_gives_the_two_commands() -> None:
    assert {"python3 dev.py run", "python3 dev.py test"} <= set(re.findall(r"python3 dev\.py \w+", page("README.md")))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_verb_of_the_command_line_that_a_page_names_exists(path: Path) -> None:
    parser = parsing.build()
    verbs = {name for action in parser._subparsers._group_actions for name in action.choices or ()}  # type: ignore[union-attr]
    spans = _CODE.findall(path.read_text(encoding="utf-8"))
    named = {verb for span in spans for verb in re.findall(r"\bdoudi ([a-z][a-z-]+)\b", span)}
    assert named <= verbs


def test_the_architecture_names_every_room() -> None:
    rooms = {path.stem for path in (ROOT / "desktop").iterdir() if not path.name.startswith("__")}
    text = page("docs/architecture.md")
    assert {room for room in rooms if f"`{room}/`" not in text and f"`{room}`" not in text} == set()


def test_every_table_has_its_words_in_the_glossary() -> None:
    text = page("docs/glossary.md")
    nouns = {model._meta.table_name for model in (*RECORDS, *PART_TABLES, *LOCAL)}
    assert {noun for noun in nouns if f"`{noun}`" not in text} == set()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_link_of_a_page_leads_to_a_file(path: Path) -> None:
    text = _CODE.sub("", path.read_text(encoding="utf-8"))
    links = [link for link in _LINK.findall(text) if not link.startswith("https:")]
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_the_change_log_names_this_version() -> None:
    assert f"## {__version__} " in page("CHANGELOG.md")


def test_every_decision_is_one_page_under_a_number_of_its_own() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [path.name.partition("-")[0] for path in decisions]
    assert len(set(numbers)) == len(numbers)
    for path, number in zip(decisions, numbers, strict=True):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert re.match(rf"# {number} \S", lines[0]), path.name
        assert len(lines) <= 70, path.name
