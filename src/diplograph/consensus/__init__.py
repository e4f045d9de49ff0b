"""The room consensus."""
