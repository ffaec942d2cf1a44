"""Prints each ratio beside its goal: `python -m benchmarks [--json] [--long] [NAME…]`, NAME a module of this folder."""

import argparse
import importlib
import json
import sys
import unicodedata
from pathlib import Path

from benchmarks.measuring import Line

HERE = Path(__file__).parent
HARNESS = {"__main__", "__init__", "measuring"}


def main() -> int:
    """Run what was asked for and print it; the exit code is 1 where a ratio misses its goal."""
    names = sorted(path.stem for path in HERE.glob("*.py") if path.stem not in HARNESS)
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--long", action="store_true", help="the sizes of the biggest profiles")
    parser.add_argument("names", nargs="*", metavar="NAME", help="、".join(names))
    options = parser.parse_args()
    if unknown := [name for name in options.names if name not in names]:
        parser.error(f"没有这一项：{'、'.join(unknown)}；有 {'、'.join(names)}")
    lines: list[Line] = []
    for name in options.names or names:
        found = importlib.import_module(f"benchmarks.{name}").run(options.long)
        lines += found
        if not options.json:
            for one in found:
                print(shown(one), flush=True)
    if options.json:
        print(json.dumps(lines, ensure_ascii=False, indent=1))
    return 0 if all(held(one) is not False for one in lines) else 1


def held(one: Line) -> bool | None:
    """Tell whether a ratio holds its goal; None where there is no gate."""
    if one["goal"] is None:
        return None
    return one["ratio"] <= one["goal"] if one["better"] == "less" else one["ratio"] >= one["goal"]


def shown(one: Line) -> str:
    """Write one line of the table."""
    mark = {True: "✓", False: "✗", None: " "}[held(one)]
    sign = "≤" if one["better"] == "less" else "≥"
    goal = "" if one["goal"] is None else f"{sign} {one['goal']:g}"
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in one["name"])
    return f"{mark} {one['name']:<{70 - wide}} {one['ratio']:>8.3f}  {goal:<8} {one['note']}".rstrip()


if __name__ == "__main__":
    sys.exit(main())
