"""Ours come first: some packages on PyPI install tests of their own under this very name."""
