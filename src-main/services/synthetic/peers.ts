import { randomStream } from '#shared/domain/random.ts';
import { choiceOf, choose, gamma, pick, poisson } from './distributions.ts';
import { wallTime } from './exposure-rows.ts';
import { type ForceOptions, periodOf } from './options.ts';
import { bases, peerNeeds, plantedVolunteers, volunteerRef, volunteerRows } from './peer-volunteers.ts';
import { planted } from './planted.ts';

/** Peer support. Nothing here names or points to anybody of the force: who asks is a token, as in a real extract. */

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
  /** The request that waits in a language that one volunteer speaks; null where nobody waits. */
  readonly onlySpeakerAsked: string | null;
};

const areas = [...bases, planted.peers.areaWithoutVolunteers] as const;
/** A request that has waited longer without an answer is taken as withdrawn. */
const longestWaitDays = 60;
const modes = choiceOf([
  ['in_person', 45],
  ['telephone', 40],
  ['online', 15],
]);
const threeDaysSeconds = 72 * 3_600;

/** Requests by day, and the contacts that came of them. */
export function peerSupport(options: ForceOptions): PeerSupport {
  const { overload, language } = planted.peers;
  const random = randomStream(options.seed, 'peers');
  const period = periodOf(options);
  const { firstDay, lastDay, days } = period;
  const volunteers = Math.max(6, Math.round(options.people / 40));
  const total = poisson(random, (options.people * planted.peers.requestsPerYear * days) / 365.25);
  const asked = Array.from({ length: total }, () => firstDay + random.nextBelow(days)).sort((a, b) => a - b);
  const endSeconds = (lastDay + 1) * 86_400;
  const rows = volunteerRows(random, volunteers, period);
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
      pick(random, peerNeeds),
      answered ? wallTime(responded) : '',
      answered ? 'matched' : day < lastDay - longestWaitDays ? 'withdrawn' : 'open',
    ]);
    const meetings = answered ? 1 + poisson(random, 0.8) : 0;
    const anyone = volunteerRef(random.nextBelow(volunteers));
    const isOverload = Math.floor(responded / 86_400) >= lastDay - overload.days && index % overload.oneIn === 0;
    const volunteer = isOverload ? plantedVolunteers.overloaded : anyone;
    for (let meeting = 0; meeting < meetings; meeting++) {
      const at = (Math.floor(responded / 86_400) + 1 + meeting * 9) * 86_400 + (9 + random.nextBelow(9)) * 3_600;
      const minutes = String(15 + 5 * Math.ceil(gamma(random, 2, 30) / 5));
      const safeguarding = String(random.nextUniform() < 0.02);
      if (at < endSeconds)
        contacts.push([volunteer, token, wallTime(at), minutes, choose(random, modes), safeguarding]);
    }
  });
  const waiting = requests.findLast(([, , , , , , status]) => status === 'open');
  if (waiting) waiting[4] = `${waiting[4]};language:${language}`;
  return { volunteers: rows, requests, contacts, answeredInTime, onlySpeakerAsked: waiting?.[0] ?? null };
}
