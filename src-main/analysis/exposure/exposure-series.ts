import { fail, ok, type Result } from '#shared/domain/result.ts';
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
  readonly counts: Readonly<Record<string, number>>;
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
  const posts = postsOf(input.people);
  const cells = sumCells(input, walk, order, posts);
  const months = monthsOf(input, posts, cells);
  if (!input.rows) return ok({ months });
  const personMonths = cells.people.reduce((sum, people) => sum + people, 0);
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

/** Sums by cell (month × pair); counts at `cell * W + window`. */
type Cells = { readonly people: Uint32Array; readonly counts: Float64Array; readonly decayed: Float64Array };

function sumCells(
  { monthEnds, windowsDays }: PersonSeriesInput,
  walk: PersonWalk,
  order: Uint32Array,
  posts: Posts,
): Cells {
  const months = monthEnds.days.length;
  const windows = windowsDays.length;
  const pairs = posts.pairs.length;
  const people = new Uint32Array(months * pairs);
  const counts = new Float64Array(months * pairs * windows);
  const decayed = new Float64Array(months * pairs);
  const { spells, counts: personCounts, decayed: personDecayed } = walk;
  for (let k = 0; k < order.length; k++) {
    const person = order[k] ?? 0;
    if (!walk.readPosts(person)) continue;
    walk.readLoads(person);
    for (let month = 0; month < months; month++) {
      const spell = spells[month] ?? -1;
      if (spell < 0) continue;
      const cell = month * pairs + (posts.ofSpell[spell] ?? 0);
      people[cell] = (people[cell] ?? 0) + 1;
      decayed[cell] = (decayed[cell] ?? 0) + (personDecayed[month] ?? 0);
      for (let window = 0; window < windows; window++) {
        const slot = cell * windows + window;
        counts[slot] = (counts[slot] ?? 0) + (personCounts[window * months + month] ?? 0);
      }
    }
  }
  return { people, counts, decayed };
}

function monthsOf(input: PersonSeriesInput, posts: Posts, cells: Cells): readonly ExposureMonth[] {
  const keys = input.windowsDays.map(String);
  return input.monthEnds.months.flatMap((month, index) =>
    posts.pairs.flatMap(({ unit, role }, pair) => {
      const cell = index * posts.pairs.length + pair;
      const people = cells.people[cell] ?? 0;
      if (people === 0) return [];
      const counts: Record<string, number> = {};
      keys.forEach((key, window) => {
        counts[key] = cells.counts[cell * keys.length + window] ?? 0;
      });
      return [{ month, unit, role, people, counts, decayed: cells.decayed[cell] ?? 0 }];
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
      const counts: Record<string, number> = {};
      keys.forEach((key, window) => {
        counts[key] = walk.counts[window * monthEnds.months.length + at] ?? 0;
      });
      const unit = people.units[people.spells.unit[spell] ?? 0] ?? '';
      const role = people.roles[people.spells.role[spell] ?? 0] ?? '';
      rows.push({ month, person, unit, role, counts, decayed: walk.decayed[at] ?? 0 });
    });
  }
  return rows;
}
