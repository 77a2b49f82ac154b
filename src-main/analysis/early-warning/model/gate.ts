import type {
  EarlyWarningResult,
  Estimate,
  FairnessRow,
  GateCheck,
  Performance,
} from '#shared/domain/early-warning.ts';
import type { BenefitFound } from './capacity.ts';

export type GateInput = {
  readonly temporal: Performance | null;
  readonly fairness: readonly FairnessRow[];
  readonly netBenefit: readonly BenefitFound[];
  readonly threshold: number | null;
};

const fewestEither = 100;
const leastArea = 0.6;
const slope = { low: 0.8, high: 1.2, widest: [0.5, 1.5] } as const;
const ratio = { low: 0.8, high: 1.25 } as const;

/** Whether a model may raise signals, each condition on its own (`analyses.md` › Early warning). What cannot be judged never passes. */
export function fitForUse(input: GateInput): EarlyWarningResult['gate'] {
  const checks = [
    eventsCheck(input),
    areaCheck(input),
    slopeCheck(input),
    ratioCheck(input),
    benefitCheck(input),
    fairnessCheck(input),
  ];
  return { fit: checks.every(({ passed }) => passed === true), words: gateWords(checks), checks };
}

/** What the checks come to, in a sentence. */
export function gateWords(checks: readonly GateCheck[]): string {
  const failed = checks.filter(({ passed }) => passed !== true);
  if (failed.length === 0) {
    return 'Fit for use: every check holds on people screened after those the model learnt from.';
  }
  const reasons = new Set(failed.map(({ found }) => lowered(found).replace(/\.$/, '')));
  return `Not fit for use, so no signal is raised: ${[...reasons].join('; ')}.`;
}

function lowered(sentence: string): string {
  return /^[A-Z][a-z]/.test(sentence) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence;
}

const notValidated = 'The model could not be tested on later screenings.';

function eventsCheck({ temporal }: GateInput): GateCheck {
  const words = `At least ${fewestEither} cases and ${fewestEither} others in the later screenings that test it.`;
  if (!temporal) return { code: 'events', words, found: notValidated, passed: null };
  const passed = (temporal.events ?? 0) >= fewestEither && (temporal.nonEvents ?? 0) >= fewestEither;
  return { code: 'events', words, found: eventsFound(temporal, passed), passed };
}

/** How many there were; where a count is withheld, only what the check says of it. */
export function eventsFound({ events, nonEvents }: Pick<Performance, 'events' | 'nonEvents'>, passed: boolean): string {
  if (events === null || nonEvents === null) {
    return passed
      ? `There were ${fewestEither} or more of each.`
      : `There were fewer than ${fewestEither} cases, or fewer than ${fewestEither} others.`;
  }
  return `There were ${events.toLocaleString('en-GB')} cases and ${nonEvents.toLocaleString('en-GB')} others.`;
}

function ofTen(share: number): string {
  return share.toFixed(2);
}

function range({ estimate, low, high }: Estimate): string {
  return low === null || high === null
    ? `${ofTen(estimate)}, its interval unknown`
    : `${ofTen(estimate)} (${ofTen(low)} to ${ofTen(high)})`;
}

function areaCheck({ temporal }: GateInput): GateCheck {
  const words = `It ranks people who become cases above those who do not: the lower limit of the area under the curve is ${leastArea.toFixed(2)} or more.`;
  const area = temporal?.auc ?? null;
  if (!area || area.low === null)
    return { code: 'auc', words, found: 'The area under the curve is not known.', passed: null };
  return { code: 'auc', words, found: `The area under the curve was ${range(area)}.`, passed: area.low >= leastArea };
}

function slopeCheck({ temporal }: GateInput): GateCheck {
  const words = `Its chances are neither too bold nor too timid: the calibration slope is ${slope.low} to ${slope.high} or its interval holds 1, and the interval lies within ${slope.widest.join(' to ')}.`;
  const found = temporal?.slope ?? null;
  if (!found || found.low === null || found.high === null) {
    return { code: 'slope', words, found: 'The calibration slope is not known.', passed: null };
  }
  const { estimate, low, high } = found;
  const near = (estimate >= slope.low && estimate <= slope.high) || (low <= 1 && high >= 1);
  return {
    code: 'slope',
    words,
    found: `The calibration slope was ${range(found)}.`,
    passed: near && low >= slope.widest[0] && high <= slope.widest[1],
  };
}

function ratioCheck({ temporal }: GateInput): GateCheck {
  const words = `It foretells about as many cases as there are: observed over expected is ${ratio.low} to ${ratio.high}.`;
  const found = temporal?.observedExpected ?? null;
  if (!found) return { code: 'observed-expected', words, found: 'Observed over expected is not known.', passed: null };
  return {
    code: 'observed-expected',
    words,
    found: `Observed over expected was ${range(found)}.`,
    passed: found.estimate >= ratio.low && found.estimate <= ratio.high,
  };
}

function benefitCheck({ netBenefit, threshold }: GateInput): GateCheck {
  const words =
    'Acting on it does more good than the rules, than offering support to everybody and than offering it to nobody, at the number of signals that the clinic can follow up.';
  const point = netBenefit.find((candidate) => candidate.threshold === threshold);
  if (threshold === null || !point)
    return { code: 'net-benefit', words, found: 'The net benefit is not known.', passed: null };
  const { model, rules, treatAll, treatNone } = point;
  const passed = model > rules && model > treatAll && model > treatNone;
  return { code: 'net-benefit', words, found: benefitFound(point, passed), passed };
}

/** What is found of the net benefit where its figures would tell a count that is withheld. */
export function benefitUntold(passed: boolean): string {
  return `Net benefit was ${passed ? '' : 'not '}highest by the model; the figures are of too few to be given.`;
}

function benefitFound({ model, rules, treatAll, treatNone, told }: BenefitFound, passed: boolean): string {
  if (!told) return benefitUntold(passed);
  const per = (value: number): string => (1_000 * value).toFixed(1).replace('-', '−');
  return `Net benefit for each 1,000 screened was ${per(model)} by the model, ${per(rules)} by the rules, ${per(treatAll)} for everybody and ${per(treatNone)} for nobody.`;
}

function fairnessCheck({ fairness, temporal }: GateInput): GateCheck {
  const words = 'It is calibrated in every group that has 50 cases or more.';
  if (!temporal) return { code: 'fairness', words, found: notValidated, passed: null };
  const blocked = fairness.filter(({ verdict }) => verdict === 'blocks');
  const assessed = fairness.filter(({ verdict }) => verdict === 'within' || verdict === 'blocks').length;
  if (blocked.length > 0) {
    const names = blocked.map(
      ({ group, level, observedExpected }) => `${group}: ${level} (${ofTen(observedExpected?.estimate ?? 1)})`,
    );
    return {
      code: 'fairness',
      words,
      found: `Observed over expected is out of bounds for ${names.join(', ')}.`,
      passed: false,
    };
  }
  if (assessed === 0)
    return { code: 'fairness', words, found: 'No group has enough cases to be judged.', passed: null };
  return {
    code: 'fairness',
    words,
    found: `All ${assessed} groups that could be judged are within bounds.`,
    passed: true,
  };
}
