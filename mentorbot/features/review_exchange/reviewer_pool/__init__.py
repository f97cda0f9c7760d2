"""Who is asked for a review: people who offer or owe one."""
