"""The one place for GitHub's JSON, for webhooks and REST alike."""
