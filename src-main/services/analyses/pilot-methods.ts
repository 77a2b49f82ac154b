import { parsePilotEnrolmentSpec } from '#main/analysis/pilots/enrolment/spec.ts';
import { parsePilotFidelitySpec } from '#main/analysis/pilots/fidelity/spec.ts';
import { parsePilotEvaluationSpec } from '#main/analysis/pilots/join/spec.ts';
import { parsePilotPowerSpec } from '#main/analysis/pilots/power/spec.ts';
import { parsePilotTimetableSpec } from '#main/analysis/pilots/timetable/spec.ts';
import type { Connection } from '#main/store/connection.ts';
import type { Result } from '#shared/domain/result.ts';
import { lockedPlan } from '../pilots/index.ts';
import { lockedPlansName, pilotPeopleName } from './beside-batches.ts';
import { type Asked, type Method, plainly, withoutScheme } from './method.ts';

/** By the plan that was locked, whatever was saved of it before. */
function evaluationQuestion(given: Readonly<Record<string, unknown>>, connection: Connection): Result<Asked> {
  const parsed = parsePilotEvaluationSpec(given);
  if (!parsed.ok) return parsed;
  const locked = lockedPlan(connection, parsed.value.pilot);
  if (!locked.ok) return locked;
  return withoutScheme({ method: 'pilot-evaluation', spec: parsed.value, locked: locked.value });
}

export const pilotMethods: Readonly<Record<string, Method>> = {
  'pilot-power': {
    version: '1',
    kinds: [],
    ask: (given) => plainly(parsePilotPowerSpec(given), (spec) => ({ method: 'pilot-power', spec })),
  },
  'pilot-enrolment': {
    version: '1',
    kinds: ['pilot_enrolments'],
    beside: pilotPeopleName,
    ask: (given) => plainly(parsePilotEnrolmentSpec(given), (spec) => ({ method: 'pilot-enrolment', spec })),
  },
  'pilot-fidelity': {
    version: '2',
    kinds: ['pilot_enrolments', 'pilot_session_plan', 'pilot_sessions', 'duties'],
    beside: pilotPeopleName,
    ask: (given) => plainly(parsePilotFidelitySpec(given), (spec) => ({ method: 'pilot-fidelity', spec })),
  },
  'pilot-timetable': {
    version: '3',
    kinds: ['people', 'duties', 'pilot_enrolments'],
    rowsFor: ['analyst', 'evaluator'],
    takesLong: true,
    beside: pilotPeopleName,
    ask: (given) => plainly(parsePilotTimetableSpec(given), (spec) => ({ method: 'pilot-timetable', spec })),
  },
  'pilot-evaluation': {
    version: '1',
    kinds: [
      ...['people', 'postings', 'absences', 'screenings', 'families', 'duties', 'adverse_events', 'costs'],
      ...['pilot_enrolments', 'pilot_clusters', 'pilot_session_plan', 'pilot_sessions'],
    ],
    takesLong: true,
    beside: lockedPlansName,
    ask: evaluationQuestion,
  },
};
