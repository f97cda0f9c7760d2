"""What is known about the work, pure: timelines, whose turn it is, who knows what, response times."""
