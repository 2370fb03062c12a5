"""Figures, judgement and rankings."""
