"""兜底通 (Doudi): an offline ledger for townships that back up community social organisations."""

__version__ = "0.1.0"
