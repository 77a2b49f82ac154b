import { expect } from 'vitest';
import { isoOfDay } from '#shared/domain/dates.ts';
import { csvFile, type Session } from '../integration/test-vault.ts';
import { generator, whole } from '../unit/disclosure/random-tables.ts';

/** What a small force holds of families, support and the peer network, drawn so that small counts lie everywhere. */

export const lastDay = 20_543;
const firstDay = lastDay - 364;
const areas = ['North', 'South', 'East', ''];
const roles = ['Response', 'Response', 'Response', 'CID', 'CID', 'Custody', 'Dogs'];
const waves = ['w1', 'w2', 'w3', 'w4'];
const services = ['TRiM', 'Chaplain', 'Counselling'];

/** Every request was made at least so long before the end of the last day. */
export const oldestOpenHours = 120;

type Draw = () => number;
type Extract = { readonly kind: string; readonly header: string; readonly lines: readonly string[] };

function oneOf<T>(random: Draw, list: readonly T[]): T {
  return list[whole(random, 0, list.length - 1)] as T;
}

function dayIn(random: Draw, from: number, to: number): string {
  return isoOfDay(whole(random, from, to));
}

function people(random: Draw, count: number): Extract {
  return {
    kind: 'people',
    header: 'person_ref,role,unit,sex,service_start',
    lines: Array.from(
      { length: count },
      (_, at) => `PERSON${at},${oneOf(random, roles)},Unit ${at % 5},${oneOf(random, ['female', 'male'])},2015-01-01`,
    ),
  };
}

/** Answers of the couples of a wave; some are not linked, some not complete, some agreed late and some have withdrawn. */
function wave(random: Draw, name: string, count: number): string[] {
  return Array.from({ length: count }, (_, at) => {
    const household = `HOUSE-${name}-${at}`;
    const on = lastDay - 40;
    const agreed = isoOfDay(random() < 0.05 ? on + 2 : on - 2);
    const withdrawn = random() < 0.06 ? isoOfDay(on + 20) : '';
    const strain = whole(random, 4, 26);
    const line = (member: string, officer: string, instrument: string, scale: string, score: number): string[] =>
      random() < 0.04
        ? []
        : [
            `${household},${member},${officer},${name},${isoOfDay(on)},${agreed},${withdrawn},${instrument},${scale},${score}`,
          ];
    const own = `PERSON${at}`;
    const partner = random() < 0.9;
    return [
      ...line('officer', own, 'GHQ-12', 'likert', strain),
      ...line('officer', own, 'WFC-FWC', 'work-to-family', 1 + Math.round(strain / 5)),
      ...line('officer', own, 'RAS', 'mean', 5 - Math.round(strain / 8)),
      ...(partner ? line('partner', '', 'GHQ-12', 'likert', whole(random, 2, 20)) : []),
      ...(partner ? line('partner', '', 'RAS', 'mean', whole(random, 2, 5)) : []),
      ...(partner && random() < 0.5 ? line('partner', '', 'SDQ-P', 'total difficulties', whole(random, 2, 25)) : []),
    ];
  }).flat();
}

function families(random: Draw): Extract {
  return {
    kind: 'families',
    header: 'household_ref,member,person_ref,wave,taken_on,consented_on,withdrawn_on,instrument,scale,score',
    lines: waves.flatMap((name) => wave(random, name, whole(random, 8, 75))),
  };
}

function support(random: Draw, count: number): Extract {
  const lines = services.flatMap((service) => {
    const [reach, uptake] = [random() * 0.5, 0.3 + random() * 0.6];
    return Array.from({ length: count }, (_, at) => {
      if (random() > reach) return [];
      const start = whole(random, firstDay, lastDay - 10);
      const step = (name: string, day: number): string => `PERSON${at},${service},${name},${isoOfDay(day)}T10:00:00Z,1`;
      const contact = random() < uptake ? start + whole(random, 0, 60) : null;
      return [
        step('offered', start),
        ...(contact === null || contact > lastDay ? [] : [step('contacted', contact)]),
        ...(contact !== null && contact + 10 <= lastDay && random() < 0.7 ? [step('engaged', contact + 10)] : []),
        ...(contact === null && random() < 0.4 ? [step('declined', start + 3)] : []),
      ];
    }).flat();
  });
  return { kind: 'support', header: 'person_ref,service,step,at,episode_ref', lines };
}

function network(random: Draw): Extract[] {
  const volunteers = Array.from({ length: whole(random, 8, 40) }, (_, at) => `VOLUNTEER${at}`);
  const tokens = Array.from({ length: whole(random, 20, 160) }, (_, at) => `TOKEN${at}`);
  const again = oneOf(random, [0, 0.05, 0.3]);
  const requests = tokens.flatMap((token) => Array.from({ length: random() < again ? 2 : 1 }, () => token));
  const validity = (): string => (random() < 0.85 ? dayIn(random, lastDay - 500, lastDay - 30) : '');
  return [
    {
      kind: 'volunteers',
      header: 'volunteer_ref,kind,base,capacity,vetted_on,trained_on,supervisor',
      lines: volunteers.map(
        (ref) =>
          `${ref},peer,${oneOf(random, areas)},${whole(random, 1, 4)},${validity()},${validity()},${random() < 0.9 ? 'lead' : ''}`,
      ),
    },
    {
      kind: 'peer_requests',
      header: 'request_ref,requester_token,requested_at,area,responded_at',
      lines: requests.map((token, at) => {
        const day = whole(random, firstDay, lastDay - 5);
        const hours = whole(random, 0, 23);
        const asked = `${isoOfDay(day)}T${String(hours).padStart(2, '0')}:00:00Z`;
        const answered = random() < 0.85 ? `${isoOfDay(day + whole(random, 1, 5))}T12:00:00Z` : '';
        return `R${at},${token},${asked},${oneOf(random, areas)},${answered}`;
      }),
    },
    {
      kind: 'peer_contacts',
      header: 'volunteer_ref,requester_token,at,minutes',
      lines: tokens
        .filter(() => random() < 0.8)
        .map((token) => `${oneOf(random, volunteers)},${token},${dayIn(random, lastDay - 300, lastDay)}T09:00:00Z,30`),
    },
  ];
}

/** Draws such a force and imports it. */
export async function loadDrawnPlaces(session: Session, folder: string, seed: number): Promise<void> {
  const random = generator(seed);
  const count = whole(random, 60, 150);
  for (const { kind, header, lines } of [
    people(random, count),
    families(random),
    support(random, count),
    ...network(random),
  ]) {
    const file = csvFile(folder, `${kind}-${seed}.csv`, header, lines);
    const { rows } = await session.call('imports.load', { file, kind, mapping: null });
    expect(rows, kind).toMatchObject({ accepted: lines.length, rejected: 0 });
  }
}

/** The tokens by which one person, household or volunteer could be found again, and pseudonyms. */
export const whoeverPattern = /HOUSE-|PERSON\d|TOKEN\d|VOLUNTEER\d|\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b/;

export const drawnWaves = waves;
