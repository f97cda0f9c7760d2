"""The accounts: entries, what they add up to, where they are kept, and as a file."""
