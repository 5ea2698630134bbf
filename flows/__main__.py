"""`python -m flows`: the same as the command `statements`."""

from flows.cli import main

main()
