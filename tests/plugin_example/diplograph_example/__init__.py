"""Plugs for diplograph that another package brings."""
