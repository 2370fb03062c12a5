"""Starts the portal and its embedded services on one machine, and keeps them running."""
