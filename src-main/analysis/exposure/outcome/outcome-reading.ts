import type { Scheme } from '#shared/domain/scheme.ts';
import { counted, plainNumber, plainRate, plainShare } from '../words.ts';
import { type CurvePoint, type ExposureOutcomeResult, excludedWords } from './exposure-outcome.ts';
import type { OutcomeInstrument } from './outcome-instrument.ts';
import type { ExposureOutcomeSpec } from './outcome-spec.ts';
import type { WindowFit } from './outcome-windows.ts';

const limits =
  'This is an association, not proof that exposure caused it: people who meet more may differ in other ways, and how someone is may change what they are sent to. It says nothing of a single person, and is for offering support, never for judging anyone.';

/** What the dose and response say, in plain sentences with their limits. */
export function readExposureOutcome(
  result: ExposureOutcomeResult,
  spec: ExposureOutcomeSpec,
  instrument: OutcomeInstrument,
): readonly string[] {
  return [
    whoWords(result, spec, instrument),
    missingWords(result),
    slopeWords(result, spec, instrument),
    ...curveWords(result, spec),
    ...windowWords(result, spec),
    ...schemeWords(result),
    limits,
  ];
}

function whoWords(
  { pairs, people, cases, gapDays }: ExposureOutcomeResult,
  spec: ExposureOutcomeSpec,
  { definition, cutOff }: OutcomeInstrument,
): string {
  const found =
    cases === null || cutOff === null
      ? ''
      : `, ${plainNumber(cases)} of them a case at the later one (${cutOff.name}: ${cutOff.atLeast === null ? `${cutOff.atMost} or less` : `${cutOff.atLeast} or more`})`;
  return (
    `${counted(pairs, 'pair', 'pairs')} of ${definition.code} screenings of ${counted(people, 'person', 'people')}${found}, ` +
    `half of them ${plainNumber(gapDays.q1)} to ${plainNumber(gapDays.q3)} days apart; exposure is counted in the ${counted(spec.windowDays, 'day', 'days')} before the later one, and only after the earlier one.`
  );
}

function missingWords({ completed, unanswered, excluded, pairs }: ExposureOutcomeResult): string {
  const parts = Object.entries(excluded)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${plainNumber(count)} ${excludedWords[name as keyof typeof excluded]}`);
  const left = parts.length === 0 ? 'none was left out' : `left out: ${parts.join('; ')}`;
  return `Of ${plainNumber(completed)} completed screenings ${plainNumber(pairs)} are used; ${left}. ${counted(unanswered, 'invitation was', 'invitations were')} not answered, and those people may differ.`;
}

function adjustedWords({ adjust }: ExposureOutcomeSpec): string {
  const names = { role: 'role', service: 'length of service', prior: 'earlier score' };
  const list = adjust.map((name) => names[name]);
  if (list.length === 0) return 'without any adjustment';
  const last = list.at(-1) ?? '';
  return `among people of the same ${list.length === 1 ? last : `${list.slice(0, -1).join(', ')} and ${last}`}`;
}

function interval({ low, high }: { readonly low: number; readonly high: number }): string {
  return `95% interval ${plainRate(low)} to ${plainRate(high)}`;
}

function slopeWords(
  { slope, measure }: ExposureOutcomeResult,
  spec: ExposureOutcomeSpec,
  { definition }: OutcomeInstrument,
): string {
  const unit = spec.scheme === 'count-v1' ? 'Each exposure more' : 'Each unit of weighted exposure more';
  const change =
    measure === 'odds ratio'
      ? `${plainRate(slope.estimate)} times the odds of being a case`
      : `${plainRate(Math.abs(slope.estimate))} points ${slope.estimate < 0 ? 'less' : 'more'} on ${definition.code}`;
  const none = measure === 'odds ratio' ? 1 : 0;
  const unclear =
    slope.low <= none && none <= slope.high ? ' The interval holds no difference too, so the data do not tell.' : '';
  return `${unit} went with ${change} (${interval(slope)}), ${adjustedWords(spec)}, if the relation is a straight line.${unclear}`;
}

function curveWords(
  { curve, reference, nonlinear, knots, fewerKnots, measure }: ExposureOutcomeResult,
  _spec: ExposureOutcomeSpec,
): readonly string[] {
  const shown = curve.filter(({ exposure }) => exposure !== reference);
  const told = [shown[Math.floor((shown.length - 1) / 2)], shown.at(-1)].filter(
    (point, at, all): point is CurvePoint => point !== undefined && all.indexOf(point) === at,
  );
  const pointWords = told.map((point) => {
    const amount =
      measure === 'odds ratio'
        ? `an odds ratio of ${plainRate(point.estimate)}`
        : `${plainRate(point.estimate)} points`;
    return `${amount} at ${plainNumber(point.exposure)} (${interval(point)})`;
  });
  const bend =
    nonlinear === null
      ? `No bend could be looked for: ${fewerKnots ?? 'the curve is a line'}.`
      : `The curve has ${counted(knots.length, 'knot', 'knots')}; its bend ${nonlinear.p < 0.05 ? 'is more than chance makes likely' : 'is no more than chance would make'} (p = ${plainRate(nonlinear.p)}).`;
  return [
    ...(pointWords.length > 0 ? [`Along the curve, against ${plainNumber(reference)}: ${pointWords.join('; ')}.`] : []),
    bend,
  ];
}

/** Windows that differ by less are as good as each other. */
const asGood = 2;

function windowWords({ windows }: ExposureOutcomeResult, spec: ExposureOutcomeSpec): readonly string[] {
  if (windows.length < 2) return [];
  const best = windows.filter(({ difference }) => difference < asGood);
  const days = (list: readonly WindowFit[]): string => list.map(({ windowDays }) => windowDays).join(', ');
  const shortened = windows.filter(({ sameAs }) => sameAs.length > 0);
  return [
    `Of the windows compared (${days(windows)} days) ${days(best)} ${best.length === 1 ? 'fits' : 'fit'} best by AIC; the window of ${spec.windowDays} days was chosen before, so the comparison does not pick the result.`,
    ...(shortened.length > 0
      ? [
          `The windows of ${days(shortened)} days are the same for these people, because nobody's earlier screening is further back.`,
        ]
      : []),
  ];
}

