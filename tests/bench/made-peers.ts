import type { PeerRecords } from '#main/analysis/peers/records.ts';
import { type PeerNetworkSpec, parsePeerNetworkSpec } from '#main/analysis/peers/spec.ts';
import { dayOfIso } from '#shared/domain/dates.ts';
import { type RandomStream, randomStream } from '#shared/domain/random.ts';

const asOf = '2026-03-31';
const areas = Array.from({ length: 20 }, (_, at) => `Area ${at}`);
const needs = ['trauma', 'bereavement', 'family', 'workload', 'finance'];
const languages = ['pl', 'ur', 'cy', 'pa', 'ro'];
const shifts = ['early', 'late', 'night'];

function oneOf(random: RandomStream, list: readonly string[]): string {
  return list[random.nextBelow(list.length)] ?? '';
}

/** In one of so many, a tag such as `language:pl`; else nothing. */
function sometimes(random: RandomStream, oneIn: number, prefix: string, list: readonly string[]): string[] {
  return random.nextBelow(oneIn) === 0 ? [`${prefix}:${oneOf(random, list)}`] : [];
}

/** A network short of places in many areas, so that proposals have to give way to each other. */
export function madePeers(requests: number, volunteers: number): { records: PeerRecords; spec: PeerNetworkSpec } {
  const random = randomStream(20_261_126, 'made peers');
  const today = dayOfIso(asOf) ?? 0;
  const parsed = parsePeerNetworkSpec({
    asOf,
    neighbours: areas.map((area, at) => [area, areas[(at + 1) % areas.length]]),
  });
  if (!parsed.ok) throw new Error(parsed.error.message);
  const records: PeerRecords = {
    volunteers: Array.from({ length: volunteers }, (_, at) => ({
      ref: `V${String(at).padStart(4, '0')}`,
      kind: 'peer',
      base: oneOf(random, areas),
      capacity: 2 + random.nextBelow(5),
      skills: [
        oneOf(random, needs),
        oneOf(random, needs),
        ...sometimes(random, 3, 'language', languages),
        ...sometimes(random, 4, 'shift', shifts),
      ],
      vettedOn: today - random.nextBelow(1_150),
      trainedOn: today - random.nextBelow(760),
      supervisor: 'S',
      fromDay: today - 1_200,
      toDay: null,
    })),
    requests: Array.from({ length: requests }, (_, at) => {
      const day = today - random.nextBelow(120);
      return {
        ...{ ref: `R${at}`, token: `T${at % Math.ceil(requests * 0.9)}`, day, requestedAt: day * 86_400 },
        area: oneOf(random, areas),
        needs: [
          oneOf(random, needs),
          ...sometimes(random, 10, 'language', languages),
          ...sometimes(random, 8, 'shift', shifts),
        ],
        ...{ respondedAt: null, status: 'open' },
      };
    }),
    contacts: Array.from({ length: volunteers * 4 }, () => {
      const day = today - random.nextBelow(120);
      const token = `T${random.nextBelow(requests * 2)}`;
      return {
        volunteer: `V${String(random.nextBelow(volunteers)).padStart(4, '0')}`,
        token,
        at: day,
        day,
        minutes: 30,
      };
    }),
    decisions: [],
  };
  return { records, spec: parsed.value };
}
