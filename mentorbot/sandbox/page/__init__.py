"""The page of the sandbox: see what is there, act as any of its people, and watch the bot answer."""
