"""Running pure functions over blocks of whole products."""
