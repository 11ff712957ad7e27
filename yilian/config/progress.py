"""A bar in the terminal for what takes longer than a breath."""

WIDTH = 30


def show_progress(done: int, total: int) -> None:
    """Draw the bar anew on its line; the line ends when all is done."""
    filled = WIDTH * min(done, total) // max(total, 1)
    print(f"\r[{'#' * filled}{' ' * (WIDTH - filled)}] {done}/{total}", end="\n" if done >= total else "", flush=True)
