"""One issue that lists what has waited for reviewers for too long: renewed weekly, closed once empty."""
