import { isoOfDay } from '#shared/domain/dates.ts';
import { type RandomStream, randomStream } from '#shared/domain/random.ts';
import type { AbsenceCourse } from './absences.ts';
import { normal } from './distributions.ts';
import type { DutyCourse } from './duties.ts';
import { wallTime } from './exposure-rows.ts';
import { type ForceOptions, periodOf } from './options.ts';
import type { SyntheticPerson } from './people.ts';
import { type PulsePredictor, planted } from './planted.ts';
import { type KnownExposures, predictorsAt } from './pulse-predictors.ts';

/** The burnout pulse: personal burnout of the CBI on waves of its own, whose outcome follows a planted model exactly. */

export type PulseAnswer = {
  readonly wave: number;
  readonly invitedDay: number;
  readonly takenDay: number;
  /** 0–100, null where the person did not answer. */
  readonly score: number | null;
};

/** Somebody at risk at a pulse, with the chance that was planted and what came of it. */
export type Landmark = {
  readonly wave: number;
  readonly day: number;
  readonly known: Readonly<Record<PulsePredictor, number>>;
  readonly chance: number;
  readonly isCase: boolean;
  /** Null where the next pulse was not answered, so that nobody can know. */
  readonly shownAs: 'caseness' | 'spell' | 'negative' | null;
  readonly partTime: boolean;
};

const spacingDays = 168;
/** The last but one pulse is this long and the spacing before the end, so that 180 days and a spell after them are held. */
const lastLeadDays = 48;
const jitterDays = 5;
const horizonDays = 180;
export const casenessFrom = 50;
const pointsPerStep = 100 / 24;
const caseSteps = 12;

/** First day of each pulse; half a year of everything is on file before the first. */
export function pulseDays(options: ForceOptions): readonly number[] {
  if (options.planted?.noPulse) return [];
  const { firstDay, lastDay } = periodOf(options);
  const days: number[] = [];
  for (let day = lastDay - lastLeadDays; day >= firstDay + 180; day -= spacingDays) days.unshift(day);
  return days;
}

export type PulseCourse = { readonly answers: readonly PulseAnswer[]; readonly landmarks: readonly Landmark[] };

type Next = 'case' | 'negative' | 'free';

/**
 * One person through the pulses. At each, whoever answers below caseness and is not known to be absent is at risk: their outcome
 * is drawn from the planted model first, and only then how it shows. Whether the next pulse is answered depends on what is known
 * at this one; where it is not, no outcome shows at all.
 */
export function pulseCourse(
  options: ForceOptions,
  person: SyntheticPerson,
  index: number,
  sources: { readonly exposures: KnownExposures; readonly absences: AbsenceCourse; readonly duties: DutyCourse },
): PulseCourse {
  const { absences, duties, exposures } = sources;
  const random = randomStream(options.seed, `pulse ${index}`);
  const waves = pulseDays(options);
  const trait = normal(random);
  const answers: PulseAnswer[] = [];
  const landmarks: Landmark[] = [];
  let answersNext = random.nextUniform() < 0.75;
  let next: Next = 'free';
  for (const [at, waveDay] of waves.entries()) {
    const takenDay = waveDay + random.nextBelow(jitterDays);
    absences.advance(takenDay);
    duties.advance(takenDay, (day) => absences.isAbsent(day));
    if (person.serviceStartDay > waveDay || (person.serviceEndDay ?? takenDay) < takenDay) continue;
    const score = answersNext ? drawScore(random, trait, next) : null;
    answers.push({ wave: at + 1, invitedDay: waveDay, takenDay, score });
    next = 'free';
    const known = predictorsAt(takenDay, { exposures, absences: absences.spells, duties: duties.duties, answers });
    answersNext = staysOn(person, takenDay) && random.nextUniform() < chanceOfAnswer(score, known);
    const nextWave = waves[at + 1];
    if (score === null || score >= casenessFrom || nextWave === undefined || knownAbsent(absences, takenDay)) continue;
    const chance = chanceOfCase(options, person, known, at + 2 === waves.length);
    const isCase = random.nextUniform() < chance;
    absences.shortUntil = takenDay + horizonDays;
    const showsAsSpell = answersNext && isCase && random.nextUniform() < planted.pulse.spellShare;
    // Later than the horizon of the pulse before, so that a spell belongs to one landmark only.
    const wanted = showsAsSpell
      ? { from: takenDay + horizonDays - spacingDays + jitterDays + 1, to: nextWave - 1 }
      : null;
    const spell = absences.advance(nextWave - 1, wanted);
    next = isCase && !spell ? 'case' : isCase ? 'free' : 'negative';
    const shownAs = !answersNext ? null : spell ? 'spell' : isCase ? 'caseness' : 'negative';
    landmarks.push({ wave: at + 1, day: takenDay, known, chance, isCase, shownAs, partTime: person.fte < 1 });
  }
  return { answers, landmarks };
}

