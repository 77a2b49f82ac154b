"""The loads of everybody at every month end, summed by month, unit and role, in memory with pandas and NumPy.

Arguments: folder with people.csv, events.csv and months.csv; where to write the sums. Prints the seconds of the computation.
"""

import sys
import time

import numpy as np
import pandas as pd

folder, out = sys.argv[1:]
people = pd.read_csv(f"{folder}/people.csv")
events = pd.read_csv(f"{folder}/events.csv")
months = pd.read_csv(f"{folder}/months.csv")
windows = [28, 90, 180, 365]
half_life = 180
started = time.perf_counter()
# Events of everybody on one axis, so that one search finds where each person stands on a day.
span = 100_000
key = np.sort(events["person"].to_numpy() * span + events["day"].to_numpy())
person, day = key // span, key % span
reference = int(day.min())
grown = pd.Series(2.0 ** ((day - reference) / half_life)).groupby(person).cumsum().to_numpy()
own = people["person"].to_numpy() * span
first = np.searchsorted(key, own)
frames = []
for month, end in zip(months["month"], months["day"]):
    at = np.searchsorted(key, own + end, side="right")
    row = {"unit": people["unit"], "role": people["role"]}
    for width in windows:
        row[f"w{width}"] = at - np.searchsorted(key, own + end - width, side="right")
    row["decayed"] = np.where(at > first, grown[np.maximum(at, 1) - 1], 0.0) * 2.0 ** (-(end - reference) / half_life)
    frame = pd.DataFrame(row)[(people["from"] <= end) & (end <= people["to"])]
    groups = frame.groupby(["unit", "role"], sort=False)
    total = groups.sum()
    total["people"] = groups.size()
    total["month"] = month
    frames.append(total.reset_index())
sums = pd.concat(frames)
print(time.perf_counter() - started)
sums[["month", "unit", "role", "people", "w28", "w90", "w180", "w365", "decayed"]].to_csv(out, index=False)
