"""The REST API by topic; a route that the bot never calls does not belong here (a test sees to that)."""
