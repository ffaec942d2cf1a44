"""The child process that touches foreign files, with limits of memory and time (security.md, findings 6 and 10).

The program starts it with a hidden verb, one request each: JSON on stdin, JSON on stdout. On POSIX it limits its own
memory and processor time; everywhere the caller ends it when the time is up.
"""

import base64
import io
import json
import sys
import warnings
from datetime import date
from pathlib import Path
from typing import Any

from desktop.core.errors import UserError
from desktop.spreadsheets.refusals import refusal
from desktop.spreadsheets.rosters import read_roster, sheets_of
from desktop.spreadsheets.wire import error_to_json, roster_to_json

MEMORY = 2 << 30
SECONDS = 120
MOST_PIXELS = 64_000_000
_FORMATS = ("PNG", "JPEG")

if sys.platform == "win32":

    def limit(memory: int, seconds: int) -> None:
        """Leave the limits to the caller: Windows has none that a process can set for itself without a job."""
        del memory, seconds

else:
    import resource

    def limit(memory: int, seconds: int) -> None:
        """Limit this process to so many bytes of address space and seconds of processor time."""
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(request: dict[str, Any]) -> dict[str, Any]:
    """Answer one request; a refusal is `{"error": {code, what, why, do}}`.

    `{"do": "read-roster", path, kind, sheet, mapping, on}` gives a roster (`wire.roster_to_json`), `list-sheets`
    gives `{"sheets": […]}`, `decode-image` gives `{"content": base64, format, width, height}`.
    """
    try:
        return _answer(request)
    except UserError as error:
        return error_to_json(error)
    except MemoryError:
        return error_to_json(refusal("workbook-heavy"))
    except Exception:  # noqa: BLE001 - a foreign file may break a parser in any way, and its trace may hold content
        return error_to_json(refusal("workbook-damaged"))


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    path = Path(request["path"])
    match request["do"]:
        case "list-sheets":
            return {"sheets": list(sheets_of(path))}
        case "read-roster":
            day = date.fromisoformat(request["on"]) if request.get("on") else None
            sheet, mapping = request.get("sheet"), request.get("mapping")
            return roster_to_json(read_roster(path, request["kind"], sheet=sheet, mapping=mapping, on=day))
        case "decode-image":
            return decode_image(path)
        case other:
            raise ValueError(other)


def decode_image(path: Path) -> dict[str, Any]:
    """Decode a PNG or JPEG of at most 64 megapixels and encode it anew, so that nothing hidden comes along."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=_FORMATS) as image:
                form = str(image.format)
                upright = ImageOps.exif_transpose(image)
                plain = upright.convert("RGB" if form == "JPEG" or image.mode not in {"RGBA", "LA", "P"} else "RGBA")
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise refusal("image-large") from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise refusal("image-type") from None
    plain.info.clear()
    target = io.BytesIO()
    plain.save(target, format=form, **({"quality": 90} if form == "JPEG" else {}))
    content = base64.b64encode(target.getvalue()).decode()
    return {"content": content, "format": form, "width": plain.width, "height": plain.height}


def main() -> int:
    """Read one request from stdin, answer it on stdout; give the exit code 0 (a refusal is an answer too)."""
    limit(MEMORY, SECONDS)
    answer = run(json.loads(sys.stdin.buffer.read()))
    sys.stdout.buffer.write(json.dumps(answer).encode())
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
