import type { EarlyWarningResult, Estimate } from '#shared/domain/early-warning.ts';
import type { CaseDefinition } from '../case-definition.ts';
import { countWords as count, sumOfCounts } from '../counts/count-words.ts';
import type { EarlyWarningSpec } from '../spec.ts';

/** A result before its card and checklist are written. */
export type MeasuredResult = Omit<EarlyWarningResult, 'modelCard' | 'tripod' | 'rows'>;

function figure(value: Estimate | null): string {
  if (!value) return 'not known';
  const { estimate, low, high } = value;
  return low === null || high === null
    ? estimate.toFixed(2)
    : `${estimate.toFixed(2)} (95% interval ${low.toFixed(2)} to ${high.toFixed(2)})`;
}

export const mustNotBeUsedFor =
  'Discipline, promotion, vetting or posting decisions. Line managers never see a score. It says nothing about anybody’s fitness for work, and a clinician decides about every offer.';

export const limitsOfModel =
  'Only people who answer screenings can be assessed; not assessable is never the same as no risk. It finds associations, not causes: a high chance does not mean that what is counted has harmed. Exposure is counted as recorded, and recording differs between units. A safety answer never waits for it.';

/** What anybody who uses or questions the model should know, in plain words (after Mitchell et al. 2019, FAT*, “Model cards”). */
export function modelCard(
  result: MeasuredResult,
  spec: EarlyWarningSpec,
  definition: CaseDefinition,
): EarlyWarningResult['modelCard'] {
  const { landmarks, validation, fairness, sampleSize } = result;
  const temporal = validation.temporal;
  const blocked = fairness.filter(({ verdict }) => verdict === 'blocks').length;
  const assessed = fairness.filter(({ verdict }) => verdict === 'within' || verdict === 'blocks').length;
  const drifted = result.drift.filter((row) => row.drifted === true).map(({ wave }) => wave);
  return [
    {
      title: 'What it is for',
      text: `To help occupational-health clinicians decide to whom to offer support first. It foretells whether somebody who is well enough at a screening will, within ${spec.horizonDays} days, reach ${definition.words} or begin a psychological absence of more than ${spec.spellDays} days.`,
    },
    {
      title: 'What it must not be used for',
      text: mustNotBeUsedFor,
    },
    {
      title: 'What it is',
      text: 'A logistic regression of twelve stated predictors with a ridge penalty. No protected characteristic and no free text is a predictor. A points rule that can be counted by hand stands beside it.',
    },
    {
      title: 'What it learnt from',
      text: `${count(sumOfCounts(landmarks.cases, landmarks.nonCases))} screenings of ${count(landmarks.people)} people whose outcome is known: ${count(landmarks.cases)} were followed by the outcome. Of ${count(landmarks.unknown)} further screenings the outcome is not known; those like them weigh more, and nothing was filled in. The sample asked for by published criteria is ${sampleSize.needed === null ? 'not known' : count(sampleSize.needed)} screenings; ${count(sampleSize.held)} are held.`,
    },
    {
      title: 'How well it foretells',
      text: temporal
        ? `On later screenings than those it learnt from: area under the curve ${figure(temporal.auc)}, calibration slope ${figure(temporal.slope)}, observed over expected ${figure(temporal.observedExpected)}. ${count(temporal.events)} of ${count(temporal.landmarks)} screenings were followed by the outcome.`
        : 'It could not be tested on later screenings, so nothing is known of it.',
    },
    {
      title: 'Whether it is fair',
      text:
        assessed === 0
          ? 'No group has the 50 cases that a judgement needs. That is not evidence of fairness.'
          : `${assessed} levels of sex, ethnicity, age, rank, role and hours have 50 cases or more; in ${blocked === 0 ? 'none' : blocked} of them it foretells too many or too few. Smaller groups cannot be assessed, which is not evidence of fairness.`,
    },
    {
      title: 'Whether it still holds',
      text:
        drifted.length === 0
          ? 'No later wave differs from what the first model tested foretold by more than chance and the stated bounds.'
          : `It no longer held in ${drifted.join(', ')}.`,
    },
    { title: 'Whether it may be used', text: result.gate.words },
    {
      title: 'Its limits',
      text: limitsOfModel,
    },
    {
      title: 'Version',
      text: `Data to ${spec.asOf}; seed ${spec.seed}; ${spec.resamples} resamples of people. The snapshot, the method’s version and every option are recorded with the result.`,
    },
  ];
}
