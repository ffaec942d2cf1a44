"""A package of a real workspace, verified and opened with Debian's own tools by the lines of package-format.md §10."""

import json
import os
import subprocess
from dataclasses import asdict
from pathlib import Path

from desktop.services.exchange import site_keys
from tests.exchange.exchange_world import add, open_pair

LINES = """
set -eu
tar xf "$1"
minisign -VHm MANIFEST.json -P "$(jq -r .minisign site.json)"
jq -r '.members[]|"\\(.sha256)  \\(.name)"' MANIFEST.json | sha256sum -c -
age -d -i key.txt data.jsonl.zst.age | zstd -dc | jq -c . > lines.jsonl
jq -r .package_id MANIFEST.json > id.txt
"""


def test_debians_own_tools_open_what_a_township_exports(tmp_path: Path) -> None:
    pair = open_pair(tmp_path / "pair")
    try:
        add(pair.township, "person", name="仉𬭎", workplace="柳溪社区")
        package = pair.up().files[0]
        desk = tmp_path / "desk"
        desk.mkdir()
        own = pair.township.workspace.identity.site.hex()
        (sender,) = (site for site in site_keys.list_sites(pair.county) if site.site == own)
        (desk / "site.json").write_text(json.dumps(asdict(sender)), encoding="utf-8")
        site_keys.export(pair.county, out=desk / "key.txt", reason="人工核验数据包")
    finally:
        pair.close()
    script = [*("bash", "-c", LINES, "bash"), str(package)]
    done = subprocess.run(script, cwd=desk, env=os.environ | {"LC_ALL": "C.UTF-8"}, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    said = done.stdout.decode()
    assert "Signature and comment signature verified" in said
    assert f"doudi package {(desk / 'id.txt').read_text().strip()}" in said
    lines = [json.loads(line) for line in (desk / "lines.jsonl").read_text(encoding="utf-8").splitlines()]
    assert lines[0]["from"]["path"] == "/329901/001"
    at = next(at for at, line in enumerate(lines) if isinstance(line, dict) and line.get("t") == "person")
    person = dict(zip(lines[at]["cols"], lines[at + 1], strict=False))
    assert (person["name"], person["workplace"]) == ("仉𬭎", "柳溪社区")
    assert lines[-1]["end"] == 1
