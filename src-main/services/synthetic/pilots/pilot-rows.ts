import { isoOfDay } from '#shared/domain/dates.ts';
import { wallTime } from '../exposure-rows.ts';
import type { SyntheticPerson } from '../people.ts';
import { itemColumns } from '../screenings.ts';
import type { MadePilot } from './made-pilot.ts';

/** The extracts of the pilots, in the columns of their kinds. */

export const pilotHeaders = {
  pilot_enrolments: [
    ...['pilot', 'person_ref', 'eligible_on', 'stratum', 'cluster', 'arm'],
    ...['allocated_on', 'consented_on', 'withdrawn_on', 'not_enrolled_reason'],
  ],
  pilot_clusters: ['pilot', 'cluster', 'sequence', 'exposed_from'],
  pilot_session_plan: ['pilot', 'cluster', 'at', 'minutes', 'checklist'],
  pilot_sessions: ['pilot', 'person_ref', 'at', 'minutes', 'within_shift'],
  adverse_events: ['pilot', 'person_ref', 'on', 'category', 'seriousness'],
  costs: ['item', 'period', 'amount_gbp', 'pilot', 'service'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type PilotExtract = keyof typeof pilotHeaders;

type Row = readonly string[];
type RefOf = (person: number) => string;

function dayOrNone(day: number | null): string {
  return day === null ? '' : isoOfDay(day);
}

const rowsOf: Readonly<Record<PilotExtract, (pilot: MadePilot, ref: RefOf) => readonly Row[]>> = {
  pilot_enrolments: ({ plan, enrolments }, ref) =>
    enrolments.map((own) => [
      ...[plan.pilot, ref(own.person), isoOfDay(own.eligibleDay), own.stratum, own.cluster, own.arm],
      ...[own.allocatedDay, own.consentedDay, own.withdrawnDay].map(dayOrNone),
      own.notEnrolledReason,
    ]),
  pilot_clusters: ({ plan, clusters }) =>
    clusters.map(({ cluster, sequence, exposedDay }) => [plan.pilot, cluster, sequence, dayOrNone(exposedDay)]),
  pilot_session_plan: ({ plan, sessionPlan }) =>
    sessionPlan.map(({ cluster, at, minutes, checklist }) => [
      ...[plan.pilot, cluster, wallTime(at), String(minutes)],
      checklist === null ? '' : String(checklist),
    ]),
  pilot_sessions: ({ plan, sessions }, ref) =>
    sessions.map(({ person, at, minutes, withinShift }) => [
      ...[plan.pilot, ref(person), wallTime(at), String(minutes), String(withinShift)],
    ]),
  adverse_events: ({ plan, events }, ref) =>
    events.map(({ person, day, category, seriousness }) => [
      ...[plan.pilot, ref(person), isoOfDay(day), category, seriousness],
    ]),
  costs: ({ plan, costs }) => costs.map(({ item, period, pounds }) => [item, period, String(pounds), plan.pilot, '']),
};

/** The rows of one extract, pilot by pilot. */
export function pilotRows(
  extract: PilotExtract,
  pilots: readonly MadePilot[],
  people: readonly SyntheticPerson[],
): readonly Row[] {
  return pilots.flatMap((pilot) => rowsOf[extract](pilot, (person) => people[person]?.ref ?? ''));
}

/** What a pilot measures, in the columns of the screenings extract. */
export function pilotAnswerRows({ plan, answers }: MadePilot, people: readonly SyntheticPerson[]): readonly Row[] {
  const measure = plan.primary?.measure;
  if (measure?.of !== 'score') return [];
  return answers.map(({ person, wave, invitedDay, takenDay, score }) => {
    const recordedDay = score === null ? invitedDay : takenDay;
    return [
      ...[people[person]?.ref ?? '', measure.instrument, '', measure.scale ?? ''],
      ...[score === null ? 'invited' : 'completed', isoOfDay(invitedDay), score === null ? '' : isoOfDay(takenDay)],
      ...Array.from({ length: itemColumns }, () => ''),
      ...[score === null ? '' : String(score), 'pilot', wave, wallTime(recordedDay * 86_400 + 9 * 3_600)],
    ];
  });
}
