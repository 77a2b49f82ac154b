import { isoOfDay } from '#shared/domain/dates.ts';
import { type RandomStream, randomStream } from '#shared/domain/random.ts';
import { gamma, normal } from './distributions.ts';
import { wallTime } from './exposure-rows.ts';
import { type RoleName, roleShapes } from './force-shape.ts';
import { answer, type InstrumentCode, instrumentCodes, type Trait, total, traits } from './item-response.ts';
import { type ForceOptions, periodOf } from './options.ts';
import { inService, type SyntheticPerson } from './people.ts';
import { planted } from './planted.ts';

/** Days of the counted exposures of each person, ascending. */
export type ExposureHistory = readonly (readonly number[])[];

/** One person's invitation of one wave, with the answers that a reply gives or would have given. */
export type Invitation = {
  readonly person: number;
  readonly wave: number;
  readonly invitedDay: number;
  readonly status: 'invited' | 'completed' | 'declined';
  readonly takenDay: number;
  readonly recentExposures: number;
  readonly answers: Readonly<Record<InstrumentCode, readonly number[]>>;
};

const waveSpacingDays = 182;
const lastInvitationLeadDays = 60;
/** Share of a trait's variance that all four traits have in common, and of that the part that stays with the person. */
const commonShare = 0.75;
const lastingShare = 0.6;

/** First invitation day of each wave, half a year apart; before the first, half a year of exposures is always on file. */
export function waveDays(options: ForceOptions): readonly number[] {
  const { firstDay, lastDay } = periodOf(options);
  const days: number[] = [];
  for (let day = lastDay - lastInvitationLeadDays; day >= firstDay + 180; day -= waveSpacingDays) days.unshift(day);
  return days;
}

/** Number of the ascending days after `from` and up to `to`. */
export function countBetween(days: readonly number[], from: number, to: number): number {
  let count = 0;
  for (let i = days.length - 1; i >= 0; i--) {
    const day = days[i] ?? 0;
    if (day <= from) break;
    if (day <= to) count += 1;
  }
  return count;
}

type Disposition = { readonly common: number; readonly own: Readonly<Record<Trait, number>> };

function drawTraits(random: RandomStream): Record<Trait, number> {
  return Object.fromEntries(traits.map((trait) => [trait, normal(random)])) as Record<Trait, number>;
}

function drawDisposition(random: RandomStream): Disposition {
  return { common: normal(random), own: drawTraits(random) };
}

type Severity = { readonly traits: Readonly<Record<Trait, number>>; readonly recentExposures: number };

function severityAt(
  random: RandomStream,
  role: RoleName,
  disposition: Disposition,
  history: readonly number[],
  day: number,
): Severity {
  const { recentDays, earlierDays, slopes } = planted.doseResponse;
  const recentExposures = countBetween(history, day - recentDays, day);
  const earlierExposures = countBetween(history, day - earlierDays, day - recentDays);
  const roleShifts: Partial<Record<RoleName, number>> = planted.roleShift;
  const common = Math.sqrt(lastingShare) * disposition.common + Math.sqrt(1 - lastingShare) * normal(random);
  const values = {} as Record<Trait, number>;
  for (const trait of traits) {
    values[trait] =
      (roleShifts[role] ?? 0) +
      slopes[trait].recent * recentExposures +
      slopes[trait].earlier * earlierExposures +
      Math.sqrt(commonShare) * common +
      Math.sqrt(1 - commonShare) * disposition.own[trait];
  }
  return { traits: values, recentExposures };
}

/** Whether an invitation is answered: by role, by the last PHQ-9 total on file and by how the person is now. */
function answers(
  random: RandomStream,
  role: RoleName,
  lastPhq9: number | 'none' | 'first',
  severity: Severity,
): boolean {
  const { intercept, perPriorPhq9Point, afterNoAnswer, perLatentDeviation, roleShift } = planted.response;
  const roleShifts: Partial<Record<RoleName, number>> = roleShift;
  let logit = intercept + (roleShifts[role] ?? 0) + perLatentDeviation * severity.traits.depression;
  if (typeof lastPhq9 === 'number') logit += perPriorPhq9Point * lastPhq9;
  else if (lastPhq9 === 'none') logit += afterNoAnswer;
  return random.nextUniform() < 1 / (1 + Math.exp(-logit));
}

/** Everybody in service at each wave, wave by wave, in order of reference. */
export function* invitations(
  options: ForceOptions,
  people: readonly SyntheticPerson[],
  history: ExposureHistory,
): Generator<Invitation> {
  const random = randomStream(options.seed, 'screenings');
  const { lastDay } = periodOf(options);
  const dispositions = people.map(() => drawDisposition(random));
  const lastPhq9 = people.map((): number | 'none' | 'first' => 'first');
  for (const [waveIndex, waveDay] of waveDays(options).entries()) {
    for (const [index, person] of people.entries()) {
      const invitedDay = waveDay + random.nextBelow(15);
      const takenDay = Math.min(invitedDay + Math.floor(gamma(random, 1.3, 9)), invitedDay + 35, lastDay);
      const disposition = dispositions[index];
      if (!inService(person, invitedDay) || !disposition) continue;
      const severity = severityAt(random, person.role, disposition, history[index] ?? [], takenDay);
      const replied = answers(random, person.role, lastPhq9[index] ?? 'first', severity) && inService(person, takenDay);
      const declined = random.nextUniform() < planted.response.declinedShare;
      const given = Object.fromEntries(
        instrumentCodes.map((code) => [code, answer(random, code, severity.traits)]),
      ) as Record<InstrumentCode, readonly number[]>;
      lastPhq9[index] = replied ? total(given['PHQ-9']) : 'none';
      yield {
        person: index,
        wave: waveIndex + 1,
        invitedDay,
        status: replied ? 'completed' : declined ? 'declined' : 'invited',
        takenDay,
        recentExposures: severity.recentExposures,
        answers: given,
      };
    }
  }
}

export const itemColumns = 20;

export const screeningHeader: readonly string[] = [
  'person_ref',
  'instrument',
  'version',
  'scale',
  'status',
  'invited_on',
  'taken_on',
  ...Array.from({ length: itemColumns }, (_, index) => `item_${index + 1}`),
  'score',
  'programme',
  'wave',
  'recorded_at',
];

/** The rows of one invitation: one per instrument, with the answers only where the person gave them. */
export function screeningRows(invitation: Invitation, person: SyntheticPerson): readonly (readonly string[])[] {
  const { status, invitedDay, takenDay, wave } = invitation;
  const completed = status === 'completed';
  const recordedDay = status === 'invited' ? invitedDay : takenDay;
  const recordedSeconds = recordedDay * 86_400 + 9 * 3_600 + ((invitation.person * 37 + wave * 11) % 480) * 60;
  return instrumentCodes.map((instrument) => {
    const given = completed ? invitation.answers[instrument] : [];
    return [
      person.ref,
      instrument,
      '',
      '',
      status,
      isoOfDay(invitedDay),
      completed ? isoOfDay(takenDay) : '',
      ...Array.from({ length: itemColumns }, (_, index) => (index < given.length ? String(given[index]) : '')),
      '',
      roleShapes[person.role].highRisk ? 'high_risk_role' : 'routine',
      `wave-${wave}`,
      wallTime(recordedSeconds),
    ];
  });
}
