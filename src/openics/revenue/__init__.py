"""Valuation, duty, taxes, charges, payments, refunds and drawback."""
