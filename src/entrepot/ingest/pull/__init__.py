"""Fetch official files from their providers: only by https, only from the hosts that the list of addresses names."""
