"""`dev.py fonts` makes the rare faces once, and says plainly what it could not have."""

import hashlib
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from desktop.core.paths import resources

FILE = resources() / "fonts" / "rare.py"


@pytest.fixture
def rare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, working in a folder of its own on one face that no package carries."""
    spec = importlib.util.spec_from_file_location("rare", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "rare", module)
    spec.loader.exec_module(module)
    face = FILE.parent / "NotoSerifSC-Black.ttf"
    digest = hashlib.sha256(face.read_bytes()).hexdigest()
    source = module.Source("Face.ttf", "no-such-package-of-doudi", str(face).lstrip("/"), "nowhere", digest)
    monkeypatch.setattr(module, "RARE", tmp_path / "rare")
    monkeypatch.setattr(module, "SOURCES", (source,))
    monkeypatch.setattr(module, "text_face_characters", frozenset)
    return module


def test_a_face_that_the_machine_has_is_subset_once(rare: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert rare.main() == 0
    made = (rare.RARE / "Face.ttf").read_bytes()
    assert rare.main() == 0
    assert (rare.RARE / "Face.ttf").read_bytes() == made
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("Face.ttf：已备好，")
    assert second == "Face.ttf：已经备好"


def test_a_damaged_face_is_made_again(rare: ModuleType) -> None:
    rare.main()
    (rare.RARE / "Face.ttf").write_bytes(b"cut off")
    assert not rare.is_done(rare.SOURCES[0])
    assert rare.main() == 0
    assert rare.is_done(rare.SOURCES[0])


def test_what_cannot_be_had_is_said_plainly(
    rare: ModuleType, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rare, "SOURCES", (rare.Source("Face.ttf", "x", "nowhere/face.ttf", "", "0" * 64),))
    monkeypatch.setattr(rare.shutil, "which", lambda _tool: None)
    assert rare.main() == 1
    said = capsys.readouterr().out
    assert said == (
        "Face.ttf：没有备好，这台机器没有 apt-get。生僻字里只有它才有的字将打印不出，打印时会逐字指明。\n"
    )


def test_a_face_of_another_hash_is_not_taken(
    rare: ModuleType, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    source = rare.SOURCES[0]
    other = rare.Source(source.file, source.package, source.path, source.licence, "0" * 64)
    monkeypatch.setattr(rare, "SOURCES", (other,))
    monkeypatch.setattr(rare, "_download", lambda _source, _folder: None)
    assert rare.main() == 1
    assert "内容与登记的校验值不符" in capsys.readouterr().out
    assert not (rare.RARE / "Face.ttf").exists()
