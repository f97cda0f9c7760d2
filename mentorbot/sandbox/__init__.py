"""A small GitHub over real HTTP: for `make run` without credentials, and for all tests.

| where | what is in it |
| --- | --- |
| `server.py`, `simulated_github.py` | `running_github()`: all of it, listening; what tests hold |
| `model.py`, `apps.py`, `checks.py` | repositories and people; Apps; what machines say |
| `world.py`, `git.py` | everything that exists, and how to find it; commits, diffs, history |
| `acts/` | what people do: each act changes the world and causes GitHub's webhooks |
| `webhooks.py` | signing, delivering, the App's delivery log |
| `shapes/` | the one place for GitHub's JSON, for webhooks and REST alike |
| `request_pipeline.py`, `routes.py`, `addresses.py` | from request to answer: faults, permissions, pages |
| `rest/`, `graphql/` | what the APIs answer: what somebody asks for, no more |
| `page/` | its page: see, act as anybody, watch the bot answer |
| `story.py`, `stories/` | what plays by itself, told line by line |
| `faults.py`, `limits.py`, `clock.py` | what goes wrong on order, how much one may ask, what time it is |
"""
