"""Documents: dataclass in, PDF bytes out, on the page grid of GB/T 9704-2012; no SQL, no Qt, no clock."""
