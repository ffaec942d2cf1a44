"""The developer's one tool: every command makes ready what it needs, on a fresh machine too (standard library only).

    python3 dev.py run      the window on the demo township; without a screen, the main job by command line
    python3 dev.py test     lint, types, import contracts and the suite, offscreen; further words go to pytest
    python3 dev.py setup | fonts | bench [--json] [--long] [NAME…] | package | lock

Python packages come from requirements.lock, by hash, through this machine's own pip configuration; system libraries by
apt-get where this runs as root on Debian, else the one line to run is printed.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
CACHE = ROOT / ".cache"
LOCK = ROOT / "requirements.lock"
WINDOWS = sys.platform == "win32"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")

LIBRARIES = (
    "libgl1", "libegl1", "libglib2.0-0", "libxkbcommon0", "libdbus-1-3", "libfontconfig1", "libxcb-cursor0",
    "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0", "libxcb-xkb1", "libxkbcommon-x11-0", "libcups2",
)  # fmt: skip
TOOLS = {
    "pdftotext": "poppler-utils", "minisign": "minisign", "age": "age", "zstd": "zstd", "jq": "jq", "qpdf": "qpdf",
    "Xvfb": "xvfb", "xauth": "xauth",
}  # fmt: skip
BUILDERS = {"objdump": "binutils"}
CHECKS = {
    "ruff": ("-m", "ruff", "check", "--quiet", "."),
    "mypy": ("-m", "mypy", "--no-error-summary", "--cache-dir", str(CACHE / "mypy")),
    "import-linter": ("-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache", "--no-logo"),
}


def main() -> int:
    """Run one command and give its exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036 - an older Python must hear why, not see a traceback
        return refuse("没有开始。", f"这里的 Python 是 {sys.version.split()[0]}。", "请用 3.11 或更新的 Python。")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=sorted(COMMANDS))
    options, rest = parser.parse_known_args()
    os.chdir(ROOT)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a hundred child processes would each compile the program anew
    try:
        return COMMANDS[options.command](rest)
    except StoppedError as stop:
        return refuse(*stop.args)
    except subprocess.CalledProcessError as error:
        step = " ".join(map(str, error.cmd))
        return refuse("没有做完。", f"这一步返回了 {error.returncode}：{step}", "原因见上面的输出。")
    except KeyboardInterrupt:
        return 130


class StoppedError(Exception):
    """A step that the developer can mend: what, why and what to do."""


def refuse(what: str, why: str, do: str) -> int:
    """Say why a command stopped, and give the exit code 1."""
    print(f"{what}\n{why}\n{do}", file=sys.stderr, flush=True)
    return 1


def say(text: str) -> None:
    """Tell what is being done."""
    print(f"· {text}", flush=True)


def call(*words: object, env: dict[str, str] | None = None) -> None:
    """Run one step; CalledProcessError where it does not end with 0."""
    subprocess.run([str(word) for word in words], check=True, env=env)


def code_of(*words: object, env: dict[str, str] | None = None) -> int:
    """Run the project's Python and give its exit code."""
    return subprocess.run([str(PYTHON), *map(str, words)], check=False, env=env).returncode


# ---- set-up -------------------------------------------------------------------------------------------------------


def make_ready(tools: dict[str, str] | None = None) -> None:
    """Make the machine and `.venv` ready; two stamps make every later call quick."""
    tools = tools or {}
    wanted = [*LIBRARIES, *sorted(set(tools.values()))]
    machine = _stamp("system", *wanted)
    if not machine.exists() or _absent(tools):
        system_packages(wanted)
        if missing := _absent(tools):
            raise StoppedError("没有开始。", f"缺少工具：{'、'.join(missing)}。", f"请装好软件包：{' '.join(wanted)}")
        machine.touch()
    wheels = _stamp("wheels", LOCK.read_text(encoding="utf-8"), str(sys.version_info[:3]), str(ROOT))
    if not wheels.exists() or not PYTHON.exists():
        virtual_environment()
        wheels.touch()


def _stamp(kind: str, *content: str) -> Path:
    """Give the file that says that a step was done with just this content."""
    folder = CACHE / "ready"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{kind}-{hashlib.sha256(chr(0).join(content).encode()).hexdigest()[:16]}"


def _absent(tools: dict[str, str]) -> list[str]:
    return [name for name in tools if shutil.which(name) is None]


def system_packages(wanted: list[str]) -> None:
    """Install what Debian must have; elsewhere print the one line to run, and stop."""
    if not shutil.which("apt-get") or not shutil.which("dpkg-query"):
        return
    if importlib.util.find_spec("ensurepip") is None:
        wanted = [*wanted, "python3-venv"]
    missing = [name for name in wanted if name not in _installed()]
    if not missing:
        return
    if os.geteuid() != 0:
        raise StoppedError(
            "没有开始。", f"系统缺少 {len(missing)} 个软件包。",
            f"请运行：sudo apt-get install --no-install-recommends {' '.join(missing)}",
        )  # fmt: skip
    say(f"安装系统软件包：{' '.join(missing)}")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    call("apt-get", "update", "-qq", env=env)
    call("apt-get", "install", "-qq", "-y", "--no-install-recommends", *missing, env=env)


