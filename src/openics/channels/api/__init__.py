"""The REST API under `/api/v1`, for programs of clients: the same intake, decisions and records as every other channel."""
