import { binomialCdf } from '#main/stats/distributions/binomial.ts';
import { wilsonInterval } from '#main/stats/wilson-interval.ts';
import type { Direction } from '#shared/domain/evidence/numbers.ts';
import { type DirectionCount, noDifferenceOf, type SynthesisRow } from '#shared/domain/evidence/synthesis.ts';
import { counted } from '../../exposure/words.ts';
import type { ReviewSynthesisSpec, SynthesisFinding } from './spec.ts';

/**
 * A vote for each study by the direction of its effect, never by its p (McKenzie and Brennan, Cochrane Handbook, chapter 12): for what
 * cannot be pooled. A study with several findings has the direction of their mean, weighted by precision.
 */
export function countDirections(
  rows: readonly SynthesisRow[],
  narrated: readonly SynthesisFinding[],
  { measure, better, confidence }: ReviewSynthesisSpec,
): DirectionCount | null {
  if (noDifferenceOf(measure) === null) return null;
  const votes = new Map<string, Direction>();
  for (const { study, reported } of narrated) {
    if (reported.of !== 'direction') continue;
    const held = votes.get(study) ?? reported.direction;
    votes.set(study, held === reported.direction ? held : 'mixed');
  }
  for (const study of new Set(rows.map((row) => row.study))) {
    const own = rows.filter((row) => row.study === study);
    const mean = own.reduce((sum, { yi, se }) => sum + yi / se ** 2, 0);
    const isGood = better === 'low' ? mean < 0 : mean > 0;
    votes.set(study, mean === 0 ? 'no difference' : isGood ? 'better' : 'worse');
  }
  const all = [...votes.values()];
  if (all.length === 0) return null;
  const of = (direction: Direction): number => all.filter((vote) => vote === direction).length;
  const counts = {
    ...{ better: of('better'), worse: of('worse') },
    ...{ 'no difference': of('no difference'), mixed: of('mixed'), 'not told': of('not told') },
  };
  const decided = counts.better + counts.worse;
  return {
    counts,
    better:
      decided === 0 ? null : { ...shareOf(counts.better, decided, confidence), p: signTest(counts.better, decided) },
    words: wordsOf(counts, all.length),
  };
}

function shareOf(count: number, n: number, confidence: number): { share: number; low: number; high: number } {
  return { share: count / n, ...wilsonInterval(count, n, confidence) };
}

/** Exact, two-sided: how often as few or as many of n would find it better if either were as likely. */
function signTest(count: number, n: number): number {
  const fewer = Math.min(count, n - count);
  return Math.min(1, 2 * binomialCdf(fewer, n, 0.5));
}

function wordsOf(counts: DirectionCount['counts'], studies: number): string {
  const { better, worse } = counts;
  const rest = [
    counts['no difference'] === 0 ? '' : `${counts['no difference']} found no difference`,
    counts.mixed === 0 ? '' : `${counts.mixed} found some better and some not`,
    counts['not told'] === 0 ? '' : `${counts['not told']} do not tell`,
  ].filter((words) => words !== '');
  return `Of ${counted(studies, 'study', 'studies')}, ${better} found it better with what was offered and ${worse} worse${rest.length === 0 ? '' : `; ${rest.join(', ')}`}. This counts directions, not how large or how sure they are.`;
}
