"""Writes the licences and the bill of materials (CycloneDX 1.5) of what the packaged program carries."""

import json
import platform
import shutil
import sqlite3
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

HEAD = """兜底通 采用 Apache-2.0 许可证，全文见 LICENSE。

程序文件夹里还有下列各方的作品，各按其许可证使用；许可证全文在本文件夹内，以名称分列。
Qt 与 PySide6 采用 LGPL-3.0：它们是 _internal/PySide6 下独立的动态库，可以用自己编译的同版本替换。
字体的许可证在 _internal/resources/fonts 下，与字体放在一起。
"""
TEXTS = Path(__file__).parent / "licences"  # what wheels name but do not carry: Qt's and PySide's
SILENT = {"peewee": "MIT", "pyrage": "MIT", "sqlcipher3": "Zlib"}  # by the licence texts that they carry
LICENCE_NAMES = ("LICEN", "COPYING", "NOTICE", "AUTHORS")


def runtime() -> list[metadata.Distribution]:
    """Give the distributions that the program needs when it runs, its dependencies' own included, by name."""
    found: dict[str, metadata.Distribution] = {}
    waiting = list(metadata.distribution("doudi").requires or ())
    while waiting:
        one = Requirement(waiting.pop())
        if one.marker is not None and not one.marker.evaluate({"extra": ""}):
            continue
        distribution = metadata.distribution(one.name)
        name = distribution.metadata["Name"]
        if name not in found:
            found[name] = distribution
            waiting += distribution.requires or ()
    return [found[name] for name in sorted(found, key=str.casefold)]


def licence_of(distribution: metadata.Distribution) -> str:
    """Give what a distribution says of its licence, in one line."""
    said = distribution.metadata
    classified = [one.rsplit(" :: ", 1)[-1] for one in said.get_all("Classifier") or () if one.startswith("License ::")]
    expression, plain = ((said.get_all(name) or [""])[0] for name in ("License-Expression", "License"))
    return expression or "; ".join(classified) or plain.strip().partition("\n")[0] or SILENT[said["Name"]]


def write(folder: Path, project: Path) -> None:
    """Write NOTICE.txt, sbom.json and every licence text into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(project / "LICENSE", folder / "LICENSE")
    for text in TEXTS.glob("*.txt"):
        shutil.copyfile(text, folder / text.name)
    distributions = runtime()
    lines = [HEAD]
    for one in distributions:
        lines.append(f"{one.metadata['Name']} {one.version} — {licence_of(one)}")
        _copy_licences(one, folder / one.metadata["Name"])
    lines.append(f"Python {platform.python_version()} — PSF-2.0")
    lines.append(f"SQLite {sqlite3.sqlite_version} — public domain")
    lines.append("系统库（见 sbom.json 中的 file 项）按 Debian 的许可证，多为 MIT、BSD、LGPL-2.1 以上")
    (folder / "NOTICE.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    libraries = sorted(path.name for path in (folder.parent / "_internal").glob("lib*.so*"))
    bill = json.dumps(bill_of(distributions, libraries), ensure_ascii=False, indent=1)
    (folder / "sbom.json").write_text(bill + "\n", encoding="utf-8")


def _copy_licences(distribution: metadata.Distribution, folder: Path) -> None:
    for entry in distribution.files or ():
        source = Path(str(distribution.locate_file(entry)))
        if source.is_file() and ".dist-info" in str(entry) and _is_licence(entry.name, str(entry)):
            folder.mkdir(exist_ok=True)
            shutil.copyfile(source, folder / entry.name)


def _is_licence(name: str, path: str) -> bool:
    return name.upper().startswith(LICENCE_NAMES) or "/licenses/" in path


def bill_of(distributions: list[metadata.Distribution], libraries: list[str]) -> dict[str, Any]:
    """Give the bill of materials as CycloneDX says it."""
    parts = [
        {
            "type": "library",
            "name": one.metadata["Name"],
            "version": one.version,
            "purl": f"pkg:pypi/{one.metadata['Name'].lower().replace('_', '-')}@{one.version}",
            "licenses": [{"license": {"name": licence_of(one)}}],
        }
        for one in distributions
    ]
    parts.append({"type": "platform", "name": "CPython", "version": platform.python_version()})
    parts.append({"type": "library", "name": "SQLite", "version": sqlite3.sqlite_version})
    parts += [{"type": "file", "name": name} for name in libraries]
    about = {"component": {"type": "application", "name": "doudi", "version": metadata.version("doudi")}}
    return {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "metadata": about, "components": parts}
