"""Minutes on paper say what was typed, stand on the grid, and are the same bytes each time."""

import io
import re
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pymupdf
import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.core.errors import UserError
from desktop.documents import grid
from desktop.documents.minutes import Absence, AgendaItem, combined_pdf, minutes_pdf
from tests.documents.papers import BRANCH, EXTRACTORS, MINUTES, RARE, by_mupdf, by_poppler, joined, minutes

Extractor = Callable[[bytes], str]
PDF = minutes_pdf(MINUTES)


@pytest.mark.parametrize("extract", EXTRACTORS)
def test_what_was_typed_is_read_back_in_order_with_rare_names(extract: Extractor) -> None:
    wanted = [
        MINUTES.title, "（2026年第11次）", "时间：2026年11月20日14:30—16:00", "地点：柳溪社区党群服务中心二楼会议室",
        "主持人：李秀英（书记） 记录人：刘芳（组织委员）", "应到：12人（正式党员11人，预备1人，有表决权11人）",
        "实到：10人（正式党员9人，预备1人，有表决权9人）",
        "出席：李秀英、刘芳、" + "、".join(RARE) + "、阿依古丽·买买提",
        "请假：1人。吴海涛（事假，出差）", "缺席：1人。张伟（未说明）", "列席：1人。孙丽（街道党建办指导员）",
        "议题：研究第四季度主题党日安排", "学习材料：《中国共产党支部工作条例（试行）》第十一条",
        "一、议程和会议内容", "（一）传达街道党工委11月工作部署", "各支部在12月10日前完成自查。",
        "会议认为——应当补齐……", "另有补充说明。", "二、表决情况", "（一）讨论转正申请（举手表决）",
        "应到有表决权12人，赞成7票。", "实到有表决权 7 ≥ 应到 12 的半数 6 ✓；赞成 7 > 12/2= 6 ✓", "表决结果：通过",
        "三、议定事项",
        "1.开展“银龄先锋”主题党日（责任人：刘芳；完成时限：2026年11月28日；完成情况：2026年12月1日）",
    ]  # fmt: skip
    text, signatures = joined(extract(PDF)).split("记录人签名：")
    assert text == "".join(wanted)  # the blank before `= 6` hangs at the end of its line
    assert signatures.replace(" ", "") == "主持人签名：年月日"


TYPED = (
    "没有I、L、O、U。1.5米", "5.5 ✓", "1.同意召开会议", "C++ 3.14%", "A座12楼", "王1、王2", "2026年11月5日09:00—10:30",
    "Wi-Fi 1.1.1.1 illi http://a.cn", "“引号”和‘单引号’——破折号……省略号·点（括号）", "赞成 7 > 12/2 = 6 ✓",
    "é1é、𠮷I𠮷",
)  # fmt: skip


@pytest.mark.parametrize("extract", EXTRACTORS)
def test_blanks_are_read_where_they_were_typed_and_nowhere_else(extract: Extractor) -> None:
    assert joined("\n".join(TYPED)) in joined(extract(minutes_pdf(minutes(agenda=(), content="\n".join(TYPED)))))


@pytest.mark.parametrize("extract", EXTRACTORS)
@given(text=st.text("中文党“”—…，、（）·✓𠮷0159IilLW.,:-%+/", min_size=1, max_size=120))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_blank_is_read_where_none_was_typed_however_lines_are_spread(extract: Extractor, text: str) -> None:
    assert f"始{text}终" in joined(extract(minutes_pdf(minutes(agenda=(), content=f"始{text}终"))))


@pytest.mark.parametrize("extract", EXTRACTORS)
@pytest.mark.parametrize("text", ["a<b", "x<y z>w", "<张三>&amp;</para>", "<b>粗</b>(\\)", "%PDF BT ET"])
def test_markup_is_text(extract: Extractor, text: str) -> None:
    assert joined(text) in joined(extract(minutes_pdf(minutes(topic=text, content=text))))


def test_control_and_bidi_characters_cost_no_other_text() -> None:
    found = joined(by_mupdf(minutes_pdf(minutes(content="前\u202e后\x00中\x1b文\u2066字\u200b\r\n下一段"))))
    assert "前后中文字下一段" in found


@given(st.text(alphabet=st.characters(codec="gbk", exclude_categories=("Co", "Cn")), max_size=400))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_of_gbk_is_printed_whole(text: str) -> None:
    found = re.sub(r"[\s\u3000]+", "", joined(by_mupdf(minutes_pdf(minutes(agenda=(), content=f"始{text}终")))))
    kept = re.sub(r"[\s\u3000]+", "", "".join(char for char in text if char.isprintable() or char.isspace()))
    assert f"始{kept}终" in found


