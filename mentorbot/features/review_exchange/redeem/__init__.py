"""`/exchange`: a credit is spent on a pull request of one's own."""
