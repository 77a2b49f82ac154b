import type { CaseFinding, InstrumentSummary } from '#main/analysis/screening/screening-summary.ts';
import {
  type CountedAs,
  type CountsToRelease,
  type CountToRelease,
  type KeyedSum,
  keyOf,
} from '#main/disclosure/released-counts.ts';
import type { ReportFacts } from './report-facts.ts';

type Spec = Pick<ReportFacts['spec'], 'from' | 'to'>;

/** People whose latest screening could be judged by a family of rules. */
export function assessedAs(instrument: string, family: string, { from, to }: Spec): CountedAs {
  return { group: `assessed|${instrument}|${family}`, from, to };
}

/** Those of them who are positive by one rule. */
export function positiveAs(instrument: string, finding: CaseFinding, { from, to }: Spec): CountedAs {
  return { group: `positive|${instrument}|${finding.family.name}|${finding.rule}`, from, to };
}

class FamilyCounts {
  readonly cells: CountToRelease[] = [];
  readonly sums: KeyedSum[] = [];
  readonly #instrument: string;
  readonly #spec: Spec;

  constructor(instrument: string, spec: Spec) {
    this.#instrument = instrument;
    this.#spec = spec;
  }

  print(as: CountedAs, value: number, more = 0): CountedAs {
    this.cells.push({ ...as, value, loss: 1 + value + more, kept: false, shown: true });
    return as;
  }

  /** A count that nobody prints and anybody can work out by subtraction. */
  follow(name: string, value: number): CountedAs {
    const { from, to } = this.#spec;
    const as = { group: `follows|${this.#instrument}|${name}`, from, to };
    this.cells.push({ ...as, value, loss: 0, kept: true, shown: false });
    return as;
  }

  sum(total: CountedAs, parts: readonly CountedAs[]): void {
    this.sums.push({ total: keyOf(total), parts: parts.map(keyOf) });
  }
}

/**
 * Cut-offs of one scale lie inside each other: each is the next narrower one and those between the two, and what is left of
 * all who were assessed lies below the lowest.
 */
function addNested(counts: FamilyCounts, instrument: string, findings: readonly CaseFinding[], spec: Spec): void {
  const [first] = findings;
  if (!first) return;
  const assessed = assessedAs(instrument, first.family.name, spec);
  let inner: CountedAs | null = null;
  let innerValue = 0;
  for (const finding of [...findings].sort((a, b) => a.positive - b.positive)) {
    const positive = counts.print(positiveAs(instrument, finding, spec), finding.positive);
    if (inner !== null) {
      const between = counts.follow(`${first.family.name}|up to ${finding.rule}`, finding.positive - innerValue);
      counts.sum(positive, [inner, between]);
    }
    inner = positive;
    innerValue = finding.positive;
  }
  const below = counts.follow(`${first.family.name}|below all`, first.judged - innerValue);
  if (inner !== null) counts.sum(assessed, [inner, below]);
}

/** Outcomes that exclude each other add up, with those of none, to all who were assessed. */
function addExclusive(counts: FamilyCounts, instrument: string, findings: readonly CaseFinding[], spec: Spec): void {
  const [first] = findings;
  if (!first) return;
  const outcomes = findings.map((finding) => counts.print(positiveAs(instrument, finding, spec), finding.positive));
  const others = first.judged - findings.reduce((sum, { positive }) => sum + positive, 0);
  const none = counts.follow(`${first.family.name}|none of them`, others);
  counts.sum(assessedAs(instrument, first.family.name, spec), [...outcomes, none]);
}

/**
 * How many were assessed and positive, as part of the clinical system: they share how many answered, and every count that
 * follows from them by subtraction is protected like a printed one.
 */
export function screenCounts(
  summary: InstrumentSummary,
  answered: CountedAs,
  spec: Spec,
): Pick<CountsToRelease, 'cells' | 'sums'> {
  const { instrument, completed } = summary;
  const counts = new FamilyCounts(instrument, spec);
  for (const [family, findings] of Map.groupBy(summary.findings, (finding) => finding.family.name)) {
    const judged = findings[0]?.judged ?? 0;
    // Without it no share of the family can be shown.
    const assessed = counts.print(assessedAs(instrument, family, spec), judged, judged);
    counts.sum(answered, [assessed, counts.follow(`${family}|not assessed`, completed - judged)]);
    if (judged === 0) continue;
    if (findings[0]?.family.kind === 'nested') addNested(counts, instrument, findings, spec);
    else addExclusive(counts, instrument, findings, spec);
  }
  return counts;
}
