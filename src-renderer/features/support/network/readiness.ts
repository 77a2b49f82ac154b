import {
  type NotReadyReason,
  notReadyReasons,
  type PeerNetworkResult,
  type VolunteerRow,
} from '#shared/domain/peer-network.ts';

export type Readiness = {
  readonly listed: number | null;
  readonly ready: number | null;
  readonly over: number | null;
  readonly notReady: readonly { readonly reason: NotReadyReason; readonly volunteers: number | null }[];
};

/** From the list where the reader has it in front of them, else from what the result may tell of volunteers as a whole. */
export function readinessOf({ volunteers, load, rows }: PeerNetworkResult): Readiness {
  if (rows === undefined) return { ...volunteers, over: load.overCapacity };
  const count = (holds: (row: VolunteerRow) => boolean) => rows.filter(holds).length;
  return {
    listed: rows.length,
    ready: count(isReady),
    over: count((row) => isServing(row) && row.inUse > row.capacity),
    notReady: notReadyReasons.map((reason) => ({
      reason,
      volunteers: count(({ notReady }) => notReady[0] === reason),
    })),
  };
}

export function isReady({ notReady }: VolunteerRow): boolean {
  return notReady.length === 0;
}

function isServing({ notReady }: VolunteerRow): boolean {
  return !notReady.includes('not serving');
}
