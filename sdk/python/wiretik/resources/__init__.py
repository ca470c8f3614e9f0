"""One class for each thing on a router, with RouterOS's own names."""