@pytest.mark.parametrize("extract", EXTRACTORS[:1])
def test_a_paragraph_of_four_thousand_characters_is_whole(extract: Extractor) -> None:
    text = "支部党员大会讨论了本年度组织生活安排，决定" * 200
    assert text in joined(extract(minutes_pdf(minutes(content=text))))


def test_ten_megabytes_of_text_are_printed_whole() -> None:
    text = "会议讨论了年度安排，一致同意。" * 233_000
    assert len(text.encode()) > 10_000_000
    made = minutes_pdf(minutes(content=text))
    with pymupdf.open(stream=made, filetype="pdf") as document:
        assert document.page_count > 5000
        middle = document[2500].get_text()
    assert 22 * 27 < len(joined(middle)) <= 22 * 28
    found = re.sub(r"— \d+ —|\s", "", by_poppler(made))
    assert found.count("会议讨论了年度安排，一致同意。") == 233_000


def test_the_same_minutes_are_the_same_bytes_at_any_time() -> None:
    time.sleep(0.01)
    assert minutes_pdf(MINUTES) == PDF
    assert combined_pdf([MINUTES, MINUTES]) == combined_pdf([MINUTES, MINUTES])


def test_the_file_is_sound_and_says_its_title_and_language(tmp_path: Path) -> None:
    path = tmp_path / "m.pdf"
    path.write_bytes(PDF)
    said = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=True)
    assert "No syntax or stream encoding errors" in said.stdout
    reader = pypdf.PdfReader(io.BytesIO(PDF))
    assert reader.metadata is not None
    assert reader.metadata.title == f"2026-11-20 {MINUTES.title}"
    assert reader.metadata.creation_date is None
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"


def test_every_face_is_embedded_as_a_subset() -> None:
    said = subprocess.run(["pdffonts", "-"], input=PDF, capture_output=True, check=True).stdout.decode()
    rows = said.splitlines()[2:]
    assert len(rows) == 6
    assert all(re.match(r"[A-Z]{6}\+\S+ +CID TrueType +Identity-H +yes yes yes", row) for row in rows)


def lines_of(pdf: bytes, page: int) -> list[list[tuple[float, float, str]]]:
    """Give the characters of each line of a page: left edge, baseline, character."""
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        found: dict[float, list[tuple[float, float, str]]] = {}
        for block in document[page].get_text("rawdict")["blocks"]:
            for line in block["lines"]:
                for span in line["spans"]:
                    for char in span["chars"]:
                        x, y = char["origin"]
                        found.setdefault(round(y, 1), []).append((x, y, char["c"]))
    return [sorted(found[y]) for y in sorted(found)]


def line_of(content: str, wanted: str) -> list[tuple[float, float, str]]:
    """Give the one line of minutes with that content that reads as wanted."""
    made = minutes_pdf(minutes(content=content))
    lines = lines_of(made, 0) + lines_of(made, 1)
    return next(line for line in lines if "".join(char for _, _, char in line) == wanted)


def test_a_full_page_has_twenty_two_lines_of_twenty_eight_characters_on_the_grid() -> None:
    lines = lines_of(minutes_pdf(minutes(content="中" * 28 * 60)), 2)
    body = [line for line in lines if line[0][2] == "中"]
    assert [len(line) for line in body] == [28] * 22
    for row, line in enumerate(body):
        centre = grid.PAGE_HEIGHT - grid.middle(row)
        assert line[0][1] == pytest.approx(centre + 16 * 0.38, abs=0.05)
        for column, (x, _, _) in enumerate(line):
            assert x == pytest.approx(28 * 72 / 25.4 + column * 442.2047 / 28, abs=0.05)


def test_lines_that_hold_fewer_characters_are_spread_to_the_edge() -> None:
    first = line_of("中" * 26 + "，" + "中" * 60, "中" * 25)
    assert first[-1][0] + 15.79 == pytest.approx(grid.RIGHT, abs=0.1)


def test_two_digits_fill_the_cell_of_one_character() -> None:
    line = line_of("20261120中", "20261120中")
    assert line[-1][0] - line[0][0] == pytest.approx(4 * grid.CELL, abs=0.05)


def test_page_numbers_stand_right_on_odd_pages_and_left_on_even_ones() -> None:
    made = minutes_pdf(minutes(content="中" * 28 * 40))
    numbers = [lines_of(made, page)[-1] for page in (0, 1)]
    texts = ["".join(char for _, _, char in line) for line in numbers]
    assert texts == ["— 1 —", "— 2 —"]
    right, left = numbers[0][-1][0] + 14, numbers[1][0][0]
    assert right == pytest.approx(grid.RIGHT - 14, abs=0.5)
    assert left == pytest.approx(grid.LEFT + 14, abs=0.5)


