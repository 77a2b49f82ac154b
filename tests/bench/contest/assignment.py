"""The assignment of least cost by SciPy's linear_sum_assignment (a modified Jonker-Volgenant algorithm in C++).

Arguments: a file of rows x columns int32 costs, row by row; rows; columns; the largest cost that is allowed. Columns are places,
one each, and one for each row that goes without. Prints the seconds of the assignment alone and what it costs.
"""

import sys
import time

import numpy as np
from scipy.optimize import linear_sum_assignment

file, rows, columns, most = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
costs = np.fromfile(file, dtype=np.int32).reshape(rows, columns).astype(float)
costs[costs > most] = np.inf
started = time.perf_counter()
row, column = linear_sum_assignment(costs)
seconds = time.perf_counter() - started
print(seconds, int(costs[row, column].sum()))
