"""`python -m training`."""

from training.fit import main

main()