def test_the_title_is_centred_in_two_hao() -> None:
    with pymupdf.open(stream=minutes_pdf(minutes(branch="", title="党课记录")), filetype="pdf") as document:
        span = next(
            span
            for block in document[0].get_text("dict")["blocks"]
            for line in block["lines"]
            for span in line["spans"]
            if span["text"] == "党课记录"
        )
    assert span["size"] == 22
    assert (span["bbox"][0] + span["bbox"][2]) / 2 == pytest.approx(grid.LEFT + grid.WIDTH / 2, abs=0.1)


def test_a_long_title_breaks_between_branch_and_kind() -> None:
    long = "中共青禾街道柳溪社区老年志愿服务联合会党支部"
    found = by_mupdf(minutes_pdf(minutes(branch=long, title=f"{long}支部党员大会会议记录")))
    wanted = ["中共青禾街道柳溪社区老", "年志愿服务联合会党支部", "支部党员大会会议记录"]
    assert found.splitlines()[:3] == wanted


def test_a_signature_never_stands_alone_on_a_page() -> None:
    for count in range(1, 40):
        made = minutes_pdf(minutes(agenda=(), votes=(), resolutions=(), content="\n".join(["议定。"] * count)))
        with pymupdf.open(stream=made, filetype="pdf") as document:
            last = joined(document[document.page_count - 1].get_text())
        assert "议定。记录人签名：" in last


def test_a_heading_never_ends_a_page() -> None:
    for count in range(1, 30):
        made = minutes_pdf(minutes(agenda=(AgendaItem("题", "\n".join(["记。"] * count)),), votes=()))
        with pymupdf.open(stream=made, filetype="pdf") as document:
            texts = [joined(page.get_text()) for page in document]
        assert not any(text.endswith(("议定事项", "会议内容")) for text in texts)


def test_a_draft_has_its_word_across_every_page() -> None:
    made = minutes_pdf(minutes(draft=True, content="中" * 28 * 40))
    with pymupdf.open(stream=made, filetype="pdf") as document:
        assert document.page_count > 2
        assert all("草稿" in joined(page.get_text()) for page in document)
    assert "草稿" not in by_poppler(PDF)


def test_a_brief_record_says_so() -> None:
    assert "（2026年第11次，简要记录）" in joined(by_poppler(minutes_pdf(minutes(brief=True))))


def test_a_correction_says_what_it_corrects_and_why() -> None:
    note = "本版更正2026年11月20日会议记录的第1版。更正理由：写错了议题"
    found = joined(by_poppler(minutes_pdf(minutes(version="第2版，更正第1版", correction=note))))
    assert "（2026年第11次，第2版，更正第1版）" in found
    assert f"更正说明：{note}" in found


def test_empty_minutes_still_have_the_fields_that_a_record_must_have() -> None:
    from desktop.documents.minutes import Minutes

    found = joined(by_poppler(minutes_pdf(Minutes(branch="", title="会议记录", date=""))))
    assert found.replace(" ", "") == "会议记录时间：地点：主持人：记录人：记录人签名：主持人签名：年月日"


def test_a_long_host_and_recorder_stand_on_lines_of_their_own() -> None:
    host = "阿依古丽·买买提（党支部书记兼社会组织负责人）"
    assert f"主持人：{host}记录人：刘芳" in joined(by_poppler(minutes_pdf(minutes(host=host, recorder="刘芳"))))


def test_a_name_that_cannot_be_printed_is_refused_by_name() -> None:
    with pytest.raises(UserError, match=r"“\U0002ebf0”（U\+2EBF0）没有字体可以打印"):
        minutes_pdf(minutes(absent=(Absence("王\U0002ebf0"),)))


def test_bound_minutes_begin_pages_of_their_own_and_have_bookmarks() -> None:
    made = combined_pdf([MINUTES, minutes(date="2026-12-18", topic="第二次")])
    reader = pypdf.PdfReader(io.BytesIO(made))
    marks = [(mark.title, reader.get_destination_page_number(mark)) for mark in reader.outline]
    assert marks == [(f"2026-11-20 {MINUTES.title}", 0), (f"2026-12-18 {MINUTES.title}", 2)]
    assert all(joined(reader.pages[page].extract_text()).startswith(BRANCH) for _, page in marks)
    assert len(reader.pages) == 4


def test_bound_pages_are_numbered_through() -> None:
    found = by_poppler(combined_pdf([MINUTES, MINUTES]))
    assert [int(number) for number in re.findall(r"^— ?(\d+) ?—$", found, re.MULTILINE)] == [1, 2, 3, 4]
