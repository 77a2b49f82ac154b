import type { Mapping } from '#shared/contract/mapping.ts';
import { useOperation } from '../../../bridge/hooks.ts';
import { inWords } from './preview-source.ts';

export type Sample = {
  /** Different values of the first rows, in words, as they would be stored. */
  readonly values: readonly string[];
  /** First thing that is wrong with a value among them, in words. */
  readonly problem: string | null;
  /** How many of the first rows have something wrong here. */
  readonly bad: number;
};

const sampleRows = 100;
const valuesShown = 3;

/** What the first rows say by a mapping, by canonical column. */
export function useUnderstoodSamples(file: string, mapping: Mapping): ReadonlyMap<string, Sample> {
  const answer = useOperation('imports.understood', { file, mapping, take: { from: 1, count: sampleRows } });
  const samples = new Map<string, Sample>();
  const { columns = [], records = [] } = answer.data ?? {};
  columns.forEach((column, index) => {
    const values = new Set<string>();
    for (const record of records) {
      if (values.size >= valuesShown) break;
      const text = inWords(mapping, column, record.values[index] ?? null);
      if (text !== '') values.add(text);
    }
    const problems = records.flatMap((record) => record.problems.filter((one) => one.column === column));
    samples.set(column, { values: [...values], problem: problems[0]?.message ?? null, bad: problems.length });
  });
  return samples;
}
