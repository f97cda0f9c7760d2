"""The GraphQL API: the part of GitHub's schema that somebody asks for, its answers, and their price."""
