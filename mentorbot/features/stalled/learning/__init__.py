"""Learns from being corrected: keeps what people said as labels, and stops nudging authors where it errs."""
