import { dayOfIso, isoOfDay } from '#shared/domain/dates.ts';
import { leastWithheld } from './count-network.ts';
import type { CountSystem, SystemCell, SystemRules, SystemSum } from './count-system.ts';

/** What a count counts: the same key in two releases is the same people or events. */
export type CountedAs = {
  /** Measure and group, such as `events|unit=North`. */
  readonly group: string;
  /** First and last day, both included; the same day twice for a count on one day. */
  readonly from: string;
  readonly to: string;
};

export type CountToRelease = CountedAs & {
  readonly value: number;
  /** What withholding it costs the reader. */
  readonly loss: number;
  /** False where no choice may withhold it to protect another. */
  readonly kept: boolean;
  /** False for a count that is not printed and yet follows from what is. */
  readonly shown: boolean;
};

/** Keys of counts that add up to another's. */
export type KeyedSum = { readonly total: string; readonly parts: readonly string[] };

export type CountsToRelease = {
  readonly cells: readonly CountToRelease[];
  readonly sums: readonly KeyedSum[];
  readonly threshold: number;
};

/** What was let out: the counts behind the withheld cells stay in the vault with it, so that a later release can be judged. */
export type ReleasedCounts = {
  readonly cells: readonly (CountedAs & {
    readonly value: number;
    readonly published: boolean;
    /** False for a count that was not printed and yet followed from what was. */
    readonly shown: boolean;
  })[];
  readonly sums: readonly KeyedSum[];
  readonly threshold: number;
};

export type JoinedSystem = {
  readonly system: CountSystem;
  readonly rules: SystemRules;
  readonly indexOf: ReadonlyMap<string, number>;
  /** Earlier releases that share counts with this one and still agree with the data. */
  readonly joined: number;
  /** Earlier releases of which a count has changed since, so that they cannot be set equal. */
  readonly changed: number;
};

export function keyOf({ group, from, to }: CountedAs): string {
  return `${group}|${from}|${to}`;
}

function dayAfter(day: string, days: number): string {
  return isoOfDay((dayOfIso(day) ?? 0) + days);
}

/** What is left of a period when one inside it is taken away, as a count of its own. */
function remainder(outer: CountedAs, inner: CountedAs): CountedAs {
  const { group } = outer;
  if (outer.from === inner.from) return { group, from: dayAfter(inner.to, 1), to: outer.to };
  if (outer.to === inner.to) return { group, from: outer.from, to: dayAfter(inner.from, -1) };
  return { group: `${group} without ${inner.from} to ${inner.to}`, from: outer.from, to: outer.to };
}

function isInside(inner: CountedAs, outer: CountedAs): boolean {
  return inner.from >= outer.from && inner.to <= outer.to && keyOf(inner) !== keyOf(outer);
}

class Joining {
  readonly cells: SystemCell[] = [];
  readonly sums: SystemSum[] = [];
  readonly indexOf = new Map<string, number>();
  readonly #threshold: number;

  constructor({ cells, sums, threshold }: CountsToRelease) {
    this.#threshold = threshold;
    for (const cell of cells) this.#addCurrent(cell);
    this.#addSums(sums);
  }

