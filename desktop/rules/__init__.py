"""Rules: pure functions from facts and a date to findings, and the packs that carry their numbers."""
