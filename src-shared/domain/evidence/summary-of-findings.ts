import { formatNumber } from '../../report/format.ts';
import { spelledEffect, spelledLimits } from './effect-words.ts';
import type { Certainty, RatedCertainty } from './grade.ts';
import { isRatioMeasure, isRefused, type Pooled, type ReviewSynthesis } from './synthesis.ts';

/** One outcome in the table that a reader of the review sees first. Figures are written as in the forest plot. */
export type SummaryRow = {
  readonly outcome: string;
  readonly studies: number;
  readonly effects: number;
  /** Null where no study tells. */
  readonly people: number | null;
  /** `−0.47 (−0.73 to −0.22)`; of one study or of other reviews where nothing is pooled, and then says so; else why there is none. */
  readonly effect: string;
  readonly measure: string;
  /** `−2.8 (−4.4 to −1.3) points`; null where the review does not say of what. */
  readonly absolute: string | null;
  /** Null where nothing is pooled and nobody has rated it: the numbers then say nothing of it. */
  readonly certainty: Certainty | null;
  /** Why it is not higher, or is higher than where it starts: `imprecision −1: …`. */
  readonly reasons: readonly string[];
  readonly statement: string;
};

export function summaryRow(title: string, result: ReviewSynthesis, certainty: RatedCertainty): SummaryRow {
  const { pooled, absolute, studies, effects, people, measure, measureWords } = result;
  const isRated = !isRefused(pooled) || certainty.domains.some(({ by }) => by === 'person');
  const unit = absolute?.per === 'points' ? 'points' : 'in 1,000 people';
  return {
    ...{ outcome: title, studies, effects, people },
    effect: isRefused(pooled) ? (unpooledEffect(result) ?? pooled.refused) : spelledEffect(measure, pooled),
    measure: measureWords,
    absolute: absolute === null ? null : `${spelledLimits(absolute, absolute.per === 'points' ? 1 : 0)} ${unit}`,
    certainty: isRated ? certainty.certainty : null,
    reasons: certainty.domains
      .filter(({ levels }) => isRated && levels !== 0)
      .map(({ domain, levels, words }) => `${domain} ${formatSigned(levels)}: ${words}`),
    statement: statementOf(title, result, certainty.certainty),
  };
}

/** What one study or other reviews found; null where there is neither. */
function unpooledEffect({ rows, reviews, measure }: ReviewSynthesis): string | null {
  const [only, ...others] = rows;
  const words = [
    ...(only !== undefined && others.length === 0 ? [`${spelledEffect(measure, only)}, one study`] : []),
    ...reviews.map((row) => `${spelledEffect(measure, row)}, as ${row.title} reports`),
  ];
  return words.length === 0 ? null : words.join('; ');
}

function formatSigned(levels: number): string {
  return levels > 0 ? `+${levels}` : formatNumber(levels);
}

/** How sure one may be, in the verb; how much, by the interval against the difference that matters. */
function statementOf(title: string, result: ReviewSynthesis, certainty: Certainty): string {
  const { pooled, directions, none, measure, reviews } = result;
  if (isRefused(pooled)) {
    const parts = [pooled.refused, directions?.words, reviews.length === 0 ? undefined : besides];
    return parts.filter((words) => words !== undefined).join(' ');
  }
  if (none === null) return `${shares[certainty]} ${spelledEffect(measure, pooled)} of people have it (${title}).`;
  if (certainty === 'very low') return `We are very unsure what it does to ${title}.`;
  const size = sizeOf(result, pooled, none);
  if (size === 'unclear') return `It is not clear whether it makes ${title} better or worse.`;
  if (size === 'too small to matter') return `It ${verbs[certainty]} little or no difference to ${title}.`;
  return `It ${verbs[certainty]} ${title} ${size}.`;
}

const besides = 'What other reviews report stands beside it, and is pooled with nothing.';

const shares: Readonly<Record<Certainty, string>> = {
  ...{ high: 'It is well supported that', moderate: 'Probably' },
  ...{ low: 'Perhaps', 'very low': 'We are very unsure, but perhaps' },
};

const verbs: Readonly<Record<Exclude<Certainty, 'very low'>, string>> = {
  ...{ high: 'makes', moderate: 'probably makes', low: 'may make' },
};

function sizeOf(
  { better, importantDifference, measure }: ReviewSynthesis,
  { low, high, estimate }: Pooled,
  none: number,
): 'better' | 'worse' | 'too small to matter' | 'unclear' {
  if (low === null || high === null) return 'unclear';
  if (importantDifference !== null) {
    const [less, more] = isRatioMeasure(measure)
      ? [1 / importantDifference, importantDifference]
      : [-importantDifference, importantDifference];
    if (less < low && high < more) return 'too small to matter';
  }
  if (low <= none && none <= high) return 'unclear';
  return estimate < none === (better === 'low') ? 'better' : 'worse';
}
