import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { procedureNamed, procedureNames } from '#main/stats/procedures/registry.ts';
import { statisticsReference } from '../../scripts/statistics/reference.ts';
import { runProcedure } from './run-procedure.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/statistics.md'), 'utf8');

/** What the command line promises other programs. */
const promised = [
  ...[
    'describe',
    't-test',
    'wilcoxon',
    'anova',
    'kruskal',
    'contingency',
    'correlation',
    'glm',
    'ridge',
    'lmm',
    'mmrm',
    'gee',
  ],
  ...[
    'survival',
    'competing-risks',
    'cox',
    'meta',
    'roc',
    'calibration',
    'decision-curve',
    'reliability',
    'reliable-change',
  ],
  ...['apim', 'mediation', 'its', 'did', 'iptw', 'spc', 'cusum', 'ewma', 'power', 'pool', 'adjust'],
];

describe('the procedures', () => {
  it('are those of the contract, in order of their names', () => {
    expect(procedureNames).toEqual([...promised].sort());
  });

  it.each(promised)(
    '%s runs its example, under its own name, without a warning that something could not be computed',
    async (name) => {
      const procedure = await procedureNamed(name);
      expect(procedure?.name).toBe(name);
      const { example } = procedure!;
      const result = await runProcedure({ procedure: name, spec: example.spec, data: example.data });
      expect(result.procedure).toBe(name);
      expect(result.r).toContain('result <- ');
      expect(result.warnings.filter((warning) => warning.includes('cannot be computed from these data'))).toEqual([]);
    },
  );
});

describe('docs/statistics.md', () => {
  it('is what `npm run reference` writes', async () => {
    expect(page).toBe(await statisticsReference());
  });
});
