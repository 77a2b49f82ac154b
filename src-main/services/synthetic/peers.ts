import { isoOfDay } from '#shared/domain/dates.ts';
import { type RandomStream, randomStream } from '#shared/domain/random.ts';
import { choiceOf, choose, gamma, pick, poisson } from './distributions.ts';
import { wallTime } from './exposure-rows.ts';
import { type ForceOptions, periodOf } from './options.ts';
import { planted } from './planted.ts';

/** Peer support. Nothing here names or points to anybody of the force: who asks is a token, as in a real extract. */

export const volunteerHeader = [
  'volunteer_ref',
  'kind',
  'base',
  'capacity',
  'skills',
  'vetted_on',
  'trained_on',
  'supervisor',
  'from',
  'to',
] as const;
export const requestHeader = [
  'request_ref',
  'requester_token',
  'requested_at',
  'area',
  'needs',
  'responded_at',
  'status',
] as const;
export const contactHeader = ['volunteer_ref', 'requester_token', 'at', 'minutes', 'mode', 'safeguarding'] as const;

export type PeerSupport = {
  readonly volunteers: readonly (readonly string[])[];
  readonly requests: readonly (readonly string[])[];
  readonly contacts: readonly (readonly string[])[];
  readonly answeredInTime: number;
};

const areas = ['North', 'South', 'East', 'West'] as const;
const needs = ['trauma', 'bereavement', 'family', 'workload', 'finance'] as const;
const modes = choiceOf([
  ['in_person', 45],
  ['telephone', 40],
  ['online', 15],
]);
const threeDaysSeconds = 72 * 3_600;

function volunteerRows(random: RandomStream, count: number, firstDay: number): readonly (readonly string[])[] {
  return Array.from({ length: count }, (_, index) => {
    const from = firstDay - random.nextBelow(400);
    return [
      volunteerRef(index),
      index % 6 === 5 ? 'community' : 'peer',
      pick(random, areas),
      String(3 + random.nextBelow(5)),
      `${needs[index % needs.length]};${needs[(index + 2) % needs.length]}`,
      isoOfDay(from - 60),
      isoOfDay(from - 14),
      `SYN-SV${1 + (index % 3)}`,
      isoOfDay(from),
      '',
    ];
  });
}

function volunteerRef(index: number): string {
  return `SYN-V${String(index + 1).padStart(3, '0')}`;
}

/** Requests by day, and the contacts that came of them. */
export function peerSupport(options: ForceOptions): PeerSupport {
  const random = randomStream(options.seed, 'peers');
  const { firstDay, lastDay, days } = periodOf(options);
  const volunteers = Math.max(6, Math.round(options.people / 40));
  const total = poisson(random, (options.people * planted.peers.requestsPerYear * days) / 365.25);
  const asked = Array.from({ length: total }, () => firstDay + random.nextBelow(days)).sort((a, b) => a - b);
  const endSeconds = (lastDay + 1) * 86_400;
  const rows = volunteerRows(random, volunteers, firstDay);
  const requests: string[][] = [];
  const contacts: string[][] = [];
  let answeredInTime = 0;
  asked.forEach((day, index) => {
    const token = `SYN-T${String(index + 1).padStart(6, '0')}`;
    const requested = day * 86_400 + (7 + random.nextBelow(14)) * 3_600 + random.nextBelow(60) * 60;
    const inTime = random.nextUniform() < planted.peers.answeredIn72HoursShare;
    const never = !inTime && random.nextUniform() < 0.25;
    const wait = inTime ? 3_600 + random.nextBelow(70 * 3_600) : threeDaysSeconds + 3_600 * (3 + random.nextBelow(200));
    const responded = requested + wait;
    const answered = !never && responded < endSeconds;
    if (inTime) answeredInTime += 1;
    requests.push([
      `SYN-R${String(index + 1).padStart(6, '0')}`,
      token,
      wallTime(requested),
      pick(random, areas),
      pick(random, needs),
      answered ? wallTime(responded) : '',
      answered ? 'matched' : 'open',
    ]);
    const meetings = answered ? 1 + poisson(random, 0.8) : 0;
    const volunteer = volunteerRef(random.nextBelow(volunteers));
    for (let meeting = 0; meeting < meetings; meeting++) {
      const at = (Math.floor(responded / 86_400) + 1 + meeting * 9) * 86_400 + (9 + random.nextBelow(9)) * 3_600;
      const minutes = String(15 + 5 * Math.ceil(gamma(random, 2, 30) / 5));
      const safeguarding = String(random.nextUniform() < 0.02);
      if (at < endSeconds)
        contacts.push([volunteer, token, wallTime(at), minutes, choose(random, modes), safeguarding]);
    }
  });
  return { volunteers: rows, requests, contacts, answeredInTime };
}
