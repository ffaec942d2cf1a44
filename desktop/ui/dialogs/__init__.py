"""Dialogs: one noun one file."""
