import { type ExtractKind, personRef } from './extract-kind.ts';

const pilot = { name: 'pilot', type: 'code', required: true, meaning: 'Pilot' } as const;
const cluster = { name: 'cluster', type: 'code', meaning: 'Cluster: a team, station or shift' } as const;

export const pilotEnrolments: ExtractKind = {
  kind: 'pilot_enrolments',
  label: 'Pilot enrolments',
  one: 'an enrolment',
  table: 'pilot_enrolments',
  key: ['pilot', 'person_ref'],
  dayOf: 'allocated_on',
  columns: [
    pilot,
    personRef,
    { name: 'eligible_on', type: 'date', meaning: 'Day they became eligible' },
    { name: 'stratum', type: 'code', meaning: 'Stratum of the allocation' },
    cluster,
    { name: 'arm', type: 'code', meaning: 'Arm they were allocated to' },
    { name: 'allocated_on', type: 'date', meaning: 'Day of the allocation' },
    { name: 'consented_on', type: 'date', meaning: 'Day they consented' },
    { name: 'withdrawn_on', type: 'date', meaning: 'Day they withdrew' },
    { name: 'not_enrolled_reason', type: 'code', meaning: 'Why they were not enrolled' },
  ],
};

export const pilotClusters: ExtractKind = {
  kind: 'pilot_clusters',
  label: 'Pilot clusters',
  one: 'a cluster',
  table: 'pilot_clusters',
  key: ['pilot', 'cluster'],
  dayOf: 'exposed_from',
  columns: [
    pilot,
    { ...cluster, required: true },
    { name: 'sequence', type: 'code', meaning: 'Sequence of a stepped wedge' },
    { name: 'exposed_from', type: 'date', meaning: 'First day of the pilot there' },
  ],
};

export const pilotSessionPlan: ExtractKind = {
  kind: 'pilot_session_plan',
  label: 'Planned pilot sessions',
  one: 'a planned session',
  table: 'pilot_session_plan',
  key: ['pilot', 'cluster', 'at'],
  dayOf: 'at',
  columns: [
    pilot,
    cluster,
    { name: 'at', type: 'time', required: true, meaning: 'When it is planned' },
    { name: 'minutes', type: 'number', min: 0, max: 1_440, meaning: 'Planned length in minutes' },
    { name: 'checklist', type: 'number', min: 0, max: 1_000, meaning: 'Score of the fidelity checklist' },
  ],
};

export const pilotSessions: ExtractKind = {
  kind: 'pilot_sessions',
  label: 'Pilot sessions',
  one: 'a session attended',
  table: 'pilot_sessions',
  key: ['pilot', 'person_ref', 'at'],
  dayOf: 'at',
  columns: [
    pilot,
    personRef,
    { name: 'at', type: 'time', required: true, meaning: 'When they attended' },
    { name: 'minutes', type: 'number', min: 0, max: 1_440, meaning: 'Minutes attended' },
    { name: 'within_shift', type: 'flag', meaning: 'Whether it was within their shift' },
  ],
};

export const adverseEvents: ExtractKind = {
  kind: 'adverse_events',
  label: 'Adverse events',
  one: 'an adverse event',
  table: 'adverse_events',
  key: ['pilot', 'person_ref', 'on', 'category'],
  dayOf: 'on',
  columns: [
    pilot,
    personRef,
    { name: 'on', type: 'date', required: true, meaning: 'Day it happened' },
    { name: 'category', type: 'code', list: 'adverse_category', required: true, meaning: 'Category' },
    { name: 'seriousness', type: 'code', list: 'seriousness', required: true, meaning: 'How serious it was' },
  ],
};

export const costs: ExtractKind = {
  kind: 'costs',
  label: 'Costs',
  one: 'a cost',
  table: 'costs',
  key: ['item', 'period'],
  dayOf: null,
  columns: [
    { name: 'item', type: 'code', list: 'cost_item', required: true, meaning: 'What was paid for' },
    { name: 'period', type: 'code', list: 'cost_period', required: true, meaning: 'Month, quarter or year' },
    {
      name: 'amount_gbp',
      type: 'number',
      min: -1e12,
      max: 1e12,
      required: true,
      meaning: 'Amount in pounds',
    },
    { name: 'pilot', type: 'code', meaning: 'Pilot it belongs to' },
    { name: 'service', type: 'code', meaning: 'Service it belongs to' },
  ],
};