function schemeWords({ sensitivity }: ExposureOutcomeResult): readonly string[] {
  if (sensitivity === null) return [];
  const [first, second] = sensitivity.schemes;
  const people = sensitivity.people.flat().reduce((sum, count) => sum + count, 0);
  return [
    `Under ${second} instead of ${first}, ranks agree at ${sensitivity.rankCorrelation.estimate.toFixed(2)}, and ${plainNumber(sensitivity.changed)} of ${counted(people, 'person changes', 'people change')} between the lowest, middle and highest third (${plainShare(sensitivity.changed / people)}).`,
  ];
}

/** What would make a reader misjudge the curve. */
export function outcomeWarnings(
  result: ExposureOutcomeResult,
  spec: ExposureOutcomeSpec,
  scheme: Scheme,
): readonly string[] {
  const { exposure, reference, shortened, pairs, joinedRoles, fewerKnots, converged } = result;
  const outside = result.curve.filter((point) => point.exposure > exposure.max || point.exposure < exposure.min);
  return [
    ...(converged ? [] : ['The fit has not converged; its numbers are not to be used.']),
    ...(fewerKnots === null
      ? []
      : [
          `Fewer than ${typeof spec.knots === 'number' ? spec.knots : spec.knots.length} knots were used: ${fewerKnots}.`,
        ]),
    ...(reference < exposure.min || outside.length > 0
      ? ['Some exposures asked for were met by nobody: there the curve is drawn on beyond the data.']
      : []),
    ...(shortened > pairs / 2
      ? [
          `For ${plainNumber(shortened)} of ${plainNumber(pairs)} pairs the earlier screening lies within the ${spec.windowDays} days, so that their window is shorter.`,
        ]
      : []),
    ...(joinedRoles.length > 0
      ? [`Roles with too few pairs or outcomes stand together: ${joinedRoles.join(', ')}.`]
      : []),
    ...(result.people < pairs
      ? ['AIC takes pairs of one person as independent, so small differences in it mean little.']
      : []),
    ...(scheme.status === 'approved'
      ? []
      : [`The scheme ${scheme.id} is not approved (${scheme.status}): use it to compare, not to decide.`]),
  ];
}
