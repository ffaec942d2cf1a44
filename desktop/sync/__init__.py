"""Packages between sites: encodings, container, payload, keys and merge; pure functions over bytes, rows and specs."""
