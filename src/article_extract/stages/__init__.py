"""The stages of the path, each a function from values to values; none imports another."""
