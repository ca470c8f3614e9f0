"""The steps of a packet through one router: rules, chains, routes."""
