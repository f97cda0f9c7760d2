"""Small groups of accounts that review hardly anybody but each other; for maintainers' eyes only."""
