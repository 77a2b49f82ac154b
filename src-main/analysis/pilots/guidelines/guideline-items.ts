import type { GuidelineAnswer, GuidelineItem } from '#shared/domain/pilot-evaluation-result.ts';

/** An item with what it asks in short words of our own, who answers it, and where. */
export type ItemRow = readonly [item: string, asks: string, answeredBy: GuidelineAnswer, where: string];

export function itemsOf(rows: readonly ItemRow[]): GuidelineItem[] {
  return rows.map(([item, asks, answeredBy, where]) => ({ item, asks, answeredBy, where }));
}
