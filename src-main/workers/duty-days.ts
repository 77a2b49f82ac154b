import { firstAfter } from '#main/analysis/exposure/loads-at.ts';
import { decodeExposureDays, encodeExposureDays } from '#main/analysis/exposure/packed-days.ts';
import type { ExposureDays } from '#main/analysis/exposure/packed-exposures.ts';
import type { Connection } from '#main/store/connection.ts';
import { readDutyDays } from '#main/store/denominator-records.ts';
import { packedSource, readPacked, writePacked } from '#main/store/packed-cache.ts';

const cacheName = 'duty-days';

/** Days with a duty, each once, by the store's number of the person; packed as those of exposures are. */
type DutyDays = { readonly source: string; readonly days: ExposureDays };

const held = new WeakMap<Connection, DutyDays>();

/**
 * Calls back for every person and local day with a duty between two days, each once, by person. A force has millions of
 * duties: their days are read from the rows once for each state of the store, and packed and kept from then on.
 *
 * @param personIndex by the store's number of a person, the index that is called back with
 */
export function eachDutyDay(
  connection: Connection,
  personIndex: Uint32Array,
  [fromDay, toDay]: readonly [number, number],
  take: (person: number, day: number) => void,
): void {
  const { offsets, day } = dutyDays(connection, personIndex.length);
  for (let person = 0; person + 1 < offsets.length; person += 1) {
    const end = offsets[person + 1] ?? 0;
    for (let at = firstAfter(day, offsets[person] ?? 0, end, fromDay - 1); at < end; at += 1) {
      const own = day[at] ?? 0;
      if (own > toDay) break;
      take(personIndex[person] as number, own);
    }
  }
}

function dutyDays(connection: Connection, persons: number): ExposureDays {
  // In one transaction: rows of a batch that is committed meanwhile must not be kept under the name of the state before it.
  const read = connection.transaction(() => {
    const source = packedSource(connection, ['duties']);
    const before = held.get(connection);
    if (before?.source === source) return { source, days: before.days, isPacked: true };
    const packed = readPacked(connection, cacheName, source);
    const decoded = packed && decodeExposureDays(packed);
    if (decoded?.ok) return { source, days: decoded.value, isPacked: true };
    return { source, days: readDutyDays(connection, persons), isPacked: false };
  })();
  const { source, days } = read;
  held.set(connection, { source, days });
  if (!read.isPacked) writePacked(connection, cacheName, source, encodeExposureDays(days));
  return days;
}
