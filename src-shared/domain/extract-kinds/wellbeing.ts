import { type ExtractKind, personRef, recordedAt } from './extract-kind.ts';

export const duties: ExtractKind = {
  kind: 'duties',
  label: 'Duties',
  one: 'a duty',
  table: 'duties',
  key: ['person_ref', 'start'],
  dayOf: 'start',
  orders: [{ first: 'start', last: 'end' }],
  columns: [
    personRef,
    { name: 'start', type: 'time', required: true, meaning: 'When the duty began' },
    { name: 'end', type: 'time', required: true, meaning: 'When it ended' },
    { name: 'type', type: 'code', list: 'duty_type', meaning: 'Shift: early, late, night, rest, court …' },
    { name: 'overtime_minutes', type: 'number', min: 0, max: 10_080, meaning: 'Overtime in minutes' },
    { name: 'rest_day_cancelled', type: 'flag', meaning: 'Whether it was worked on a cancelled rest day' },
  ],
};

export const absences: ExtractKind = {
  kind: 'absences',
  label: 'Absences',
  one: 'an absence',
  table: 'absences',
  key: ['person_ref', 'start'],
  dayOf: 'start',
  orders: [{ first: 'start', last: 'end' }],
  columns: [
    personRef,
    { name: 'start', type: 'date', required: true, meaning: 'First day of the absence' },
    { name: 'end', type: 'date', meaning: 'Last day of it, empty while it lasts' },
    { name: 'reason_code', type: 'code', list: 'absence_reason', meaning: 'Reason code' },
    { name: 'fte_days', type: 'number', min: 0, max: 40_000, meaning: 'Full-time equivalent days lost' },
    { name: 'injury_on_duty', type: 'flag', meaning: 'Whether it was an injury on duty' },
    recordedAt,
  ],
};

export const screenings: ExtractKind = {
  kind: 'screenings',
  label: 'Screenings',
  one: 'a screening',
  table: 'screenings',
  key: ['person_ref', 'instrument', 'scale', 'taken_on|invited_on'],
  dayOf: 'taken_on|invited_on',
  items: true,
  columns: [
    { ...personRef, meaning: 'Reference of the person screened' },
    { name: 'instrument', type: 'code', required: true, meaning: 'Instrument, such as PHQ-9' },
    { name: 'version', type: 'code', meaning: 'Version of the instrument' },
    { name: 'scale', type: 'code', meaning: 'Scale that a given score is for' },
    {
      name: 'status',
      type: 'choice',
      choices: ['invited', 'completed', 'declined'],
      required: true,
      fallback: 'completed',
      meaning: 'Invited, completed or declined',
    },
    { name: 'invited_on', type: 'date', meaning: 'Day of the invitation' },
    { name: 'taken_on', type: 'date', meaning: 'Day the answers were given' },
    { name: 'score', type: 'number', min: -1_000, max: 1_000, meaning: 'Total, where items are not given' },
    { name: 'programme', type: 'code', meaning: 'Screening programme' },
    { name: 'wave', type: 'code', meaning: 'Wave' },
    recordedAt,
  ],
};

export const families: ExtractKind = {
  kind: 'families',
  label: 'Families',
  one: 'an answer of a family',
  table: 'families',
  key: ['household_ref', 'member', 'wave', 'instrument', 'scale'],
  dayOf: 'taken_on',
  items: true,
  columns: [
    {
      name: 'household_ref',
      type: 'token',
      list: 'household',
      required: true,
      meaning: 'Reference of the household, kept as a pseudonym',
    },
    {
      name: 'member',
      type: 'choice',
      choices: ['officer', 'partner', 'parent', 'adult_child'],
      required: true,
      meaning: 'Who in the household answered',
    },
    { name: 'person_ref', type: 'person', meaning: 'Reference of the officer, on their own rows' },
    {
      name: 'partner_person_ref',
      type: 'person',
      meaning: 'Reference of a partner who serves too',
    },
    { name: 'relation', type: 'code', list: 'relation', meaning: 'Relation to the officer' },
    { name: 'wave', type: 'code', list: 'family_wave', required: true, meaning: 'Wave of the survey' },
    { name: 'taken_on', type: 'date', required: true, meaning: 'Day the answers were given' },
    { name: 'consented_on', type: 'date', required: true, meaning: 'Day of their own consent' },
    { name: 'withdrawn_on', type: 'date', meaning: 'Day they withdrew it' },
    { name: 'instrument', type: 'code', required: true, meaning: 'Instrument' },
    { name: 'scale', type: 'code', meaning: 'Scale that a given score is for' },
    { name: 'score', type: 'number', min: -1_000, max: 1_000, meaning: 'Total, where items are not given' },
  ],
};
