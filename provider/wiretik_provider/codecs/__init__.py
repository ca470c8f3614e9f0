"""How one value is written, read and compared."""
