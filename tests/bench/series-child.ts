import { writeFileSync } from 'node:fs';
import type { ExposureMonth } from '#main/analysis/exposure/exposure-series.ts';
import { createEngine } from '#main/engine/index.ts';
import { call, passphrase, report, user } from './vault-for-bench.ts';

// The series over five years from an unlocked vault with its reading thread started, in a process of its own; asked twice, so that the second answer
// comes from what the thread holds. A fourth argument names a file for the sums. Whether the first is packed depends on the vault it is given.
const [folder = '', from = '', to = '', sums] = process.argv.slice(2);
const engine = createEngine({ settingsFolder: null, idleLock: false });
await call(engine, 'vault.unlock', { folder, user, passphrase });
const ask = async (): Promise<{ readonly seconds: number; readonly months: readonly ExposureMonth[] }> => {
  const started = performance.now();
  const answer = await call(engine, 'analyses.run', { method: 'exposure-series', spec: { from, to } });
  const months = answer.result['months'] as readonly ExposureMonth[];
  return { seconds: (performance.now() - started) / 1_000, months };
};
// Starts the reading thread without touching exposures: what is measured is vault to result, not the loading of a program.
await call(engine, 'analyses.run', { method: 'screening-summary', spec: { from: '2026-03-01', to: '2026-03-31' } });
const first = await ask();
const second = await ask();
await engine.close();
if (sums !== undefined) {
  const lines = first.months.map(({ month, unit, role, people, counts, decayed }) =>
    [month, unit, role, people, counts['28'], counts['90'], counts['180'], counts['365'], decayed].join(','),
  );
  writeFileSync(sums, `month,unit,role,people,w28,w90,w180,w365,decayed\n${lines.join('\n')}\n`);
}
report({ first: first.seconds, second: second.seconds, cells: first.months.length });
