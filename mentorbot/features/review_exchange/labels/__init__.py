"""Labels and a check that show on pull requests where their authors stand."""
