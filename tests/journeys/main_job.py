"""Carry the main job through by command line, as a person at a machine without a screen would.

`main_job.py FOLDER`: a demo township takes in a roster, prints its minutes and sends a package; the county applies it.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ROSTER = ROOT / "tests" / "fixtures" / "workbooks" / "members.xlsx"
COUNTY, TOWNSHIP = "/329901", "/329901/001"
PASSWORD = "doudi-demo"


def doudi(*words: object) -> dict[str, Any]:
    """Run one command of the program and give its answer; CalledProcessError where it is refused."""
    line = [sys.executable, "-m", "desktop", "--json", *map(str, words)]
    answer = subprocess.run(line, check=True, stdout=subprocess.PIPE, cwd=ROOT).stdout
    found: dict[str, Any] = json.loads(answer)
    return found


def enrol(township: Path, county: Path, password: Path, folder: Path) -> None:
    """Enrol the township with the county, each side checking the other's fingerprint."""
    asked = doudi("enrol", "request", "--workspace", township, "--out", folder)
    issued = doudi(
        "enrol", "issue", asked["file"], "--as", TOWNSHIP, "--fingerprint", asked["fingerprint"], "--out", folder,
        "--workspace", county, "--password-file", password,
    )  # fmt: skip
    doudi("enrol", "accept", issued["file"], "--fingerprint", issued["fingerprint"], "--workspace", township)


def carry(folder: Path) -> list[Path]:
    """Do the whole job in an empty folder, and give what lies there for a person to open."""
    township, county, papers, stick = (folder / name for name in ("township", "county", "minutes", "stick"))
    stick.mkdir(parents=True)
    password = folder / "password.txt"
    password.write_text(PASSWORD + "\n", encoding="utf-8")
    made = doudi("demo", township)
    print(f"1 示例工作区：{township}（{made['on']}，埋下 {len(made['planted'])} 处问题）")
    found = doudi("check", "--workspace", township)["findings"]
    print(f"2 检查：{len(found)} 个问题，每个写明条文和算式")
    roster = doudi("import", "members", ROSTER, "--workspace", township)
    print(f"3 导入 {ROSTER.name}：新增 {roster['new']} 人，存疑 {roster['doubtful']} 行，不收 {roster['refused']} 行")
    printed = doudi("minutes", "--all", "--out", papers, "--workspace", township)["files"]
    print(f"4 会议记录：{len(printed)} 个 PDF，在 {papers}")
    doudi(
        "init", county, "--kind", "county", "--org-code", "329901", "--org-name", "澄湾区委组织部",
        "--password-file", password,
    )  # fmt: skip
    enrol(township, county, password, stick)
    files = doudi("package", "export", "--to", COUNTY, "--out", stick, "--workspace", township)["files"]
    print(f"5 数据包：{', '.join(files)}")
    for file in files:
        done = doudi("package", "apply", file, "--workspace", county, "--password-file", password)
        print(f"6 区里合并：新增 {done['new']} 条，冲突 {done['conflicts']} 条")
    return [papers, stick, county]


def main() -> int:
    """Run the job in the named folder, emptied first."""
    folder = Path(sys.argv[1]).resolve()
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    try:
        places = carry(folder)
    except subprocess.CalledProcessError as error:
        print(f"停在这一步：{' '.join(error.cmd[3:])}", file=sys.stderr)
        return int(error.returncode)
    print("文件在：" + "、".join(str(place) for place in places))
    return 0


if __name__ == "__main__":
    sys.exit(main())
