"""Other bots' settings: which of them act here, and what of it becomes ours."""
