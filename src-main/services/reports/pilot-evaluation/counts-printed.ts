import type { CountToRelease } from '#main/disclosure/released-counts.ts';
import type { PilotCount, PilotEvaluationResult } from '#shared/domain/pilot-evaluation-result.ts';
import { type Measures, printed } from '../added/added-part.ts';
import { toldOf } from './closing-sections.ts';
import { comparisonName } from './comparison-name.ts';

/** Who took part or answered is told from five people on; what their scores did from ten. */
type Told = { readonly group: string; readonly count: number | null; readonly measures: Measures };

/** Every count of people in the report by the group that it counts, with those that are withheld as null. */
export function countsPrinted(result: PilotEvaluationResult): readonly Told[] {
  const { pilot, recruitment, adverseEvents, comparisons } = result;
  const under =
    (list: string) =>
    ({ what, count }: PilotCount): Told => ({
      group: `pilot ${pilot}: ${list}: ${what}`,
      count,
      measures: 'workforce',
    });
  const told: readonly Told[] = [
    ...recruitment.arms.map(under('enrolled')),
    ...recruitment.notEnrolled.map(under('not enrolled')),
    ...recruitment.withdrawn.map(under('withdrawn')),
    ...('refused' in adverseEvents ? [] : adverseEvents.people.map(under('with an adverse event'))),
  ];
  const compared = toldOf(result).flatMap(({ name, evaluation }) => {
    const inThis = (arm: string, what: string, count: number | null): Told => under(`${name}: ${arm}`)({ what, count });
    const { flow, change, missing } = evaluation;
    return [
      ...flow.flatMap(({ arm, steps }) => steps.map(({ step, count }) => inThis(arm, step, count))),
      ...('refused' in change
        ? []
        : change.arms.flatMap(({ arm, n, improved, deteriorated }) => [
            inThis(arm, 'before and after', n),
            { ...inThis(arm, 'improved', improved), measures: 'clinical' as const },
            { ...inThis(arm, 'deteriorated', deteriorated), measures: 'clinical' as const },
          ])),
      ...('refused' in missing
        ? []
        : missing.patterns.map(({ arm, answered, people }) => inThis(arm, `answered ${answered.join(', ')}`, people))),
    ];
  });
  const delivered = comparisons.flatMap((comparison) =>
    comparison.delivery === null
      ? []
      : [
          { what: 'offered sessions', count: comparison.delivery.people },
          { what: 'with enough sessions', count: comparison.delivery.byDose.enough },
        ].map(under(comparisonName(comparison))),
  );
  return [...told, ...compared, ...delivered];
}

/** Those of one kind that are printed, as the log of releases judges them. */
export function countsToJudge(result: PilotEvaluationResult, from: string, kind: Measures): readonly CountToRelease[] {
  return countsPrinted(result).flatMap(({ group, count, measures }) =>
    count === null || measures !== kind ? [] : [printed(group, { from, to: result.to }, count)],
  );
}
