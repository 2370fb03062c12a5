"""Uploads: type, hash, quota, private serving."""
