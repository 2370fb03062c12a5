"""Organisations, people, posts, sign-in and who may see a row."""
