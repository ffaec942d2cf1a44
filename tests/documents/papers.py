"""Sample minutes, and the text that three programs of other makers read out of a PDF."""

import io
import re
import subprocess
from dataclasses import replace
from typing import Any

import pymupdf
import pypdf

from desktop.documents.minutes import (
    Absence,
    AgendaItem,
    Count,
    Decision,
    Minutes,
    VoteResult,
)

BRANCH = "柳溪社区老年协会党支部"
RARE = ("陈𬭎", "䶮高鹏", "㛃何勇", "𠮷田一")
MINUTES = Minutes(
    branch=BRANCH,
    title=f"{BRANCH}支部委员会会议记录",
    date="2026-11-20",
    kinds=("支部委员会会议",),
    numbers="2026年第11次",
    time="2026年11月20日14:30—16:00",
    place="柳溪社区党群服务中心二楼会议室",
    host="李秀英（书记）",
    recorder="刘芳（组织委员）",
    due=Count(12, 11, 1, 11),
    present=Count(10, 9, 1, 9),
    present_names=("李秀英", "刘芳", *RARE, "阿依古丽·买买提"),
    on_leave=(Absence("吴海涛", "事假", "出差"),),
    absent=(Absence("张伟", "", "未说明"),),
    observers="孙丽（街道党建办指导员）",
    observers_count=1,
    topic="研究第四季度主题党日安排",
    documents="《中国共产党支部工作条例（试行）》第十一条",
    agenda=(AgendaItem("传达街道党工委11月工作部署", "各支部在12月10日前完成自查。\n会议认为——应当补齐……"),),
    content="另有补充说明。",
    votes=(
        VoteResult(
            "讨论转正申请",
            "举手表决",
            "应到有表决权12人，赞成7票。",
            "实到有表决权 7 ≥ 应到 12 的半数 6 ✓；赞成 7 > 12/2 = 6 ✓",
            "通过",
        ),
    ),
    resolutions=(Decision("开展“银龄先锋”主题党日", "刘芳", "2026年11月28日", "2026年12月1日"),),
)


def minutes(**changes: Any) -> Minutes:  # noqa: ANN401 - any field of the dataclass
    """Give the sample with some fields changed."""
    return replace(MINUTES, **changes)


def by_poppler(pdf: bytes) -> str:
    """Read with pdftotext."""
    said = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return said.stdout.decode()


def by_pypdf(pdf: bytes) -> str:
    """Read with pypdf."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def by_mupdf(pdf: bytes) -> str:
    """Read with MuPDF."""
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        return "\n".join(page.get_text() for page in document)


EXTRACTORS = (by_poppler, by_pypdf, by_mupdf)


def joined(text: str) -> str:
    """Join the lines that a reader found, without page numbers; blanks inside a line stay, a run of them as one."""
    lines = re.sub(r"— \d+ —\s*$", "", text, flags=re.MULTILINE).splitlines()
    return "".join(re.sub("[ \u3000]+", " ", line).strip(" ") for line in lines)


def bare(text: str) -> str:
    """Leave out blanks and line ends, which are the page's business, and page numbers."""
    return re.sub(r"[\s\u3000]+", "", re.sub(r"—\s*\d+\s*—\s*$", "", text, flags=re.MULTILINE))
