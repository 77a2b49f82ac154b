import type { AnalysisResult } from '#shared/contract/analyses.ts';

export type FunnelReason = 'few' | 'not-recorded' | 'no-denominator';

export type FunnelStep = {
  readonly step: string;
  readonly people: number | null;
  readonly of: string | null;
  readonly share: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly reason: FunnelReason | null;
};

export type WaitPoint = {
  readonly day: number;
  readonly contacted: number | null;
  readonly low: number | null;
  readonly high: number | null;
};

export type Wait = {
  readonly people: number;
  readonly medianDays: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly marks: readonly WaitPoint[];
  readonly curve: readonly WaitPoint[];
  readonly left: { readonly share: number; readonly byDay: number } | null;
  readonly tests: readonly { readonly by: string; readonly p: number | null }[];
};

export type UptakeOfGroup = {
  readonly group: string;
  readonly people: number | null;
  readonly uptake: { readonly share: number; readonly low: number; readonly high: number } | null;
  readonly ratio: { readonly estimate: number; readonly low: number | null; readonly high: number | null } | null;
  readonly pHolm: number | null;
};

export type UptakeByGroup = {
  readonly by: string;
  readonly reference: string | null;
  readonly groups: readonly UptakeOfGroup[];
  readonly withheldGroups: number;
};

export type UsageReason = 'few' | 'not-listed' | 'no-capacity' | 'no-cost';

export type Usage = {
  readonly contactsPerMonth: number | null;
  readonly capacityPerMonth: number | null;
  readonly shareOfCapacity: number | null;
  readonly capacityReason: UsageReason | null;
  readonly costFrom: 'costs' | 'directory' | null;
  readonly costPerContact: number | null;
  readonly costPerCompleted: number | null;
  readonly costReason: UsageReason | null;
};

export type ServiceUptake = {
  readonly service: string;
  readonly people: number | null;
  readonly funnel: readonly FunnelStep[];
  readonly wait: Wait | null;
  readonly groups: readonly UptakeByGroup[];
  readonly usage: Usage;
};

export type Effect = {
  readonly estimate: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly p: number | null;
};

export type ChangeMonth = {
  readonly month: string;
  readonly after: boolean;
  readonly share: number | null;
  readonly fitted: number | null;
  readonly expected: number | null;
  readonly low: number | null;
  readonly high: number | null;
};

export type Change = {
  readonly service: string;
  readonly on: string;
  readonly firstMonth: string;
  readonly withinDays: number;
  readonly months: readonly ChangeMonth[];
  readonly series: { readonly level: Effect | null; readonly trend: Effect | null; readonly last: Effect } | null;
  readonly seriesOmitted: string | null;
  readonly compared: { readonly names: readonly string[]; readonly difference: Effect } | null;
  readonly comparedOmitted: string | null;
};

/** What `support-uptake` answers. */
export type SupportUptake = {
  readonly lastStart: string;
  readonly followDays: number;
  readonly minimum: number;
  readonly services: readonly ServiceUptake[];
  readonly change: Change | null;
};

export function readUptake(result: AnalysisResult): SupportUptake {
  const uptake = result.result as Partial<SupportUptake>;
  if (!Array.isArray(uptake.services) || typeof uptake.followDays !== 'number') {
    throw new Error('The result of support-uptake does not have its shape.');
  }
  return uptake as SupportUptake;
}
