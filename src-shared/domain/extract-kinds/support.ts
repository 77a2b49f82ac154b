import { type ExtractKind, personRef } from './extract-kind.ts';

/** Steps of an episode of support, in their order. */
export const supportSteps = [
  'eligible',
  'offered',
  'referred',
  'contacted',
  'engaged',
  'completed',
  'declined',
  'missed',
] as const;

export const support: ExtractKind = {
  kind: 'support',
  label: 'Support',
  one: 'a step of support',
  table: 'support',
  key: ['person_ref', 'service', 'episode_ref', 'step'],
  dayOf: 'at',
  columns: [
    personRef,
    { name: 'service', type: 'code', required: true, meaning: 'Service: occupational health, TRiM, peer support …' },
    { name: 'step', type: 'choice', choices: supportSteps, required: true, meaning: 'What happened' },
    { name: 'at', type: 'time', required: true, meaning: 'When it happened' },
    { name: 'episode_ref', type: 'reference', meaning: 'Reference of the referral or case' },
  ],
};

const volunteerRef = {
  name: 'volunteer_ref',
  type: 'token',
  list: 'volunteer',
  required: true,
  meaning: 'Reference of the volunteer, kept as a pseudonym',
} as const;

const requesterToken = {
  name: 'requester_token',
  type: 'token',
  list: 'requester',
  required: true,
  meaning: 'Token of whoever asked; never joined to HR or risk data',
} as const;

const safeguarding = {
  name: 'safeguarding',
  type: 'sealed-flag',
  meaning: 'Whether safeguarding was raised: sealed for clinicians on the way in',
} as const;

export const volunteers: ExtractKind = {
  kind: 'volunteers',
  label: 'Volunteers',
  one: 'a volunteer',
  table: 'volunteers',
  key: ['volunteer_ref'],
  dayOf: null,
  orders: [{ first: 'from', last: 'to' }],
  columns: [
    volunteerRef,
    { name: 'kind', type: 'choice', choices: ['peer', 'community'], required: true, meaning: 'Peer or community' },
    { name: 'base', type: 'code', list: 'base', meaning: 'Where they are based' },
    {
      name: 'capacity',
      type: 'number',
      min: 0,
      max: 1_000,
      required: true,
      meaning: 'Contacts they can take at a time',
    },
    {
      name: 'skills',
      type: 'codes',
      list: 'skills',
      meaning: 'What they can help with; tags such as language:pl, shift:night, conflict:AREA',
    },
    { name: 'vetted_on', type: 'date', meaning: 'Day they were vetted' },
    { name: 'trained_on', type: 'date', meaning: 'Day they were trained' },
    { name: 'supervisor', type: 'token', list: 'supervisor', meaning: 'Who supervises them, kept as a pseudonym' },
    { name: 'from', type: 'date', meaning: 'First day they take contacts' },
    { name: 'to', type: 'date', meaning: 'Last day, empty while they do' },
  ],
};

export const peerRequests: ExtractKind = {
  kind: 'peer_requests',
  label: 'Peer requests',
  one: 'a request for peer support',
  table: 'peer_requests',
  key: ['request_ref'],
  dayOf: 'requested_at',
  orders: [{ first: 'requested_at', last: 'responded_at' }],
  columns: [
    { name: 'request_ref', type: 'reference', required: true, meaning: 'Reference of the request' },
    requesterToken,
    { name: 'requested_at', type: 'time', required: true, meaning: 'When it was made' },
    { name: 'area', type: 'code', list: 'base', meaning: 'Area it came from' },
    {
      name: 'needs',
      type: 'codes',
      list: 'skills',
      meaning: 'What help was asked for; tags such as language:pl, shift:night, conflict:BASE',
    },
    { name: 'responded_at', type: 'time', meaning: 'When it was answered' },
    { name: 'status', type: 'code', list: 'request_status', meaning: 'What became of it' },
    safeguarding,
  ],
};

export const peerContacts: ExtractKind = {
  kind: 'peer_contacts',
  label: 'Peer contacts',
  one: 'a contact with a peer',
  table: 'peer_contacts',
  key: ['volunteer_ref', 'requester_token', 'at'],
  dayOf: 'at',
  columns: [
    volunteerRef,
    requesterToken,
    { name: 'at', type: 'time', required: true, meaning: 'When they spoke' },
    { name: 'minutes', type: 'number', min: 0, max: 10_080, meaning: 'How long, in minutes' },
    { name: 'mode', type: 'code', list: 'contact_mode', meaning: 'In person, by telephone, online …' },
    safeguarding,
  ],
};
