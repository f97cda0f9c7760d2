"""Credits that bought no review come back."""
