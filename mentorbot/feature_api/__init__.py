"""What a feature is and may look at: the card, the ports, and the catalog of all cards."""
