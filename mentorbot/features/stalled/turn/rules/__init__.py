"""The decision whose turn it is, and what people said outright about it."""
