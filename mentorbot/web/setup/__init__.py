"""`/setup`: two clicks to an App, by GitHub's manifest flow, as long as there are no credentials."""
