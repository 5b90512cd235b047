"""Webhooks: events told to programs over HTTPS, signed, in order for each subject, again until they are taken."""
