import { startNativeR } from '../../tests/statistics/native-r-session.ts';
import { type NistRow, regressionRows, regressionSets } from '../../tests/statistics/nist-table.ts';
import { anovaRows, anovaSets, univariateRows, univariateSets } from '../../tests/statistics/nist-univariate-anova.ts';
import type { RSession } from '../../tests/statistics/r-session.ts';
import { hasReference } from '../../tests/statistics/reference.ts';
import { startWebR } from '../../tests/statistics/webr-session.ts';
import { liveDifferences, type ProcedureDifference } from './live-differences.ts';

const introduction = `# How right the numbers are

Written by \`npm run accuracy\`, which measures them anew; the tests hold each figure to its bar.

## NIST's Statistical Reference Datasets

Correct significant digits (minus the decimal logarithm of the relative error, at most 15) of what NIST certifies, beside those
of R on the same file: \`lm\` with a tolerance that keeps every column, \`mean\`, \`sd\`, \`aov\`. The least over the coefficients
where a set has several.
`;

const liveIntroduction = `
## Beside R

Every result carries a script for R. Here each script was run in R on seeded data sets, and every number that it leaves was
compared: estimates, errors, statistics, limits, p-values, fits. The largest relative differences, p-values down to 1e-300; – where nothing differs beyond rounding.
`;

/** The page of docs/statistics-accuracy.md, measured now. */
export async function accuracyPage(say: (line: string) => void): Promise<string> {
  if (!hasReference) throw new Error('The NIST sets are not here: the page cannot be written.');
  const web = await startWebR();
  const native = startNativeR();
  try {
    const rows: NistRow[] = [];
    for (const set of regressionSets) rows.push(...(await regressionRows(set, web)));
    const univariate: NistRow[] = [];
    for (const set of univariateSets) univariate.push(...(await univariateRows(set, web)));
    const anova: NistRow[] = [];
    for (const set of anovaSets) anova.push(...(await anovaRows(set, web)));
    const sessionFor = async (packages: readonly string[]): Promise<RSession | null> => {
      if ((await web.missing(packages)).length === 0) return web;
      return native && (await native.missing(packages)).length === 0 ? native : null;
    };
    const differences = await liveDifferences(sessionFor, say);
    return [
      introduction,
      nistTable('Univariate', univariate),
      nistTable('\nAnalysis of variance', anova),
      nistTable('\nLinear regression', rows),
      liveIntroduction,
      liveTable(differences),
    ].join('\n');
  } finally {
    await web.close();
    await native?.close();
  }
}

function nistTable(title: string, rows: readonly NistRow[]): string {
  const lines = rows.map(
    ({ set, quantity, digits, digitsOfR, required }) =>
      `| ${set} | ${quantity} | ${digits.toFixed(1)} | ${digitsOfR === null ? '–' : digitsOfR.toFixed(1)} | ${required} |`,
  );
  return [
    `${title.startsWith('\n') ? '\n' : ''}### ${title.trim()}\n`,
    '| set | quantity | Tidemark | R | asked for |',
    '|---|---|--:|--:|--:|',
    ...lines,
  ].join('\n');
}

function liveTable(differences: readonly ProcedureDifference[]): string {
  const lines = differences.map(({ procedure, cases, numbers, values, pValues, sessions, skipped }) => {
    const left = skipped > 0 ? ` (${skipped} skipped)` : '';
    return `| ${procedure} | ${cases}${left} | ${numbers.toLocaleString('en-GB')} | ${power(values)} | ${power(pValues)} | ${sessions.join(', ')} |`;
  });
  return `${['| procedure | data sets | numbers | values | p | R |', '|---|--:|--:|--:|--:|---|', ...lines].join('\n')}\n`;
}

function power(value: number): string {
  return value === 0 ? '–' : value.toExponential(0);
}
