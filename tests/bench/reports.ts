import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { median, spreadText, type Verdict } from './measure.ts';

const leastPages = 60;
/** So often the sample fills as many pages as that. */
const repeats = 8;
const bar = { seconds: 10, mebibytes: 500 } as const;

const forms = [
  { form: 'pdf', what: 'as PDF' },
  { form: 'docx', what: 'as Word file' },
  { form: 'html', what: 'as HTML' },
  { form: 'all', what: 'as all three at once, on threads beside the engine as the app writes it' },
] as const;

/** A long report with a chart on every second page, written by a process that does nothing else. */
export function benchReports(runs: number): Verdict[] {
  const script = fileURLToPath(new URL('./report-child.ts', import.meta.url));
  let pages = 0;
  return forms.map(({ form, what }) => {
    const seconds: number[] = [];
    const mebibytes: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      const output = execFileSync(process.execPath, [script, form, String(repeats)], { encoding: 'utf8' });
      const told = JSON.parse(output) as Record<string, number>;
      seconds.push(told['seconds'] ?? Number.NaN);
      mebibytes.push(told['maxRssMiB'] ?? Number.NaN);
      pages = Math.max(pages, told['pages'] ?? 0);
    }
    if (pages < leastPages) throw new Error(`the report of the bench has only ${pages} pages`);
    return {
      what: `a report of ${pages} pages and ${6 * repeats} charts ${what}`,
      measured: `${spreadText(seconds, 1)} s, at most ${Math.max(...mebibytes).toFixed(0)} MiB`,
      bar: `< ${bar.seconds} s, < ${bar.mebibytes} MiB`,
      met: median(seconds) < bar.seconds && Math.max(...mebibytes) < bar.mebibytes,
    };
  });
}
