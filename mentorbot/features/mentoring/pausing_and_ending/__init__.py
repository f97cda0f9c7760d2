"""How a pair takes a break, goes on, changes, ends, or reaches its goal, by command."""
