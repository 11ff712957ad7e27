"""The assessment of a consortium's members: schemes, periods, sheets filled from data, scores and what follows."""