  #addCurrent(count: CountToRelease): void {
    const key = keyOf(count);
    const known = this.cells[this.indexOf.get(key) ?? -1];
    const cell: SystemCell = {
      value: count.value,
      loss: Math.max(count.loss, known?.loss ?? 0),
      released: count.shown || known?.released === true,
      kept: count.kept || known?.kept === true,
      told: null,
      promise: null,
    };
    this.#put(key, count.shown || known?.released === true ? cell : this.#hidden(count.value));
  }

  /** A count that nobody prints: where it is small it is protected like any other, without its being known not to be zero. */
  #hidden(value: number, threshold = this.#threshold): SystemCell {
    const isSmall = value > 0 && value < threshold;
    const promise = isSmall ? { width: threshold, reach: threshold, least: 0 as const } : null;
    return { value, loss: 0, released: false, kept: true, told: null, promise };
  }

  #put(key: string, cell: SystemCell): number {
    const index = this.indexOf.get(key) ?? this.cells.length;
    this.indexOf.set(key, index);
    this.cells[index] = cell;
    return index;
  }

  #addSums(sums: readonly KeyedSum[]): void {
    const at = (key: string): number => {
      const index = this.indexOf.get(key);
      if (index === undefined) throw new Error('a sum names a count that is not there');
      return index;
    };
    for (const { total, parts } of sums) {
      if (parts.length === 1 && parts[0] === total) continue;
      this.sums.push({ total: at(total), parts: parts.map(at) });
    }
  }

  agreesWith(release: ReleasedCounts): boolean {
    return release.cells.every((cell) => {
      const index = this.indexOf.get(keyOf(cell));
      return index === undefined || this.cells[index]?.value === cell.value;
    });
  }

  addRelease(release: ReleasedCounts): void {
    for (const { value, published, shown, ...counted } of release.cells) {
      const key = keyOf(counted);
      if (!shown) {
        // What was promised then, under the rules of then: a threshold that was raised since cannot take back what is out.
        if (!this.indexOf.has(key)) this.#put(key, this.#hidden(value, release.threshold));
        continue;
      }
      const cell = this.cells[this.indexOf.get(key) ?? -1] ?? {
        ...{ value, loss: 0, released: false, kept: true, told: null, promise: null },
      };
      if (published) {
        // What is out already cannot be protected: it is withheld where the rules ask for it, and promised nothing.
        const isOut = value > 0 && value < this.#threshold;
        const told = { low: value, high: value };
        this.#put(key, isOut ? { ...cell, told, released: false, promise: null } : { ...cell, told });
      } else if (cell.told === null) {
        const reach = value < release.threshold ? release.threshold : 0;
        const width = Math.max(release.threshold, cell.promise?.width ?? 0);
        this.#put(key, {
          ...cell,
          promise: { width, reach: Math.max(reach, cell.promise?.reach ?? 0), least: leastWithheld },
        });
      }
    }
    this.#addSums(release.sums);
  }

  /** A period and one inside it give away what lies between them, of the same measure and group. */
  addDifference(outer: CountedAs & { value: number }, inner: CountedAs & { value: number }): void {
    const rest = remainder(outer, inner);
    const key = keyOf(rest);
    const value = outer.value - inner.value;
    const isKnown = this.indexOf.has(key);
    if (value < 0 || (!isKnown && (value === 0 || value >= this.#threshold))) return;
    const index = this.indexOf.get(key) ?? this.#put(key, this.#hidden(value));
    const total = this.indexOf.get(keyOf(outer));
    const part = this.indexOf.get(keyOf(inner));
    if (total !== undefined && part !== undefined) this.sums.push({ total, parts: [part, index] });
  }
}

/**
 * The counts of a new release with those of earlier ones of the same vault. Recognised as overlapping are counts of the same
 * measure, group and period, which are one count; and counts of the same measure and group of which one's period lies inside
 * the other's, whose difference is protected like a count that was printed. A release of which a shared count has changed is
 * left out: the two are about different data.
 */
export function joinReleases(current: CountsToRelease, earlier: readonly ReleasedCounts[]): JoinedSystem {
  const joining = new Joining(current);
  const agreeing = earlier.filter((release) => joining.agreesWith(release));
  const groups = new Set(current.cells.map((cell) => cell.group));
  const sharing = agreeing.filter((release) => release.cells.some((cell) => groups.has(cell.group)));
  for (const release of sharing) joining.addRelease(release);
  for (const release of sharing) {
    const byGroup = Map.groupBy(release.cells, (cell) => cell.group);
    for (const cell of current.cells) {
      for (const other of byGroup.get(cell.group) ?? []) {
        if (isInside(other, cell)) joining.addDifference(cell, other);
        else if (isInside(cell, other)) joining.addDifference(other, cell);
      }
    }
  }
  return {
    system: { cells: joining.cells, sums: joining.sums },
    rules: { threshold: current.threshold, protect: current.threshold, rounding: 0 },
    indexOf: joining.indexOf,
    joined: sharing.length,
    changed: earlier.length - agreeing.length,
  };
}
