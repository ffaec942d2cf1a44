"""The seeded demo township of domain.md §8: nobody in it exists, and it knows every finding that must come of it."""
