"""Being left alone: a person everywhere, a repository for a while; and greetings that wait for a decision."""
