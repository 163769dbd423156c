"""How the weights of the shipped model are made from a corpus; not part of the wheel. `python -m training --help`."""
