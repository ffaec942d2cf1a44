"""The ground floor: errors, ids, clock, calendar, text, paths and the shape of a table; nothing of ours lies below."""
