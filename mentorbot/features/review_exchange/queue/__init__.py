"""In which order pull requests wait for their review."""
