"""Ratios of printing minutes: our grid, faces and fallback against a bare reportlab canvas with the same faces.

The bare canvas draws the same lines of text, already broken, without grid, 禁则, fallback or bookmarks.
"""

import io
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from benchmarks.measuring import ROUNDS, Line, by_turns, child, line, wall_once
from desktop.core.paths import resources
from desktop.documents.faces import Role
from desktop.documents.flow import Row, paginate
from desktop.documents.minutes import (
    Absence,
    AgendaItem,
    Count,
    Decision,
    Minutes,
    VoteResult,
    combined_pdf,
    minutes_pdf,
)
from desktop.documents.minutes_rows import rows

_FILES = {
    Role.FANGSONG: "FandolFang-Regular.ttf",
    Role.HEITI: "NotoSansSC-Regular.ttf",
    Role.KAITI: "LXGWWenKai-Regular.ttf",
    Role.SONGTI: "NotoSerifSC-Regular.ttf",
    Role.TITLE: "NotoSerifSC-Black.ttf",
}
_SAID = (
    "会议传达了街道党工委组织生活工作会议精神，要求各支部在12月10日前完成年度台账自查，重点核对“三会一课”次数、"
    "缺席人员原因和议定事项的落实情况，并逐条写明整改措施、责任人和完成时限。"
)
_TIMED = """
import sys, time
before = time.process_time()
{script}
print(time.process_time() - before)
"""
_LIMIT = """
import reportlab.pdfgen.canvas
from reportlab.pdfbase.ttfonts import TTFont
TTFont("body", sys.argv[1])
"""
_WORK = """
from desktop.documents.minutes import Minutes, minutes_pdf
minutes_pdf(Minutes(branch="柳溪社区老年协会党支部", title="柳溪社区老年协会党支部党课记录", date="2026-11-20"))
"""


def sample(number: int) -> Minutes:
    """Make the minutes of an ordinary committee meeting of a page or two."""
    names = tuple(f"{chr(0x5F20 + (number * 7 + n) % 900)}建国" for n in range(7))
    return Minutes(
        branch="柳溪社区老年协会党支部",
        title="柳溪社区老年协会党支部支部委员会会议记录",
        date=f"2026-11-{number % 28 + 1:02}",
        kinds=("支部委员会会议",),
        numbers=f"2026年第{number}次",
        time="2026年11月20日14:30—16:00",
        place="柳溪社区党群服务中心二楼会议室",
        host="李秀英（书记）",
        recorder="刘芳（组织委员）",
        due=Count(8, 8, None, 8),
        present=Count(7, 7, None, 7),
        present_names=names,
        on_leave=(Absence("吴海涛", "事假", "出差"),),
        topic="研究第四季度主题党日安排；讨论预备党员转正",
        agenda=(AgendaItem("传达上级会议精神", _SAID), AgendaItem("讨论预备党员转正申请", _SAID)),
        votes=(
            VoteResult("讨论预备党员转正申请", "举手表决", "实到有表决权7人，赞成7票。", "赞成 7 > 8/2 = 4 ✓", "通过"),
        ),
        resolutions=(Decision("开展主题党日", "刘芳", "2026年11月28日"),),
    )


def bare(many: list[Minutes]) -> bytes:
    """Draw the same lines with reportlab's canvas and its own TrueType fonts."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4)
    for minutes in many:
        for page in paginate(rows(minutes)):
            _bare_page(canvas, page)
    canvas.save()
    return target.getvalue()


def _bare_page(canvas: Canvas, page: list[Row]) -> None:
    y = 730.0
    for row in page:
        x = 80.0
        for span in row.spans:
            canvas.setFont(span.role, 16)
            canvas.drawString(x, y, span.text)
            x += 16 * len(span.text)
        y -= 29 * row.height
    canvas.setFont(Role.SONGTI, 14)
    canvas.drawString(480, 80, "— 1 —")
    canvas.showPage()


def first() -> tuple[float, float]:
    """Give the CPU seconds of importing reportlab with one parsed face, and of the first minutes, in new processes."""
    body = str(resources() / "fonts" / _FILES[Role.FANGSONG])
    limits: list[float] = []
    works: list[float] = []
    for _ in range(ROUNDS):
        for script, found in ((_LIMIT, limits), (_WORK, works)):
            found.append(float(child([sys.executable, "-c", _TIMED.format(script=script), body])[3]))
    return statistics.median(limits), statistics.median(works)


def libreoffice(count: int) -> float | None:
    """Give the wall seconds that LibreOffice takes to make one PDF, one launch each; None where it is not here."""
    office = shutil.which("soffice")
    if office is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "minutes.txt"
        source.write_text(_SAID * 10, encoding="utf-8")
        start = time.perf_counter()
        for _ in range(count):
            subprocess.run(
                [office, "--headless", "--convert-to", "pdf", "--outdir", folder, source],
                check=True, capture_output=True,
            )  # fmt: skip
        return (time.perf_counter() - start) / count


def run(long: bool = False) -> list[Line]:  # noqa: FBT002 - the harness passes it by place
    """Measure by turns, CPU time; `long` takes more meetings, and LibreOffice where it is here."""
    for role, file in _FILES.items():
        pdfmetrics.registerFont(TTFont(role, str(resources() / "fonts" / file)))
    many = [sample(number) for number in range(1, 501 if long else 101)]
    one = many[0]
    ours, limit = by_turns(lambda: minutes_pdf(one), lambda: bare([one]), 25)
    found = [_rate("minutes as separate PDFs, rate / bare canvas, same faces", ours, limit, 0.8)]
    ours, limit = by_turns(lambda: combined_pdf(many), lambda: bare(many))
    found.append(_rate("minutes as one PDF, rate / bare canvas, same faces", ours / len(many), limit / len(many), 0.5))
    least, work = first()
    note = f"{work * 1000:.4g} / {least * 1000:.4g} ms"
    found.append(line("first minutes / import reportlab and parse one face", work / least, 2.0, note=note))
    office = libreoffice(3) if long else None
    if office is not None:
        ours = wall_once(lambda: [minutes_pdf(minutes) for minutes in many[:100]]) / 100
        found.append(_rate("minutes, rate / LibreOffice a launch", ours, office, 30))
    return found


def _rate(name: str, ours: float, limit: float, goal: float) -> Line:
    note = f"{ours * 1000:.4g} / {limit * 1000:.4g} ms"
    return line(name, limit / ours, goal, better="more", note=note)
