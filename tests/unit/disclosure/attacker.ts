import loader, { type Highs } from 'highs';

/**
 * A reader with a solver, written apart from the app's own: it knows nothing of the sums or networks there. Every published
 * figure is what it says it adds up of the finest counts, and each withheld one is asked for by an integer programme.
 */

/** One figure as it was printed: the finest counts that it adds up, and what is printed. */
export type Printed = {
  readonly of: readonly string[];
  readonly published: number | null;
  readonly rounding: number;
};

export type Guess = { readonly low: number; readonly high: number };

const cap = 100_000;
const load = loader as unknown as typeof loader.default;
let solver: Promise<Highs> | null = null;

function nameOf(names: Map<string, string>, count: string): string {
  const known = names.get(count) ?? `x${names.size}`;
  names.set(count, known);
  return known;
}

/** @param knowsRules whether the reader knows that withheld figures are never zero, and that shown ones are not small */
function constraints(printed: readonly Printed[], names: Map<string, string>, knowsRules: boolean, threshold: number) {
  return printed.flatMap(({ of, published, rounding }) => {
    const sum = of.map((count) => nameOf(names, count)).join(' + ');
    if (published === null) return knowsRules ? [`${sum} >= 1`] : [];
    if (rounding <= 1) return [`${sum} = ${published}`];
    const lines: string[] = [];
    let low = published - rounding / 2;
    let high = published + rounding / 2;
    if (Number.isInteger(high)) high -= 1;
    if (knowsRules && published > 0) low = Math.max(low, threshold);
    if (knowsRules && published === 0 && high < threshold) high = 0;
    lines.push(`${sum} >= ${Math.max(0, Math.ceil(low))}`, `${sum} <= ${Math.floor(high)}`);
    return lines;
  });
}

/** The exact range of each withheld figure, in the order in which they were printed. */
export async function guesses(printed: readonly Printed[], knowsRules: boolean, threshold: number): Promise<Guess[]> {
  solver ??= load();
  const highs = await solver;
  const names = new Map<string, string>();
  const lines = constraints(printed, names, knowsRules, threshold);
  for (const { of } of printed) for (const count of of) nameOf(names, count);
  const all = [...names.values()];
  const end = (sense: 'Minimize' | 'Maximize', of: readonly string[]): number => {
    const target = of.map((count) => names.get(count)).join(' + ');
    const text = [
      `${sense}\n obj: ${target}\nSubject To`,
      ...lines.map((line, index) => ` c${index}: ${line}`),
      ` dummy: ${all[0]} >= 0`,
      'Bounds',
      ...all.map((name) => ` 0 <= ${name} <= ${cap}`),
      'Generals',
      ` ${all.join(' ')}`,
      'End',
    ].join('\n');
    const answer = highs.solve(text, { output_flag: false, mip_rel_gap: 0 } as never);
    if (answer.Status !== 'Optimal') throw new Error(`the attacker’s programme ended ${answer.Status}`);
    return Math.round(answer.ObjectiveValue);
  };
  return printed
    .filter((figure) => figure.published === null)
    .map(({ of }) => ({ low: end('Minimize', of), high: end('Maximize', of) }));
}

/** The same for a handful of small counts, by trying every table up to `most` in each. */
export function guessesByEnumeration(printed: readonly Printed[], most: number): Guess[] {
  const counts = [...new Set(printed.flatMap(({ of }) => of))];
  const withheld = printed.filter((figure) => figure.published === null);
  const ranges = withheld.map(() => ({ low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY }));
  const value = new Map<string, number>();
  const sumOf = (of: readonly string[]): number => of.reduce((sum, count) => sum + (value.get(count) ?? 0), 0);
  const fits = (): boolean =>
    printed.every(({ of, published }) => (published === null ? sumOf(of) >= 1 : sumOf(of) === published));
  const place = (index: number): void => {
    const count = counts[index];
    if (count === undefined) {
      if (!fits()) return;
      withheld.forEach(({ of }, at) => {
        const range = ranges[at]!;
        range.low = Math.min(range.low, sumOf(of));
        range.high = Math.max(range.high, sumOf(of));
      });
      return;
    }
    for (let each = 0; each <= most; each += 1) {
      value.set(count, each);
      place(index + 1);
    }
  };
  place(0);
  return ranges;
}
