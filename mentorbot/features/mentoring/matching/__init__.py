"""How a pair comes about: asked for, offered, proposed, accepted or declined."""
