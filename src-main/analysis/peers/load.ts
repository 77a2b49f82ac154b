import { distributionOf } from '#main/analysis/exposure/distribution.ts';
import type { PeerLoad, VolunteerRow } from '#shared/domain/peer-network.ts';
import { alone, fewestVolunteers } from './period.ts';
import type { ContactRecord } from './records.ts';

/** Points of a Lorenz curve are of at least the fewest volunteers that may be shown. */
const lorenzSteps = 5;

/** How contacts are spread over the volunteers in service. @param contacts of the days of the load */
export function networkLoad(
  serving: readonly VolunteerRow[],
  contacts: readonly ContactRecord[],
  { minimum, servingShown }: { readonly minimum: number; readonly servingShown: boolean },
): PeerLoad {
  const people = new Set(contacts.map(({ token }) => token)).size;
  const counts = Float64Array.from(serving, (row) => row.contacts);
  const enough = serving.length >= minimum && people >= minimum;
  const over = serving.filter(({ inUse, capacity }) => inUse > capacity).length;
  const few = (count: number): boolean => count > 0 && count < fewestVolunteers;
  return {
    volunteers: servingShown ? alone(serving.length, fewestVolunteers) : null,
    contacts: people > 0 && people < minimum ? null : contacts.length,
    gini: enough ? (distributionOf(counts)?.gini ?? null) : null,
    lorenz: enough && serving.length >= lorenzSteps * fewestVolunteers ? lorenzCurve(counts) : [],
    overCapacity: few(serving.length - over) ? null : alone(over, fewestVolunteers),
  };
}

function lorenzCurve(counts: Float64Array): PeerLoad['lorenz'] {
  const sorted = counts.slice().sort();
  const total = sorted.reduce((sum, count) => sum + count, 0);
  if (total === 0) return [];
  return Array.from({ length: lorenzSteps + 1 }, (_, step) => {
    const volunteers = Math.round((sorted.length * step) / lorenzSteps);
    const contacts = sorted.subarray(0, volunteers).reduce((sum, count) => sum + count, 0);
    return { volunteers: volunteers / sorted.length, contacts: contacts / total };
  });
}
