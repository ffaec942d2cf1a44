"""Tables: one noun a file, each with its TableSpec; `database` is the one seam to SQLite."""
