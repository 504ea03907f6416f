"""One archive that sets up a machine without a network: `make bundle`, `python -m docs.bundle`."""
