"""The processes that the engine starts: the program and the provider."""
