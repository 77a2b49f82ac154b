import type { TimetableRules } from '#shared/domain/session-timetable.ts';
import type { Candidates } from './candidate-slots.ts';

/** Points of a course of some sessions: to reach somebody new counts as much as a whole course of somebody reached. */
export function pointsOf(sessions: number, sessionsEach: number): number {
  return sessions === 0 ? 0 : sessionsEach + sessions - 1;
}

/**
 * The course of one person with the most points less prices, over the windows open to them: at most one session a day, days far
 * enough apart, no more than are wanted. By dynamic programming over days and sessions; among equals the fewest sessions.
 */
export class CourseSearch {
  /** Windows of the course last found, the last day first. */
  readonly chosen: number[] = [];
  readonly #rules: TimetableRules;
  readonly #dayOfWindow: Int32Array;
  #days = new Int32Array(0);
  #cheapest = new Int32Array(0);
  #prices = new Float64Array(0);
  /** For each day the days before it that lie far enough back. */
  #before = new Int32Array(0);
  /** Least price of so many sessions (row) in the first days (column). */
  #least = new Float64Array(0);
  #width = 1;

  constructor(rules: TimetableRules, { windows }: Candidates) {
    this.#rules = rules;
    this.#dayOfWindow = Int32Array.from(windows, ({ day }) => day);
  }

  /** Points less prices of the best course; its windows are then in `chosen`. A price of Infinity closes a window. */
  find(windows: Int32Array, prices: Float64Array): number {
    const days = this.#gatherDays(windows, prices);
    const most = Math.min(this.#rules.sessionsEach, days);
    this.#fill(days, most);
    let [best, sessions] = [0, 0];
    for (let count = 1; count <= most; count += 1) {
      const worth = pointsOf(count, this.#rules.sessionsEach) - (this.#least[count * this.#width + days] as number);
      if (worth > best + 1e-9) [best, sessions] = [worth, count];
    }
    this.#trace(days, sessions);
    return best;
  }

  /** One entry a day: its cheapest window. */
  #gatherDays(windows: Int32Array, prices: Float64Array): number {
    if (this.#days.length < windows.length) {
      this.#days = new Int32Array(windows.length);
      this.#cheapest = new Int32Array(windows.length);
      this.#prices = new Float64Array(windows.length);
      this.#before = new Int32Array(windows.length);
    }
    let count = 0;
    for (const window of windows) {
      const price = prices[window] as number;
      if (price === Number.POSITIVE_INFINITY) continue;
      const day = this.#dayOfWindow[window] as number;
      if (count > 0 && this.#days[count - 1] === day) {
        if (price >= (this.#prices[count - 1] as number)) continue;
        count -= 1;
      }
      this.#days[count] = day;
      this.#cheapest[count] = window;
      this.#prices[count] = price;
      count += 1;
    }
    let back = 0;
    for (let at = 0; at < count; at += 1) {
      while ((this.#days[at] as number) - (this.#days[back] as number) >= this.#rules.gapDays) back += 1;
      this.#before[at] = back;
    }
    return count;
  }

  #fill(days: number, most: number): void {
    const width = days + 1;
    this.#width = width;
    const size = width * (most + 1);
    if (this.#least.length < size) this.#least = new Float64Array(size);
    const least = this.#least;
    least.fill(0, 0, width);
    for (let count = 1; count <= most; count += 1) {
      const row = count * width;
      least[row] = Number.POSITIVE_INFINITY;
      for (let at = 0; at < days; at += 1) {
        const without = least[row + at] as number;
        const withIt = (least[row - width + (this.#before[at] as number)] as number) + (this.#prices[at] as number);
        least[row + at + 1] = Math.min(without, withIt);
      }
    }
  }

  #trace(days: number, sessions: number): void {
    this.chosen.length = 0;
    let end = days;
    for (let count = sessions; count > 0; count -= 1) {
      const row = count * this.#width;
      while (this.#least[row + end] === this.#least[row + end - 1]) end -= 1;
      this.chosen.push(this.#cheapest[end - 1] as number);
      end = this.#before[end - 1] as number;
    }
  }
}
