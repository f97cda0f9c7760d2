"""Who is reminded: the escalation ladder, the reminder itself, and how several become one."""
