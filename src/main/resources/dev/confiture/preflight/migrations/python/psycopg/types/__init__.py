"""Wrappers of parameters."""
