"""Wizards: work in steps."""
