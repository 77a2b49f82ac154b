import { wilsonInterval } from '#main/stats/wilson-interval.ts';
import type { InstrumentDefinition } from '#shared/domain/instrument.ts';
import { meetsCutOff } from '../instruments/score.ts';

/** One screening of one person. Scores by scale; classifications by name; null where they could not be made. */
export type ScreeningRecord = {
  readonly person: number;
  readonly instrument: string;
  /** Day of the answers, or of the invitation where there are none. */
  readonly day: number;
  readonly completed: boolean;
  readonly scores: Readonly<Record<string, number | null>>;
  readonly classes: Readonly<Record<string, string | null>>;
};

export type CaseFinding = {
  /** What counts as positive: the cut-off or the classification, in words. */
  readonly rule: string;
  /**
   * What it belongs to: cut-offs of one scale are nested in each other, outcomes of one classification exclude each other.
   * Whoever withholds one of them has to think of the others.
   */
  readonly family: { readonly name: string; readonly kind: 'nested' | 'exclusive' };
  /** People whose latest completed screening could be judged, and those of them who are positive. */
  readonly judged: number;
  readonly positive: number;
  /** Share of 1 with Wilson's 95% interval; null where nobody could be judged. */
  readonly share: { readonly estimate: number; readonly low: number; readonly high: number } | null;
};

export type InstrumentSummary = {
  readonly instrument: string;
  readonly title: string;
  /** People with an invitation or a screening in the period. */
  readonly invited: number;
  /** People with at least one completed screening in it. */
  readonly completed: number;
  readonly findings: readonly CaseFinding[];
};

/**
 * Screening in a period, person by person: each person counts once an instrument, by the latest completed screening. Those
 * who did not answer are not assessable and stay out of the shares.
 */
export function screeningSummary(
  records: readonly ScreeningRecord[],
  definitions: readonly InstrumentDefinition[],
  period: { readonly fromDay: number; readonly toDay: number },
): InstrumentSummary[] {
  const within = records.filter((record) => record.day >= period.fromDay && record.day <= period.toDay);
  return definitions
    .map((definition) => {
      const own = within.filter((record) => record.instrument === definition.code);
      const latest = new Map<number, ScreeningRecord>();
      for (const record of own) {
        const before = latest.get(record.person);
        if (record.completed && (!before || record.day >= before.day)) latest.set(record.person, record);
      }
      return {
        instrument: definition.code,
        title: definition.title,
        invited: new Set(own.map((record) => record.person)).size,
        completed: latest.size,
        findings: findingsOf(definition, [...latest.values()]),
      };
    })
    .filter((summary) => summary.invited > 0);
}

function findingsOf(definition: InstrumentDefinition, latest: readonly ScreeningRecord[]): CaseFinding[] {
  const byCutOff = definition.cutOffs
    .filter((cutOff) => cutOff.enabled)
    .map((cutOff) => {
      const judged = latest.filter((record) => typeof record.scores[cutOff.scale] === 'number');
      const positive = judged.filter((record) => meetsCutOff(cutOff, record.scores[cutOff.scale] ?? 0));
      const family = { name: cutOff.scale, kind: 'nested' } as const;
      const limit = cutOff.atLeast === null ? `${cutOff.atMost} or less` : `${cutOff.atLeast} or more`;
      return finding(`${cutOff.name}: score of ${limit}`, family, judged.length, positive.length);
    });
  // What an instrument with a safety item classifies is not kept in clear, so there is nothing to count.
  const byClass = definition.safetyItem
    ? []
    : definition.classifications.flatMap((classification) => {
        const judged = latest.filter((record) => typeof record.classes[classification.name] === 'string');
        return classification.outcomes
          .filter((outcome) => outcome.when !== null)
          .map((outcome) => {
            const positive = judged.filter((record) => record.classes[classification.name] === outcome.value);
            const family = { name: classification.name, kind: 'exclusive' } as const;
            return finding(outcome.title, family, judged.length, positive.length);
          });
      });
  return [...byCutOff, ...byClass];
}

function finding(rule: string, family: CaseFinding['family'], judged: number, positive: number): CaseFinding {
  if (judged === 0) return { rule, family, judged, positive, share: null };
  return {
    rule,
    family,
    judged,
    positive,
    share: { estimate: positive / judged, ...wilsonInterval(positive, judged) },
  };
}
