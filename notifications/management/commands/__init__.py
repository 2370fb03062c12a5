"""Commands of the notifications room."""
