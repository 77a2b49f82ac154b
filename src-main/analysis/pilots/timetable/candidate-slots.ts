import { londonDay } from '#shared/domain/dates.ts';
import type { TimetableRules } from '#shared/domain/session-timetable.ts';
import type { KeptDuty } from './kept-duties.ts';
import { mayBeAway, OnDuty } from './on-duty.ts';

/** A time and place at which a session could be held. */
export type Slot = { readonly at: number; readonly place: number; readonly day: number; readonly window: number };

/**
 * Slots in a row for the same people: a session in one of them is as good as in another. `people` rise; `mayCome` is how many
 * of them a session holds; `fits` how many sessions can follow each other in it.
 */
export type Window = {
  readonly place: number;
  readonly day: number;
  readonly mayCome: number;
  readonly fits: number;
  readonly people: Int32Array;
  readonly slots: readonly number[];
};

/** Where sessions can be held, by place and time; `windowsOf` each enrolled person, in order of days. */
export type Candidates = {
  readonly places: readonly string[];
  readonly slots: readonly Slot[];
  readonly windows: readonly Window[];
  readonly windowsOf: readonly Int32Array[];
  /** Whether a person has a duty that could hold a session if enough stayed on duty. */
  readonly hasTime: Uint8Array;
};

export function candidateSlots(enrolled: number, worked: readonly KeptDuty[], rules: TimetableRules): Candidates {
  const places = [...new Set(worked.map(({ place }) => place))].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const placeOf = new Map(places.map((place, index) => [place, index]));
  const byPlace = Map.groupBy(worked, ({ place }) => placeOf.get(place) ?? 0);
  const hasTime = new Uint8Array(enrolled);
  const slots: Slot[] = [];
  const windows: Window[] = [];
  for (let place = 0; place < places.length; place += 1) {
    const duties = byPlace.get(place) ?? [];
    const there = new OnDuty(duties);
    const length = rules.minutes * 60;
    const runs = new WindowRuns(place, rules, { slots, windows });
    for (const [at, people] of peopleByStart(duties, enrolled, rules)) {
      for (const person of people) hasTime[person] = 1;
      const maySpare = mayBeAway(there.fewest(at, at + length), rules.awayShare);
      const mayCome = Math.min(rules.places, maySpare, people.length);
      if (mayCome >= rules.fewestPeople) runs.add(at, people, mayCome);
    }
    runs.end();
  }
  return { places, slots, windows, windowsOf: windowsByPerson(enrolled, windows), hasTime };
}

/** Starts on the grid, rising, each with the enrolled people whose duty could hold a session then. */
function* peopleByStart(
  duties: readonly KeptDuty[],
  enrolled: number,
  rules: TimetableRules,
): Generator<readonly [number, Int32Array]> {
  const grid = rules.gridMinutes * 60;
  const closed = new Set(rules.closedDays);
  const isOpen = (day: number): boolean => day >= rules.firstDay && day <= rules.lastDay && !closed.has(day);
  const entries: number[] = [];
  for (const { person, start, end, isNight, isRestDay } of duties) {
    if (person >= enrolled || isRestDay || (isNight && !rules.nights)) continue;
    const first = Math.ceil((start + rules.afterStartMinutes * 60) / grid);
    const last = Math.floor((end - (rules.beforeEndMinutes + rules.minutes) * 60) / grid);
    for (let step = first; step <= last; step += 1) {
      if (isOpen(londonDay(step * grid))) entries.push(step * enrolled + person);
    }
  }
  const sorted = Float64Array.from(entries).sort();
  for (let at = 0; at < sorted.length; ) {
    const step = Math.floor((sorted[at] as number) / enrolled);
    let end = at;
    while (end < sorted.length && (sorted[end] as number) < (step + 1) * enrolled) end += 1;
    yield [step * grid, Int32Array.from(sorted.subarray(at, end), (entry) => entry - step * enrolled)];
    at = end;
  }
}

/** Gathers the slots of one place, as they come in order of time, into windows. */
class WindowRuns {
  readonly #place: number;
  readonly #rules: TimetableRules;
  readonly #into: { readonly slots: Slot[]; readonly windows: Window[] };
  #run: { day: number; mayCome: number; people: Int32Array; slots: number[] } | null = null;

  constructor(place: number, rules: TimetableRules, into: { readonly slots: Slot[]; readonly windows: Window[] }) {
    this.#place = place;
    this.#rules = rules;
    this.#into = into;
  }

  add(at: number, people: Int32Array, mayCome: number): void {
    const { slots, windows } = this.#into;
    const day = londonDay(at);
    const before = slots.at(-1);
    const run = this.#run;
    const goesOn =
      run !== null &&
      before?.at === at - this.#rules.gridMinutes * 60 &&
      run.day === day &&
      run.mayCome === mayCome &&
      isSame(run.people, people);
    if (!goesOn) this.end();
    this.#run ??= { day, mayCome, people, slots: [] };
    this.#run.slots.push(slots.length);
    slots.push({ at, place: this.#place, day, window: windows.length });
  }

  end(): void {
    if (this.#run === null) return;
    const apart = Math.ceil(this.#rules.minutes / this.#rules.gridMinutes);
    const fits = Math.floor((this.#run.slots.length - 1) / apart) + 1;
    this.#into.windows.push({ ...this.#run, place: this.#place, fits });
    this.#run = null;
  }
}

function isSame(one: Int32Array, other: Int32Array): boolean {
  return one.length === other.length && one.every((person, index) => person === other[index]);
}

function windowsByPerson(enrolled: number, windows: readonly Window[]): Int32Array[] {
  const own: number[][] = Array.from({ length: enrolled }, () => []);
  const byDay = windows.map((_, window) => window);
  byDay.sort((a, b) => (windows[a] as Window).day - (windows[b] as Window).day || a - b);
  for (const window of byDay) {
    for (const person of (windows[window] as Window).people) own[person]?.push(window);
  }
  return own.map((list) => Int32Array.from(list));
}
