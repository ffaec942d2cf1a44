"""Ledgers (台账): records that are lists of alike rows; each kind is declared once, and a few services serve all."""
