import type { PeerMatching } from './peer-matching.ts';

/** What `peer-network` returns as `result`: shapes that the engine makes and the screens read. */

/** Shifts of the time of day at which somebody asked, Europe/London: from 07:00, 15:00 and 23:00. */
export const peerShifts = ['early', 'late', 'night'] as const;
export type PeerShift = (typeof peerShifts)[number];

/** Why a volunteer takes nobody new on; the first that holds stands in counts. */
export const notReadyReasons = [
  'not serving',
  'never vetted',
  'vetting lapsed',
  'never trained',
  'training lapsed',
  'no supervisor',
] as const;
export type NotReadyReason = (typeof notReadyReasons)[number];

/** What was missing at a contact; each contact counts under the first that holds. */
export const supervisionGaps = ['volunteer not listed', ...notReadyReasons, 'renewed since'] as const;
export type SupervisionGap = (typeof supervisionGaps)[number];

/** Where the extract names no area or base. */
export const noArea = '(none given)';
/** In place of a base for those who asked and have met nobody. */
export const nobodyYet = '(nobody yet)';

/** Counts are null where they are withheld: small, or to be worked out from others. */
export type PeerNetworkResult = {
  readonly from: string;
  readonly to: string;
  readonly volunteers: {
    readonly listed: number | null;
    /** In service, vetted and trained in date, and supervised, at `asOf`. */
    readonly ready: number | null;
    readonly notReady: readonly { readonly reason: NotReadyReason; readonly volunteers: number | null }[];
  };
  readonly load: PeerLoad;
  readonly supervision: {
    /** People whose first contact in the period was with a volunteer who then lacked something. */
    readonly people: number | null;
    readonly gaps: readonly { readonly gap: SupervisionGap; readonly people: number | null }[];
  };
  readonly response: PeerResponse;
  readonly coverage: PeerCoverage;
  readonly links: readonly PeerLink[];
  readonly rows?: readonly VolunteerRow[];
  /** With rows alone: whom the open requests could be matched with. */
  readonly matching?: PeerMatching;
};

export type PeerLoad = {
  /** Volunteers in service, over whom the load is spread. */
  readonly volunteers: number | null;
  readonly contacts: number | null;
  /** Null where fewer than 10 volunteers or people stand behind it. */
  readonly gini: number | null;
  /** Shares, 0–1, of the contacts that the least busy share of the volunteers carry. */
  readonly lorenz: readonly { readonly volunteers: number; readonly contacts: number }[];
  readonly overCapacity: number | null;
};

export type PeerResponse = {
  readonly requests: number | null;
  readonly open: number | null;
  /** Share answered within `hours`, 0–1, among all requests by Kaplan–Meier, the open ones as censored. */
  readonly withinShare: { readonly estimate: number; readonly low: number | null; readonly high: number | null } | null;
  readonly hours: number;
  readonly medianHours: number | null;
  /** Share not yet answered at hours after the request, while at least the minimum wait. */
  readonly curve: readonly {
    readonly hours: number;
    readonly waiting: number;
    readonly low: number | null;
    readonly high: number | null;
  }[];
};

export type PeerCoverage = {
  readonly areas: readonly PeerArea[];
  /** People who asked, each once, under the area and shift of their first request. */
  readonly cells: readonly { readonly area: string; readonly shift: PeerShift; readonly people: number | null }[];
};

export type PeerArea = {
  readonly area: string;
  readonly people: number | null;
  /** Places that ready volunteers based there have, by shift, in use or not; null, without rows, where few stand behind them. */
  readonly capacity: Readonly<Record<PeerShift, number | null>>;
  /** At least the minimum asked, and no ready volunteer is based there. */
  readonly needWithoutCapacity: boolean;
};

/** People of an area whose first contact was with a volunteer of a base. */
export type PeerLink = { readonly area: string; readonly base: string; readonly people: number | null };

export type VolunteerRow = {
  readonly volunteer: string;
  readonly kind: 'peer' | 'community';
  readonly base: string | null;
  readonly skills: readonly string[];
  readonly languages: readonly string[];
  readonly vettedUntil: string | null;
  readonly trainedUntil: string | null;
  readonly supervised: boolean;
  readonly notReady: readonly NotReadyReason[];
  readonly capacity: number;
  /** People seen in the window of the load. */
  readonly inUse: number;
  readonly contacts: number;
  readonly minutes: number;
  /** Days in a row up to `asOf` with a contact on each. */
  readonly daysWithoutRest: number;
  readonly daysSinceContact: number | null;
  /** What to offer, in words; null where nothing is due. */
  readonly offer: string | null;
};
