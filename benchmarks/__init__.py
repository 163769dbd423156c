"""How good and how fast this library is beside its peers; not part of the wheel. `python -m benchmarks --help`."""
