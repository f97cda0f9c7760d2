"""How mentees are doing: open pull requests, milestones, and the one next step for their mentor."""
