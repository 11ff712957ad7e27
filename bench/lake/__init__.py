"""What numbers cost over lakes of any size: `python -m bench.lake`."""
