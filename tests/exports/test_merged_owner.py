"""What a client lodged before it was merged is the survivor's to change, withdraw and ask about."""
