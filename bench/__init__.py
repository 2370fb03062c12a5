"""How fast the portal is against bare Django: the same database, the same gunicorn, one run."""
