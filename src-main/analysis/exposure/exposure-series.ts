import { fail, ok, type Result } from '#shared/domain/result.ts';
import { type ByWindow, byWindow } from './by-window.ts';
import { compareCodePoints, type PersonFrame, pseudonymOrder } from './person-frame.ts';
import { type PersonSeriesInput, type PersonWalk, personWalk } from './person-series.ts';

export type ExposureSeriesInput = PersonSeriesInput & {
  /** Whether person-level rows are wanted. */
  readonly rows: boolean;
};

/** The people of one unit and role in post at a month end; loads are sums over them. Keys of `counts` are windows in days. */
export type ExposureMonth = {
  /** `2026-03`. */
  readonly month: string;
  readonly unit: string;
  readonly role: string;
  readonly people: number;
  readonly counts: ByWindow;
  readonly decayed: number;
};

/** One person in post at a month end. */
export type ExposurePersonMonth = Omit<ExposureMonth, 'people'> & { readonly person: string };

export type ExposureSeriesResult = {
  /** Ascending by month, unit and role; only where somebody is in post. */
  readonly months: readonly ExposureMonth[];
  /** Ascending by pseudonym and month; only when asked for. */
  readonly rows?: readonly ExposurePersonMonth[];
};

/** More person-level rows than this make no readable result, and too long a text to hold. */
export const mostPersonRows = 1_000_000;

/**
 * `exposureLoad` for every month end in one pass over the events. The same as one load a month to within 1e-9 (the sums run
 * in another order). Fails with `TOO_LARGE` when more person-level rows are asked for than `mostPersonRows`.
 */
export function exposureSeries(input: ExposureSeriesInput): Result<ExposureSeriesResult> {
  const walk = personWalk(input);
  const order = pseudonymOrder(input.people);
  const columns = sumColumns(input, walk, order);
  const months = monthsOfColumns(columns);
  if (!input.rows) return ok({ months });
  const personMonths = columns.people.reduce((sum, people) => sum + people, 0);
  if (personMonths > mostPersonRows) {
    return fail(
      'TOO_LARGE',
      `The series has ${personMonths} person-level rows, more than the ${mostPersonRows} that one result may hold.`,
      'Nothing was kept. Ask for fewer months, or leave the person-level rows out.',
      { rows: personMonths, limit: mostPersonRows },
    );
  }
  return ok({ months, rows: personRows(input, walk, order) });
}

/** The sums of a series as columns, which cross between threads at no cost; `monthsOfColumns` makes the result of them. */
export type SeriesColumns = {
  /** `2026-03`, ascending; M of them. */
  readonly months: readonly string[];
  /** W of them. */
  readonly windowsDays: readonly number[];
  /** Pairs of unit and role, ascending. */
  readonly pairs: readonly { readonly unit: string; readonly role: string }[];
  /** People in post, at `pair * M + month`. */
  readonly people: Uint32Array<ArrayBuffer>;
  /** At `(pair * W + window) * M + month`. */
  readonly counts: Float64Array<ArrayBuffer>;
  /** At `pair * M + month`. */
  readonly decayed: Float64Array<ArrayBuffer>;
};

/** The sums alone, without person-level rows. */
export function seriesColumns(input: PersonSeriesInput): SeriesColumns {
  return sumColumns(input, personWalk(input), pseudonymOrder(input.people));
}

/** The pairs of unit and role that somebody holds, ascending; and the pair of each spell. */
type Posts = {
  readonly pairs: readonly { readonly unit: string; readonly role: string }[];
  readonly ofSpell: Uint32Array;
};

