import type { EngineEvent } from '../contract/index.ts';

export type LockReason = Extract<EngineEvent, { type: 'locked' }>['reason'];

/** What a host tells the page as it loads, in the query of its address (which no host writes down). */
export type PageStart = {
  /** Folder of the vault that the lock screen offers first. */
  readonly vault?: string | undefined;
  /** Why the page was loaded afresh. */
  readonly locked?: LockReason | undefined;
};

/** The page's address, for instance `app://tidemark/?vault=%2Fhome%2Fa%2Fdemo&locked=idle`. */
export function startUrl(origin: string, start: PageStart): string {
  const query = [pair('vault', start.vault), pair('locked', start.locked)].filter((part) => part !== '').join('&');
  return query === '' ? `${origin}/` : `${origin}/?${query}`;
}

function pair(name: string, value: string | undefined): string {
  return value === undefined ? '' : `${name}=${encodeURIComponent(value)}`;
}
