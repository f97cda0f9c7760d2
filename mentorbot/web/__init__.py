"""Everything that knows HTTP requests: the webhook, health, metrics, the pages for people."""