/** In service to the end of the horizon: who leaves before it is not asked again, whatever came of it. */
function staysOn({ serviceEndDay }: SyntheticPerson, day: number): boolean {
  return serviceEndDay === null || serviceEndDay > day + horizonDays;
}

function knownAbsent({ spells }: AbsenceCourse, day: number): boolean {
  return spells.some(({ startDay, endDay, recordedDay }) => startDay <= day && day <= endDay && recordedDay <= day);
}

function chanceOfAnswer(score: number | null, known: Readonly<Record<PulsePredictor, number>>): number {
  const { intercept, perPoint, psychological } = planted.pulse.response;
  return logistic(intercept + perPoint * (score ?? 35) + psychological * known['psychological-365']);
}

function chanceOfCase(
  options: ForceOptions,
  person: SyntheticPerson,
  known: Readonly<Record<PulsePredictor, number>>,
  lastOutcome: boolean,
): number {
  const { planted: changes } = options;
  const { intercept, coefficients, partTimeShift, lastWaveShift } = planted.pulse;
  if (changes?.nullIntercept !== undefined) return logistic(changes.nullIntercept);
  let logit: number = intercept;
  for (const [name, value] of Object.entries(coefficients)) logit += value * known[name as PulsePredictor];
  if (person.fte < 1) logit += changes?.partTimeShift ?? partTimeShift;
  if (lastOutcome) logit += changes?.lastWaveShift ?? lastWaveShift;
  return logistic(logit);
}

function logistic(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

/** A mean of six items of 0 to 100 in steps of 25, on the side of the cut-off where it has to be. */
function drawScore(random: RandomStream, trait: number, next: Next): number {
  for (;;) {
    const centre = next === 'case' ? 52 : 33;
    const points = centre + 9 * trait * (next === 'case' ? 0.5 : 1) + 9 * normal(random);
    const steps = Math.min(24, Math.max(0, Math.round(points / pointsPerStep)));
    if (next === 'free' || steps >= caseSteps === (next === 'case')) return Number((steps * pointsPerStep).toFixed(2));
  }
}

/** The row of one pulse in the columns of the screenings extract. */
export function pulseRow(person: SyntheticPerson, answer: PulseAnswer, itemColumns: number): readonly string[] {
  const answered = answer.score !== null;
  const recordedDay = answered ? answer.takenDay : answer.invitedDay;
  return [
    person.ref,
    'CBI',
    '',
    'personal',
    answered ? 'completed' : 'invited',
    isoOfDay(answer.invitedDay),
    answered ? isoOfDay(answer.takenDay) : '',
    ...Array.from({ length: itemColumns }, () => ''),
    answer.score === null ? '' : String(answer.score),
    'burnout_pulse',
    `pulse-${answer.wave}`,
    wallTime(recordedDay * 86_400 + 9 * 3_600),
  ];
}
