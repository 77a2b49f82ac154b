import { type CrossTable, positionsOf } from '#main/disclosure/cross-table.ts';
import { loadSolver } from '#main/disclosure/solver.ts';
import { suppressCrossTable } from '#main/disclosure/suppress-cross-table.ts';
import { randomStream } from '#shared/domain/random.ts';
import { median, spreadText, type Verdict } from './measure.ts';

const barMs = 2_000;
const rows = 50;
const columns = 12;

function labels(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index}`);
}

/** Units by months of skewed counts, about half of them small, as a force has them. */
function skewedTable(): CrossTable {
  const random = randomStream(5_012, 'suppression');
  const counts = labels('unit ', rows).map(() => {
    const size = 60 * random.nextUniform() ** 2;
    return labels('month ', columns).map(() => Math.floor(size * random.nextUniform() ** 2));
  });
  const side = (prefix: string, count: number) =>
    positionsOf({ labels: labels(prefix, count), groups: null, groupNames: [] });
  return { rows: side('unit ', rows), columns: side('month ', columns), counts };
}

/** Suppression and audit of one table of 50 rows and 12 columns with its margins, solver loaded. */
export async function benchSuppression(runs: number): Promise<Verdict[]> {
  await loadSolver();
  const verdicts: Verdict[] = [];
  for (const rounding of [0, 5]) {
    const times: number[] = [];
    let what = '';
    for (let run = 0; run < runs; run += 1) {
      const started = performance.now();
      const result = await suppressCrossTable(skewedTable(), { threshold: 10, protect: 10, rounding });
      times.push(performance.now() - started);
      if (!result.ok) throw new Error(result.error.message);
      const primary = result.value.cells.filter((cell) => cell.reason === 'primary').length;
      what = `${primary} small counts of ${result.value.cells.length}, ${result.value.audit.length} withheld and audited`;
    }
    verdicts.push({
      what: `suppression and audit of a 50 × 12 table${rounding > 0 ? `, rounded to ${rounding}` : ''} (${what})`,
      measured: `${spreadText(times, 0)} ms`,
      bar: `under ${barMs} ms`,
      met: median(times) < barMs,
    });
  }
  return verdicts;
}
