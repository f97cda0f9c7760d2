"""Whose turn it is here: the domain's answer, with what people said outright and what is closed by now."""