def _installed() -> set[str]:
    """Give the names of the packages on this Debian, and what they provide (`libglib2.0-0t64` for `libglib2.0-0`)."""
    form = "${db:Status-Status} ${Package} ${Provides}\\n"
    rows = subprocess.run(["dpkg-query", "-W", "-f", form], check=True, capture_output=True, text=True).stdout
    found: set[str] = set()
    for row in rows.splitlines():
        state, *names = row.replace(",", " ").split()
        found.update(names if state == "installed" else ())
    return found


def virtual_environment() -> None:
    """Make `.venv` with exactly the wheels of the lock, each checked by its hash, and this checkout beside them."""
    if not PYTHON.exists() or subprocess.run([PYTHON, "-c", "import pip"], check=False).returncode:
        say("建立 .venv")
        call(sys.executable, "-m", "venv", "--clear", VENV)
    say("按 requirements.lock 安装（第一次约两分钟）")
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    call(*pip, "--require-hashes", "--requirement", LOCK)
    call(*pip, "--no-deps", "--no-index", "--no-build-isolation", "--editable", ROOT)


def rare_faces() -> int:
    """Make the faces for rare characters, which git does not carry; give 0 where they are there."""
    maker = ROOT / "resources" / "fonts" / "rare.py"
    done = _stamp("faces", maker.read_text(encoding="utf-8"))
    if done.exists() and any(maker.with_name("rare").glob("*.ttf")):
        return 0
    if code := code_of(maker):
        print("没有备好生僻字字体：程序会说明哪些字印不出来，用到它们的测试不会通过。", file=sys.stderr, flush=True)
    else:
        done.touch()
    return code


def own_env(**more: str) -> dict[str, str]:
    """Give the environment of a run: the developer's own state folder stays as it is."""
    return {**os.environ, "XDG_STATE_HOME": str(CACHE / "state"), **more}


# ---- commands -----------------------------------------------------------------------------------------------------


def setup(_: list[str]) -> int:
    """Make everything ready and do nothing else."""
    make_ready(TOOLS)
    return rare_faces()


def fonts(_: list[str]) -> int:
    """Make the rare faces."""
    make_ready()
    return rare_faces()


def run(rest: list[str]) -> int:
    """Open the window on the demo township, or carry the main job through where there is no screen."""
    make_ready()
    rare_faces()
    demo = CACHE / "demo"
    if not (demo / "workspace.db").exists():
        say("建立示例工作区")
        call(PYTHON, "-m", "desktop", "demo", demo, env=own_env())
    if "--no-window" in rest or not has_screen():
        say("没有屏幕：用命令行走一遍主要工作")
        return code_of(ROOT / "tests" / "journeys" / "main_job.py", CACHE / "job", env=own_env())
    return code_of("-m", "desktop", "--workspace", demo, *rest, env=own_env())


def has_screen() -> bool:
    """Tell whether a window can be shown here."""
    return WINDOWS or sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def test(rest: list[str]) -> int:
    """Run lint, types, contracts and the suite; the exit code is the first that is not 0, pytest's line comes last."""
    make_ready(TOOLS)
    codes = {"字体": rare_faces()}
    for name, words in CHECKS.items():
        say(name)
        codes[name] = code_of(*words)
    if broken := [name for name, code in codes.items() if code]:
        print(f"没有通过：{'、'.join(broken)}", file=sys.stderr, flush=True)
    chosen = [] if "--long" in rest else ["-m", "not long"]
    given = [word for word in rest if word != "--long"]
    say("pytest")
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    codes["pytest"] = code_of("-m", "pytest", "-n", "auto", "--dist", "loadfile", *chosen, *given, env=env)
    return next((code for code in codes.values() if code), 0)


def bench(rest: list[str]) -> int:
    """Print the ratios beside their goals."""
    make_ready()
    rare_faces()
    return code_of("-m", "benchmarks", *rest, env=own_env(QT_QPA_PLATFORM="offscreen"))


def package(rest: list[str]) -> int:
    """Build the program's folder and run its own self-test."""
    make_ready(BUILDERS)
    if code := rare_faces():
        return code
    return code_of("-m", "installer.build", *rest)


def lock(_: list[str]) -> int:
    """Write requirements.lock anew: for all platforms, by hash, naming no index."""
    with tempfile.TemporaryDirectory() as folder:
        call(sys.executable, "-m", "venv", folder)
        python = Path(folder) / PYTHON.relative_to(VENV)
        call(python, "-m", "pip", "install", "--quiet", "uv")
        call(
            python, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11",
            "--extra", "dev", "--generate-hashes", "--no-emit-index-url", "--no-emit-find-links",
            "--custom-compile-command", "python3 dev.py lock", "--output-file", LOCK, "pyproject.toml",
        )  # fmt: skip
    return 0


COMMANDS = {
    "setup": setup, "run": run, "test": test, "bench": bench, "fonts": fonts,
    "package": package, "lock": lock,
}  # fmt: skip

if __name__ == "__main__":
    sys.exit(main())
