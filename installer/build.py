"""Builds the program's folder `dist/doudi` and ends by running what was built: `dev.py package [--glibc 2.28]`."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from installer import elf, notices

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
BUNDLE = ROOT / "dist" / "doudi"
PROGRAM = BUNDLE / ("doudi-cli.exe" if sys.platform == "win32" else "doudi")
TARGET = "2.36"  # Debian 12, where this is built; for Kylin V10 (2.31) and UOS 20 (2.28) build on a system as old
ROSTER = ROOT / "tests" / "fixtures" / "workbooks" / "members.xlsx"


def main() -> int:
    """Build, write the notices, check the glibc and try the program; 1 where one of these does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--glibc", default=TARGET, metavar="2.NN", help="最高允许的 glibc 版本")
    options = parser.parse_args()
    build()
    slim()
    notices.write(BUNDLE / "licences", ROOT)
    size = sum(path.stat().st_size for path in BUNDLE.rglob("*") if path.is_file() and not path.is_symlink())
    print(f"{BUNDLE}：{size / 1e6:.0f} MB")
    problems = [*too_new(options.glibc), *tried()]
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def build() -> None:
    """Run PyInstaller into an empty folder."""
    shutil.rmtree(BUNDLE, ignore_errors=True)
    words = ["--noconfirm", "--log-level", "WARN", "--distpath", str(ROOT / "dist"), "--workpath", str(ROOT / "build")]
    line = [sys.executable, "-m", "PyInstaller", *words, str(HERE / "doudi.spec")]
    subprocess.run(line, check=True, cwd=ROOT)


def slim() -> None:
    """Take debug sections out of what wheels and this Python carry; files that auditwheel patched stay as they are."""
    strip = shutil.which("strip")
    if strip is None or not sys.platform.startswith("linux"):
        return
    for path in elf.scan(BUNDLE):
        if ".libs" not in str(path) and path != PROGRAM:
            subprocess.run([strip, "--strip-debug", str(path)], check=True)


def too_new(target: str) -> list[str]:
    """Give each file of the bundle that needs a newer glibc than the target, and say the highest."""
    if not sys.platform.startswith("linux"):
        return []
    major, minor = map(int, target.split("."))
    found = elf.scan(BUNDLE)
    highest = max(found.values(), default=(0, 0))
    print(f"{len(found)} 个 ELF 文件，最高要求 glibc {highest[0]}.{highest[1]}（目标 {target}）")
    return [
        f"{path.relative_to(BUNDLE)} 要求 glibc {version[0]}.{version[1]}，高于目标 {target}"
        for path, version in found.items()
        if version > (major, minor)
    ]


def tried() -> list[str]:
    """Run the packaged program's self-test and its child process, without the environment of this machine."""
    with tempfile.TemporaryDirectory() as home:
        env = {"HOME": home, "PATH": os.defpath, "QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8"}
        if sys.platform == "win32":
            env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        test = subprocess.run([str(PROGRAM), "self-test"], check=False, env=env, cwd=home)
        request = json.dumps({"do": "list-sheets", "path": str(ROSTER)}).encode()
        line = [str(PROGRAM), "--worker"]
        child = subprocess.run(line, input=request, check=False, env=env, cwd=home, capture_output=True)
    problems = [] if test.returncode == 0 else [f"打包后的程序自检没有通过，返回 {test.returncode}"]
    if b'"sheets"' not in child.stdout:
        problems.append(f"打包后的程序读不了表格：{(child.stderr or child.stdout).decode(errors='replace')[-300:]}")
    return problems


if __name__ == "__main__":
    sys.exit(main())
