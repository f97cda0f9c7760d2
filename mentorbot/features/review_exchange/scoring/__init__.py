"""Whether a review counts, and how much: what it consists of, the guards, and their names."""
