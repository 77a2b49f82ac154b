import type { PeerMatching } from '#shared/domain/peer-matching.ts';
import { createMemory } from '../../../bridge/memory.ts';

export type AreaPair = readonly [one: string, other: string];

/** Areas that lie next to each other, as the coordinator says; kept while the vault is open. */
export const neighboursMemory = createMemory<readonly AreaPair[]>([]);

/** Every pair of areas from which somebody asks or where somebody is proposed from, and those that are chosen already. */
export function pairsToChoose(
  { proposals, unmatched }: PeerMatching,
  chosen: readonly AreaPair[],
): readonly AreaPair[] {
  const named = [...proposals.flatMap(({ area, base }) => [area, base]), ...unmatched.map(({ area }) => area)];
  const areas = [...new Set([...chosen.flat(), ...named])].filter((area) => area !== null).sort();
  return areas.flatMap((one, at) => areas.slice(at + 1).map((other): AreaPair => [one, other]));
}
