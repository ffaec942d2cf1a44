"""Keys: accounts' slots, the data key, the file container, signatures and package encryption; no SQL, no Qt."""
