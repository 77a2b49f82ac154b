import { isoOfDay } from '#shared/domain/dates.ts';
import type { RandomStream } from '#shared/domain/random.ts';
import type { Period } from './options.ts';
import { planted } from './planted.ts';

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

/** Where volunteers are based, in turn. */
export const bases = ['North', 'South', 'East', 'West'] as const;
export const peerNeeds = ['trauma', 'bereavement', 'family', 'workload', 'finance'] as const;

/** What is planted in single volunteers; all others are in date and supervised. */
export const plantedVolunteers = {
  overloaded: volunteerRef(0),
  vettingLapsed: volunteerRef(1),
  unsupervised: volunteerRef(2),
  onlySpeaker: volunteerRef(3),
} as const;

/** Vetting stands for this long in `peer-network`. */
const vettingDays = 1_095;

export function volunteerRef(index: number): string {
  return `SYN-V${String(index + 1).padStart(3, '0')}`;
}

export function volunteerRows(random: RandomStream, count: number, { firstDay, lastDay }: Period): string[][] {
  const { overload, vettingLapsedDays, language } = planted.peers;
  return Array.from({ length: count }, (_, index) => {
    const ref = volunteerRef(index);
    // Both were done before the last year and stand at its end, so that every contact of that year can be judged.
    const vetted = lastDay - 400 - random.nextBelow(600);
    const trained = lastDay - 380 - random.nextBelow(300);
    const languages = ref === plantedVolunteers.onlySpeaker ? [`language:${language}`] : [];
    return [
      ref,
      index % 6 === 5 ? 'community' : 'peer',
      bases[index % bases.length] ?? '',
      String(ref === plantedVolunteers.overloaded ? overload.capacity : 5 + random.nextBelow(4)),
      [peerNeeds[index % peerNeeds.length], peerNeeds[(index + 2) % peerNeeds.length], ...languages].join(';'),
      isoOfDay(ref === plantedVolunteers.vettingLapsed ? lastDay - vettingDays - vettingLapsedDays : vetted),
      isoOfDay(trained),
      ref === plantedVolunteers.unsupervised ? '' : `SYN-SV${1 + (index % 3)}`,
      isoOfDay(firstDay - random.nextBelow(400)),
      '',
    ];
  });
}
