"""The room extract."""
