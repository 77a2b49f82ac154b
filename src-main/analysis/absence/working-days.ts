/** Monday to Friday up to a day, counted from a fixed Monday. Day 0, 1 January 1970, was a Thursday. */
function weekdaysUpTo(day: number): number {
  const weeks = Math.floor((day + 3) / 7);
  return weeks * 5 + Math.min(day + 3 - weeks * 7 + 1, 5);
}

/** Mondays to Fridays between two day numbers, both included; bank holidays are not taken out. */
export function workingDays(fromDay: number, toDay: number): number {
  return fromDay > toDay ? 0 : weekdaysUpTo(toDay) - weekdaysUpTo(fromDay - 1);
}
