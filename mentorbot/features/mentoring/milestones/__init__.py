"""What a mentee reaches for the first time is remembered, and said aloud where it is wanted."""
