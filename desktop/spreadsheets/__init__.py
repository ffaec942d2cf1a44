"""Workbooks in and out: guards, reading, headings, cells, rosters and writing; no SQL and no Qt."""
