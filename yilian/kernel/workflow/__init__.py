"""Cases: types as tables of steps, the one way to change a state, history and lists."""
