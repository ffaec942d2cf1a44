"""What surrounds the program: the lock, the licences of what is packaged, the glibc that a bundle needs, the bench."""

import json
import platform
import re
import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import held, shown
from benchmarks.measuring import by_turns, line
from installer import elf, notices
from tests.house.sources import ROOT


def test_the_lock_names_no_index_and_every_package_has_a_hash() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert re.findall(r"https?:|--index|--find-links|--extra-index", text) == []
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert [block for block in blocks if "--hash=sha256:" not in block] == []


def test_every_dependency_of_the_program_is_in_the_lock() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = set(re.findall(r"^([a-z0-9-]+)==", text, flags=re.MULTILINE))
    named = {re.sub(r"[-_.]+", "-", one.metadata["Name"]).lower() for one in notices.runtime()}
    assert named <= locked


def test_everything_that_is_packaged_names_its_licence() -> None:
    assert {one.metadata["Name"] for one in notices.runtime() if not notices.licence_of(one)} == set()


def test_the_notices_hold_the_licence_texts_and_a_bill_of_materials(tmp_path: Path) -> None:
    folder = tmp_path / "licences"
    notices.write(folder, ROOT)
    bill = json.loads((folder / "sbom.json").read_text(encoding="utf-8"))
    names = {part["name"] for part in bill["components"]}
    assert {"PySide6_Essentials", "sqlcipher3", "CPython"} <= names
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in (folder / "LGPL-3.0.txt").read_text(encoding="utf-8")
    assert "PySide6_Essentials" in (folder / "NOTICE.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("module", ["_ssl", "_ctypes"])
def test_a_library_needs_a_glibc_no_newer_than_the_one_it_runs_on(module: str) -> None:
    __import__(module)
    needed = elf.glibc_of(Path(sys.modules[module].__file__ or ""))
    here = tuple(int(part) for part in platform.libc_ver()[1].split("."))
    assert (2, 0) < needed <= here


def test_a_scan_passes_over_what_is_no_program(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("GLIBC_9.9", encoding="utf-8")
    assert elf.scan(tmp_path) == {}


def test_a_ratio_holds_its_goal_from_the_better_side() -> None:
    assert held(line("a", 1.0, 1.0)) is True
    assert held(line("a", 1.1, 1.0)) is False
    assert held(line("a", 0.8, 0.9, better="more")) is False
    assert held(line("a", 5.0)) is None


def test_a_line_of_the_bench_shows_ratio_goal_and_bare_figures() -> None:
    assert shown(line("甲", 0.5, 2.0, note="1 / 2 ms")).split() == ["✓", "甲", "0.500", "≤", "2", "1", "/", "2", "ms"]


def test_two_works_are_measured_by_turns_and_the_first_pair_is_left_out() -> None:
    order: list[str] = []
    figures = iter([9.0, 9.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0])

    def measure(work: object) -> float:
        assert callable(work)
        work()
        return next(figures)

    found = by_turns(lambda: order.append("ours"), lambda: order.append("limit"), rounds=3, measure=measure)
    assert (found, order) == ((3.0, 4.0), ["ours", "limit"] * 4)
