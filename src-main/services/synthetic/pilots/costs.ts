import { monthOfDay } from '#shared/domain/dates.ts';
import type { RandomStream } from '#shared/domain/random.ts';
import type { PilotCost } from './made-pilot.ts';

/**
 * What a pilot cost: once at the beginning, and each month of it. A cost is known by its item and period, so that the item names the pilot.
 * @param pounds at the beginning, and in a usual month
 */
export function costsOf(
  random: RandomStream,
  pilot: string,
  days: { readonly from: number; readonly to: number },
  pounds: { readonly first: number; readonly monthly: number },
): readonly PilotCost[] {
  const months = new Set<string>();
  for (let day = days.from; day <= days.to; day++) months.add(monthOfDay(day));
  const [first = monthOfDay(days.from)] = months;
  return [
    { item: `${pilot}: setting up and training`, period: first, pounds: pounds.first },
    ...[...months].map((period) => ({
      item: `${pilot}: facilitators and cover`,
      period,
      pounds: Math.round(pounds.monthly * (0.85 + 0.3 * random.nextUniform())),
    })),
  ];
}
