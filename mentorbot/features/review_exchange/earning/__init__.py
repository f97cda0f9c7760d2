"""Reviews that count are earned once they are confirmed: by a 👍, by thanks, or by silence."""
