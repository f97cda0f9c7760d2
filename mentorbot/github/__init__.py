"""Everything that knows the shapes of GitHub's API."""
