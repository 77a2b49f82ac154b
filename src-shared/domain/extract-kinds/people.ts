import { type ExtractKind, personRef, recordedAt } from './extract-kind.ts';

/** Who works for the force, and where. */
export const people: ExtractKind = {
  kind: 'people',
  label: 'People',
  one: 'a person',
  table: 'people',
  key: ['person_ref'],
  dayOf: null,
  orders: [{ first: 'service_start', last: 'service_end' }],
  columns: [
    personRef,
    { name: 'workforce_type', type: 'code', meaning: 'Officer, staff, PCSO, special or volunteer' },
    { name: 'rank', type: 'code', meaning: 'Rank or grade' },
    { name: 'role', type: 'code', required: true, meaning: 'Role' },
    { name: 'unit', type: 'code', required: true, meaning: 'Unit or team' },
    { name: 'sex', type: 'code', meaning: 'Sex as recorded by HR' },
    { name: 'ethnicity_group', type: 'code', meaning: 'Ethnicity group' },
    { name: 'birth_year', type: 'integer', min: 1900, max: 2100, meaning: 'Year of birth' },
    { name: 'service_start', type: 'date', meaning: 'First day of service' },
    { name: 'service_end', type: 'date', meaning: 'Last day of service, empty while serving' },
    { name: 'fte', type: 'number', min: 0, max: 1.5, meaning: 'Full-time equivalent, 1 for full time' },
    { name: 'name', type: 'sealed', meaning: 'Name: sealed for clinicians on the way in' },
    { name: 'collar', type: 'sealed', meaning: 'Collar number: sealed for clinicians on the way in' },
  ],
};

export const postings: ExtractKind = {
  kind: 'postings',
  label: 'Postings',
  one: 'a posting',
  table: 'postings',
  key: ['person_ref', 'from'],
  dayOf: 'from',
  orders: [{ first: 'from', last: 'to' }],
  columns: [
    personRef,
    { name: 'unit', type: 'code', required: true, meaning: 'Unit or team' },
    { name: 'role', type: 'code', required: true, meaning: 'Role' },
    { name: 'from', type: 'date', required: true, meaning: 'First day in the post' },
    { name: 'to', type: 'date', meaning: 'Last day in the post, empty while it lasts' },
    { name: 'fte', type: 'number', min: 0, max: 1.5, meaning: 'Full-time equivalent, 1 for full time' },
    recordedAt,
  ],
};

/** Other names of a person: collar numbers that changed or were given to somebody else later. */
export const aliases: ExtractKind = {
  kind: 'aliases',
  label: 'Other references',
  one: 'another reference of a person',
  table: 'aliases',
  key: ['alias', 'from'],
  dayOf: null,
  orders: [{ first: 'from', last: 'to' }],
  columns: [
    personRef,
    {
      name: 'alias',
      type: 'alias',
      required: true,
      meaning: 'Another reference of the same person, such as a collar number',
    },
    { name: 'type', type: 'code', list: 'alias_type', meaning: 'Collar, warrant, payroll, occupational health …' },
    { name: 'from', type: 'date', meaning: 'First day it was theirs, empty for always' },
    { name: 'to', type: 'date', meaning: 'Last day it was theirs, empty while it is' },
  ],
};
