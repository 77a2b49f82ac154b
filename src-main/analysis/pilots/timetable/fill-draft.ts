import type { Window } from './candidate-slots.ts';
import type { Draft } from './draft.ts';

/** Adds sessions one after another, each where it gains most points with the courses as they stand. */
export function addGreedily(draft: Draft, among: Iterable<number> = draft.candidates.windows.keys()): void {
  const { windows } = draft.candidates;
  const queue = new GainQueue();
  for (const window of among) queue.put(window, gainOf(draft, window).points);
  for (let next = queue.take(); next !== null; next = queue.take()) {
    const { people, points } = gainOf(draft, next.window);
    if (points === 0) continue;
    // Gains only fall as seats are given: one that fell waits for its turn.
    if (points < next.points) {
      queue.put(next.window, points);
      continue;
    }
    const window = windows[next.window] as Window;
    const slot = window.slots.find((own) => draft.canHold(own));
    if (slot === undefined) continue;
    draft.hold(slot);
    for (const person of people) draft.setCourse(person, [...(draft.courses[person] ?? []), next.window]);
    queue.put(next.window, gainOf(draft, next.window).points);
  }
}

/** Who would gain most by one more session in a window, and how much they would together. */
function gainOf(draft: Draft, window: number): { readonly people: readonly number[]; readonly points: number } {
  const { people, day, mayCome } = draft.candidates.windows[window] as Window;
  const reached: number[] = [];
  const fresh: number[] = [];
  for (const person of people) {
    if (draft.canTake(person, day)) (draft.courses[person]?.length === 0 ? fresh : reached).push(person);
  }
  const [first, more] = [fresh.slice(0, mayCome), reached.slice(0, Math.max(0, mayCome - fresh.length))];
  const isSession = first.length + more.length >= draft.rules.fewestPeople;
  return {
    people: [...first, ...more],
    points: isSession ? first.length * draft.rules.sessionsEach + more.length : 0,
  };
}

/** Windows by what they gain, most first; among equals in the order in which they came. Gains are small whole numbers. */
class GainQueue {
  readonly #waiting: number[][] = [];
  readonly #next: number[] = [];

  put(window: number, points: number): void {
    if (points === 0) return;
    while (this.#waiting.length <= points) {
      this.#waiting.push([]);
      this.#next.push(0);
    }
    this.#waiting[points]?.push(window);
  }

  take(): { readonly window: number; readonly points: number } | null {
    for (let points = this.#waiting.length - 1; points > 0; points -= 1) {
      const at = this.#next[points] as number;
      const window = this.#waiting[points]?.[at];
      if (window === undefined) {
        this.#waiting.pop();
        this.#next.pop();
        continue;
      }
      this.#next[points] = at + 1;
      return { window, points };
    }
    return null;
  }
}
