"""`/suggest reviews`: pull requests that suit whoever asks."""
