"""What is put on the clipboard of a list: text with tabs, and the table that Excel and WPS prefer."""

import csv
import html
import io
from collections.abc import Sequence

from PySide6.QtCore import QMimeData

from desktop.ui.widgets.table_model import Column


def copied(rows: Sequence[object], columns: Sequence[Column], *, head: bool) -> QMimeData:
    """Give rows in both forms; who pastes takes the one that it knows."""
    shown = QMimeData()
    shown.setText(tsv(rows, columns, head=head))
    shown.setHtml(html_table(rows, columns, head=head))
    return shown


def tsv(rows: Sequence[object], columns: Sequence[Column], *, head: bool) -> str:
    """Write rows as tab-separated text; every number as it stands, so that pasting back loses nothing."""
    out = io.StringIO()
    writer = csv.writer(out, dialect="excel-tab", lineterminator="\n")
    if head:
        writer.writerow([column.title for column in columns])
    writer.writerows([[_no_formula(column.shown(row)) for column in columns] for row in rows])
    return out.getvalue()


def _no_formula(text: str) -> str:
    """Keep a spreadsheet from running text as a formula."""
    return f"'{text}" if text[:1] in ("=", "@") or (text[:1] in ("+", "-") and not text[1:].isdigit()) else text


def html_table(rows: Sequence[object], columns: Sequence[Column], *, head: bool) -> str:
    """Write rows as the table that Excel and WPS prefer, each cell marked as text: 18 digits stay 18 digits."""
    lines = [[column.title for column in columns]] if head else []
    lines += [[column.shown(row) for column in columns] for row in rows]
    cell = "<td style=\"mso-number-format:'\\@'\">{}</td>".format
    body = "".join(f"<tr>{''.join(cell(html.escape(text)) for text in one)}</tr>" for one in lines)
    return f'<html><head><meta charset="utf-8"></head><body><table>{body}</table></body></html>'
