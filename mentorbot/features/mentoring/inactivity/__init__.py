"""When people were last active, and what is due where a mentor or a mentee has fallen silent."""
