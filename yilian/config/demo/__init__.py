"""The demo city: fictional 江城市, made from a seed, loaded through the same doors that people use."""
