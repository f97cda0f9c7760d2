"""Everything about `mentorbot.yml`: YAML, sections, keys and mistakes; calendar, durations and templates."""
