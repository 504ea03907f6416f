"""Lines that no rule read, read a second time by a machine and checked against what is printed."""
