import { describe, expect, it } from 'vitest';
import { differences } from './compare.ts';
import { hasReference, referenceCase, referenceData } from './reference.ts';
import { csvOf, runProcedure } from './run-procedure.ts';

type Wanted = {
  readonly coefficients: Readonly<Record<string, { estimate: number; se: number; statistic: number; p: number }>>;
  readonly naive_se: Readonly<Record<string, number>>;
  readonly alpha: number | null;
  readonly scale: number;
  readonly clusters: number;
  readonly qic: Readonly<Record<'QIC' | 'QICu' | 'Quasi Lik' | 'CIC' | 'QICC', number>>;
};

/** Months 1 to 4 with the status at month 0 as a covariate; rows by month, so that the clusters are not contiguous. */
function respiratory(): string {
  const [header = '', ...lines] = referenceData('respiratory.csv').trimEnd().replaceAll('"', '').split('\n');
  const names = header.split(',');
  const rows = lines.map((line) => Object.fromEntries(line.split(',').map((cell, k) => [names[k] as string, cell])));
  const before = new Map(rows.filter((row) => row['month'] === '0').map((row) => [row['subject'], row['status']]));
  const kept = rows.filter((row) => row['month'] !== '0').sort((a, b) => Number(a['month']) - Number(b['month']));
  const column = (name: string): string[] => kept.map((row) => row[name] as string);
  return csvOf({
    ...Object.fromEntries(
      ['centre', 'treatment', 'gender', 'age', 'month', 'subject'].map((name) => [name, column(name)]),
    ),
    y: column('status').map((status) => (status === 'good' ? 1 : 0)),
    baseline: column('subject').map((subject) => (before.get(subject) === 'good' ? 1 : 0)),
  });
}

describe.skipIf(!hasReference)('Generalised estimating equations', () => {
  const { reference } = referenceCase('05-gee-respiratory');
  for (const [name, correlation] of [
    ['exchangeable', 'exchangeable'],
    ['independence', 'independence'],
    ['exchangeable_scale_estimated', 'exchangeable'],
  ] as const) {
    it(`respiratory, ${name}`, async () => {
      const wanted = (reference as Readonly<Record<typeof name, Wanted>>)[name];
      const found = await runProcedure({
        procedure: 'gee',
        data: respiratory(),
        spec: {
          formula: 'y ~ factor(centre) + treatment + gender + baseline + age',
          id: 'subject',
          family: 'binomial',
          correlation,
        },
      });
      const terms = Object.entries(wanted.coefficients).map(([term, row]) => ({
        term: term.replace('centre2', 'factor(centre)2'),
        ...row,
        seModel: wanted.naive_se[term],
      }));
      const { qic } = wanted;
      const theirs = {
        n: 444,
        terms,
        alpha: wanted.alpha,
        scale: wanted.scale,
        clusters: { number: wanted.clusters },
        fit: { qic: qic.QIC, qicu: qic.QICu, quasiLikelihood: qic['Quasi Lik'], cic: qic.CIC, qicc: qic.QICC },
      };
      expect(differences(found, theirs, { default: 1e-8 })).toEqual([]);
    });
  }
});
