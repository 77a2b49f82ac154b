import { createMemory } from '../../../bridge/memory.ts';

/** How far back requests and contacts are looked at, in days. */
export const lookBacks = [90, 180, 365, 730] as const;
export type LookBack = (typeof lookBacks)[number];

type Question = {
  /** Null: the newest day of requests and contacts. */
  readonly asOf: string | null;
  readonly days: LookBack;
};

export const questionMemory = createMemory<Question>({ asOf: null, days: 365 });

type Freshness = readonly { readonly kind: string; readonly rows: number; readonly to: string | null }[];

/** The newest day that requests and contacts tell of; of the volunteers where nobody asked yet; null where nothing is held. */
export function newestDayOf(freshness: Freshness): string | null {
  const newest = (...kinds: readonly string[]): string | null =>
    freshness
      .filter(({ kind, rows }) => kinds.includes(kind) && rows > 0)
      .reduce<string | null>((latest, { to }) => (to !== null && (latest === null || to > latest) ? to : latest), null);
  return newest('peer_requests', 'peer_contacts') ?? newest('volunteers');
}
