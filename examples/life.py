"""Conway's game of life on a torus: slices, rolls, boolean masks and a view of all neighbourhoods.

    python life.py [GENERATIONS]
"""
import sys

import numpy as np

GLIDER = np.array([[0, 1, 0], [0, 0, 1], [1, 1, 1]], dtype=np.uint8)


def neighbours(board):
    """How many of the eight cells around each cell live: by rolls, and once more by windows."""
    rolled = sum(np.roll(board, (i, j), axis=(0, 1)) for i in (-1, 0, 1) for j in (-1, 0, 1)) - board
    wrapped = np.pad(board, 1, mode="wrap")
    windows = np.lib.stride_tricks.sliding_window_view(wrapped, (3, 3))
    assert (windows.sum(axis=(2, 3)) - board == rolled).all()
    return rolled


def step(board):
    count = neighbours(board)
    return ((count == 3) | ((board == 1) & (count == 2))).astype(board.dtype)


def main():
    generations = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    board = np.zeros((12, 24), dtype=np.uint8)
    board[1:4, 1:4] = GLIDER
    board[6:9, 15:18] = GLIDER[::-1, ::-1]
    board[5, 9:12] = 1
    alive = []
    for _ in range(generations):
        board = step(board)
        alive.append(board.sum())
    marks = np.where(board == 1, "#", ".")
    print("\n".join("".join(row) for row in marks))
    print("alive:", np.array(alive))
    rows, columns = np.nonzero(board)
    print("centre:", np.round([rows.mean(), columns.mean()], 6), "box:", rows.min(), rows.max(), columns.min(), columns.max())
    print(repr(np.unique(neighbours(board), return_counts=True)))


if __name__ == "__main__":
    main()
