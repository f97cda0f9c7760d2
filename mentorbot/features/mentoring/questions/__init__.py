"""A mentee has a question: it goes to the mentor or, while they are away, to somebody else."""
