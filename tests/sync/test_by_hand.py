"""Debian's own tar, minisign, age, zstd and jq open our packages, and make packages that we accept (§10)."""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from desktop.sync.canonical import dump
from desktop.sync.payload_reader import End
from tests.sync.package_world import World, read_all

TOOLS = ("tar", "minisign", "age", "zstd", "jq", "sha256sum")
pytestmark = pytest.mark.skipif(
    any(shutil.which(tool) is None for tool in TOOLS), reason="Debian's tools are not installed; dev.py installs them"
)


def shell(command: str, folder: Path) -> str:
    done = subprocess.run(
        ["bash", "-ceo", "pipefail", command], cwd=folder, capture_output=True, check=False, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_our_package_opens_by_the_line_of_the_specification(tmp_path: Path) -> None:
    world = World()
    lines = world.lines(30)
    path, _ = world.write(tmp_path, lines)
    path.rename(tmp_path / "x.dpk")
    (tmp_path / "site.json").write_bytes(dump(world.township.site().json()))
    (tmp_path / "key.txt").write_text(world.county.age.secret + "\n")
    said = shell(
        'tar xf x.dpk; minisign -VHm MANIFEST.json -P "$(jq -r .minisign site.json)"; jq -r .package_id MANIFEST.json',
        tmp_path,
    )
    assert "Trusted comment: doudi package 0193aad772f07000800000000000abcd\n0193aad772f07000800000000000abcd" in said
    checked = shell("""jq -r '.members[]|"\\(.sha256)  \\(.name)"' MANIFEST.json | sha256sum -c -""", tmp_path)
    assert checked == "README.txt: OK\ndata.jsonl.zst.age: OK\n"
    read = shell("age -d -i key.txt data.jsonl.zst.age | zstd -dc | jq -c .", tmp_path)
    assert [json.loads(line) for line in read.splitlines()] == [json.loads(line) for line in lines]


def test_a_package_made_by_hand_is_accepted(tmp_path: Path) -> None:
    world = World()
    lines = world.lines(30)
    (tmp_path / "data.jsonl").write_bytes(b"".join(lines))
    (tmp_path / "README.txt").write_text("手工制作\n", encoding="utf-8")
    shell(f"zstd -q -3 --check -c data.jsonl | age -r {world.county.age.public} > data.jsonl.zst.age", tmp_path)
    members = []
    for name in ("README.txt", "data.jsonl.zst.age"):
        content = (tmp_path / name).read_bytes()
        entry = {"name": name, "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
        members.append(entry | ({"raw": len(b"".join(lines))} if name.startswith("data") else {}))
    about: dict[str, object] = {
        **world.envelope().json(), "format": 1, "min_reader": 1, "suite": 1, "parent": None, "members": members,
        "schema": {"hash": "0" * 64, "version": 1},
    }  # fmt: skip
    (tmp_path / "loose.json").write_text(json.dumps(about, indent=1))
    (tmp_path / "key").write_text(world.township.signing.file())
    shell("jq -cS . loose.json > MANIFEST.json", tmp_path)
    shell(f"minisign -S -s key -t 'doudi package {about['package_id']}' -m MANIFEST.json", tmp_path)
    shell(
        "tar cf x.dpk --format=ustar --mode=644 --owner=0 --group=0 --numeric-owner --mtime=@0 "
        "MANIFEST.json MANIFEST.json.minisig README.txt data.jsonl.zst.age",
        tmp_path,
    )
    items = read_all(tmp_path / "x.dpk", world.reader())
    assert isinstance(items[-1], End)
    assert items[-1].rows == 30
