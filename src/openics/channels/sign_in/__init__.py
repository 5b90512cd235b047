"""Signing in: certificates of people, sessions, invitations, and drafts of what was typed when a session ended."""
