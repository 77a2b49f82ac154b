import { attributions, proximities } from '../exposure-categories.ts';
import { type ExtractKind, personRef, recordedAt } from './extract-kind.ts';

export const exposures: ExtractKind = {
  kind: 'exposures',
  label: 'Exposures',
  one: 'an exposure',
  table: 'exposures',
  key: ['person_ref', 'occurred_at', 'category', 'incident_ref'],
  dayOf: 'occurred_at',
  columns: [
    { ...personRef, meaning: 'Reference of the person exposed' },
    { name: 'occurred_at', type: 'time', required: true, meaning: 'When it happened' },
    { name: 'category', type: 'category', required: true, meaning: 'Exposure category' },
    { name: 'incident_ref', type: 'reference', meaning: 'Incident number' },
    { name: 'proximity', type: 'choice', choices: proximities, meaning: 'Direct, secondary or remote' },
    { name: 'minutes_on_scene', type: 'number', min: 0, max: 100_000, meaning: 'Minutes on scene' },
    { name: 'first_on_scene', type: 'flag', meaning: 'First on scene' },
    { name: 'known_victim', type: 'flag', meaning: 'The victim was known to the person' },
    { name: 'attribution', type: 'choice', choices: attributions, meaning: 'How the person was tied to the incident' },
    { name: 'source', type: 'code', meaning: 'Source of the record' },
    recordedAt,
  ],
};

export const incidents: ExtractKind = {
  kind: 'incidents',
  label: 'Incidents',
  one: 'an incident',
  table: 'incidents',
  key: ['incident_ref'],
  dayOf: 'created_at',
  columns: [
    { name: 'incident_ref', type: 'reference', required: true, meaning: 'Incident number' },
    { name: 'created_at', type: 'time', required: true, meaning: 'When the incident was created' },
    { name: 'opened_code', type: 'code', list: 'incident_code', meaning: 'Opening code' },
    { name: 'closed_codes', type: 'codes', list: 'incident_codes', meaning: 'Closing codes and qualifiers' },
    { name: 'grade', type: 'code', meaning: 'Grade of the response' },
    { name: 'unit', type: 'code', meaning: 'District or unit' },
  ],
};

export const attendances: ExtractKind = {
  kind: 'attendances',
  label: 'Attendances',
  one: 'an attendance',
  table: 'attendances',
  key: ['incident_ref', 'person_ref', 'arrived_at'],
  dayOf: 'arrived_at',
  orders: [{ first: 'arrived_at', last: 'cleared_at' }],
  columns: [
    { name: 'incident_ref', type: 'reference', required: true, meaning: 'Incident number' },
    { ...personRef, meaning: 'Reference of the person who attended' },
    { name: 'arrived_at', type: 'time', required: true, meaning: 'When they arrived' },
    { name: 'cleared_at', type: 'time', meaning: 'When they left' },
    { name: 'role', type: 'code', list: 'attendance_role', meaning: 'First on scene, attending, OIC, SOCO, FLO …' },
    { name: 'attribution', type: 'choice', choices: attributions, meaning: 'How the person was tied to the incident' },
  ],
};