function postsOf({ spells, units, roles }: PersonFrame): Posts {
  const keyOf = (spell: number) => (spells.unit[spell] ?? 0) * roles.length + (spells.role[spell] ?? 0);
  const numbers = new Map<number, number>();
  const raw = Uint32Array.from(spells.unit, (_, spell) => {
    const key = keyOf(spell);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, numbers.size);
    return numbers.size - 1;
  });
  const found = [...numbers].map(([key, number]) => ({
    number,
    unit: units[Math.floor(key / roles.length)] ?? '',
    role: roles[key % roles.length] ?? '',
  }));
  found.sort((a, b) => compareCodePoints(a.unit, b.unit) || compareCodePoints(a.role, b.role));
  const place = new Uint32Array(found.length);
  found.forEach(({ number }, index) => {
    place[number] = index;
  });
  return { pairs: found.map(({ unit, role }) => ({ unit, role })), ofSpell: raw.map((number) => place[number] ?? 0) };
}

function sumColumns(input: PersonSeriesInput, walk: PersonWalk, order: Uint32Array): SeriesColumns {
  const posts = postsOf(input.people);
  const months = input.monthEnds.days.length;
  const windows = input.windowsDays.length;
  const pairs = posts.pairs.length;
  const people = new Uint32Array(pairs * months);
  const counts = new Float64Array(pairs * windows * months);
  const decayed = new Float64Array(pairs * months);
  for (let k = 0; k < order.length; k++) {
    const person = order[k] ?? 0;
    if (!walk.readPosts(person)) continue;
    walk.readLoads(person);
    let month = 0;
    while (month < months) {
      const spell = walk.spells[month] ?? -1;
      let stop = month + 1;
      while (stop < months && walk.spells[stop] === spell) stop++;
      if (spell >= 0) {
        const pair = posts.ofSpell[spell] ?? 0;
        for (let at = month; at < stop; at++) people[pair * months + at] = (people[pair * months + at] ?? 0) + 1;
        addRun(walk.decayed, month, stop, decayed, pair * months);
        for (let window = 0; window < windows; window++) {
          addRun(walk.counts, window * months + month, window * months + stop, counts, pair * windows * months);
        }
      }
      month = stop;
    }
  }
  return {
    months: input.monthEnds.months,
    windowsDays: input.windowsDays,
    pairs: posts.pairs,
    people,
    counts,
    decayed,
  };
}

/** Adds `from[start]` to `from[stop - 1]` to the places of `into` that lie `shift` further on. */
function addRun(from: Float64Array, start: number, stop: number, into: Float64Array, shift: number): void {
  for (let at = start; at < stop; at++) into[at + shift] = (into[at + shift] ?? 0) + (from[at] ?? 0);
}

/** One record for each month, unit and role where somebody is in post. */
export function monthsOfColumns(columns: SeriesColumns): readonly ExposureMonth[] {
  const { months, pairs, people, counts, decayed } = columns;
  const keys = columns.windowsDays.map(String);
  return months.flatMap((month, index) =>
    pairs.flatMap(({ unit, role }, pair) => {
      const cell = pair * months.length + index;
      const inPost = people[cell] ?? 0;
      if (inPost === 0) return [];
      const row = pair * keys.length;
      const counted = byWindow(keys, (window) => counts[(row + window) * months.length + index] ?? 0);
      return [{ month, unit, role, people: inPost, counts: counted, decayed: decayed[cell] ?? 0 }];
    }),
  );
}

function personRows(input: PersonSeriesInput, walk: PersonWalk, order: Uint32Array): readonly ExposurePersonMonth[] {
  const { people, monthEnds } = input;
  const keys = input.windowsDays.map(String);
  const rows: ExposurePersonMonth[] = [];
  for (const index of order) {
    if (!walk.readPosts(index)) continue;
    walk.readLoads(index);
    const person = people.pseudonyms[index] ?? '';
    monthEnds.months.forEach((month, at) => {
      const spell = walk.spells[at] ?? -1;
      if (spell < 0) return;
      const counts = byWindow(keys, (window) => walk.counts[window * monthEnds.months.length + at] ?? 0);
      const unit = people.units[people.spells.unit[spell] ?? 0] ?? '';
      const role = people.roles[people.spells.role[spell] ?? 0] ?? '';
      rows.push({ month, person, unit, role, counts, decayed: walk.decayed[at] ?? 0 });
    });
  }
  return rows;
}
