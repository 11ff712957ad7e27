"""How the network runs: who takes part and who has fallen silent, how long each hop takes, and what is refused why."""
