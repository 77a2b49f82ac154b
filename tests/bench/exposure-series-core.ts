/** Times the exposure analyses on made-up columns, one thread. Arguments: events, people, months. */

import { exposureLoad } from '#main/analysis/exposure/exposure-load.ts';
import { exposureSeries } from '#main/analysis/exposure/exposure-series.ts';
import { decodePackedExposures, encodePackedExposures } from '#main/analysis/exposure/packed-bytes.ts';
import { packExposures } from '#main/analysis/exposure/packed-exposures.ts';
import { personFrameOf } from '#main/analysis/exposure/person-frame.ts';
import { personSeries } from '#main/analysis/exposure/person-series.ts';
import { compileScheme } from '#main/analysis/exposure/scheme-weights.ts';
import countV1 from '#resources/schemes/count-v1.json' with { type: 'json' };
import tieredV1 from '#resources/schemes/tiered-v1.json' with { type: 'json' };
import { lastDayOfMonth, monthOfDay } from '#shared/domain/dates.ts';
import { exposureCategories } from '#shared/domain/exposure-categories.ts';

const [events = 2_000_000, people = 50_000, months = 60] = process.argv.slice(2).map(Number);

let state = 20_260_331;
function next(below: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}

const lastMonth = 2026 * 12 + 2;
const firstMonth = lastMonth - months + 1;
const monthEndDays = Int32Array.from({ length: months }, (_, index) => lastDayOfMonth(firstMonth + index));
const lastDay = lastDayOfMonth(lastMonth);
const spanDays = months * 30;

function timed<T>(label: string, repeats: number, work: () => T): T {
  let value = work();
  const times = Array.from({ length: repeats }, () => {
    const start = performance.now();
    value = work();
    return performance.now() - start;
  });
  const sorted = times.sort((a, b) => a - b);
  console.log(
    `${label.padEnd(34)} best ${(sorted[0] ?? 0).toFixed(1)} ms, median ${(sorted[repeats >> 1] ?? 0).toFixed(1)} ms`,
  );
  return value;
}

const columns = {
  persons: people,
  person: Uint32Array.from({ length: events }, () => next(people)),
  day: Int32Array.from({ length: events }, () => lastDay - next(spanDays)),
  category: Uint16Array.from({ length: events }, () => next(exposureCategories.length)),
  attributes: Uint8Array.from({ length: events }, () => next(64)),
  minutes: Float64Array.from({ length: events }, () => (next(3) === 0 ? Number.NaN : next(600))),
  categories: exposureCategories.map(({ code }) => code),
};
const frame = personFrameOf(
  Array.from({ length: people }, (_, index) => ({
    pseudonym: index.toString(36).padStart(12, '0'),
    listed: true,
    spells: [
      {
        fromDay: next(3) === 0 ? lastDay - next(spanDays) : null,
        toDay: next(5) === 0 ? lastDay - next(spanDays) : null,
        unit: `U${next(24)}`,
        role: `R${next(14)}`,
      },
    ],
  })),
);
const packed = timed('packExposures, rows unordered', 3, () => packExposures(columns));
const bytes = timed('encodePackedExposures', 3, () => encodePackedExposures(packed));
console.log(`encoded: ${(bytes.byteLength / 1e6).toFixed(1)} MB`);
timed('decodePackedExposures', 5, () => decodePackedExposures(new Uint8Array(bytes)));

for (const document of [countV1, tieredV1]) {
  const compiled = compileScheme(document);
  if (!compiled.ok) throw new Error(compiled.error.message);
  const monthEnds = { months: Array.from(monthEndDays, monthOfDay), days: monthEndDays };
  const series = {
    exposures: packed,
    people: frame,
    compiled: compiled.value,
    monthEnds,
    windowsDays: [28, 90, 180, 365],
    halfLifeDays: 180,
    rows: false,
  };
  timed(`exposureSeries ${document.id}`, 7, () => exposureSeries(series));
  timed(`personSeries ${document.id}`, 3, () => personSeries(series).counts.length);
  timed(`exposureLoad ${document.id}`, 3, () =>
    exposureLoad({ ...series, uncounted: { unmapped: 0, notTraumatic: 0 }, asOfDay: lastDay }),
  );
  timed(`exposureLoad, rows ${document.id}`, 3, () =>
    exposureLoad({ ...series, uncounted: { unmapped: 0, notTraumatic: 0 }, asOfDay: lastDay, rows: true }),
  );
}
