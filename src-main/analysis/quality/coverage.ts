import type { KindCoverage } from '#shared/contract/quality.ts';
import { type KindFacts, monthNames, type UnitTally } from './facts.ts';

/** Units with fewer people in a month are shown, and nothing is concluded from them. */
export const fewPeople = 10;
const chanceOfNone = 0.01;
const monthsShown = 36;

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] as number)) / 2;
}

type Gap = 'none' | 'low' | null;

/** Whether a month of a unit lacks rows that its other months would lead one to expect. */
export function gapOf(people: number, covered: number, usual: number | null): Gap {
  if (usual === null || people < fewPeople) return null;
  const expected = people * usual;
  if (covered === 0) return (1 - usual) ** people < chanceOfNone ? 'none' : null;
  return expected >= 10 && covered <= expected / 3 ? 'low' : null;
}

function unitOf(tally: UnitTally, from: number, to: number, whole: number): KindCoverage['units'][number] {
  const shares = tally.people.slice(0, whole).flatMap((people, month) => {
    const covered = tally.covered[month] ?? 0;
    return people > 0 && covered > 0 ? [covered / people] : [];
  });
  // Fewer than three months with rows are no habit.
  const usual = shares.length < 3 ? null : median(shares);
  const people = tally.people.slice(from, to);
  const covered = tally.covered.slice(from, to);
  return {
    unit: tally.unit,
    people,
    covered,
    usual,
    gaps: people.map((count, at) => (from + at < whole ? gapOf(count, covered[at] ?? 0, usual) : null)),
  };
}

/**
 * Share of the people in post of each unit and month who have at least one row.
 *
 * @param whole months that have ended on the day asked about
 */
export function kindCoverage(facts: KindFacts, label: string, whole: number): KindCoverage | null {
  if (!facts.units || facts.units.length === 0) return null;
  const shown = Math.min(facts.monthRows.length, whole + 1);
  const from = Math.max(0, shown - monthsShown);
  return {
    kind: facts.kind,
    label,
    basis: facts.basis,
    months: monthNames(facts.firstMonth + from, shown - from),
    lastIsWhole: shown <= whole,
    units: facts.units.map((tally) => unitOf(tally, from, shown, whole)),
  };
}
