import { z } from 'zod';

/** What a step of the test run came to. A check that only says yes or no counts as one. */
export type Tally = {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Why tests were skipped, or a step failed beyond its tests: one line each. */
  readonly notes: readonly string[];
};

export type StepOutcome = { readonly name: string; readonly seconds: number; readonly tally: Tally };

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(
        z.object({ ancestorTitles: z.array(z.string()), title: z.string(), status: z.string() }),
      ),
    }),
  ),
});

export function failure(note: string): Tally {
  return { passed: 0, failed: 1, skipped: 0, notes: [note] };
}

/** A check that only says yes or no, from its exit code; null where it was ended from outside. */
export function tallyOfCheck(exitCode: number | null): Tally {
  if (exitCode === 0) return { passed: 1, failed: 0, skipped: 0, notes: [] };
  return failure(exitCode === null ? 'it was stopped from outside' : `it ended with exit code ${exitCode}`);
}

/**
 * Counts vitest's JSON report. A file that could not even be loaded counts as one failure, a run without a single test as
 * one, and so does an exit code that no failed test explains: nothing passes by not having run.
 */
export function tallyOfVitest(report: string | null, exitCode: number | null): Tally {
  if (report === null) return failure(`it ended (exit code ${exitCode ?? 'none'}) without a report`);
  const files = reportSchema.parse(JSON.parse(report)).testResults;
  const tests = files.flatMap((file) => file.assertionResults);
  const count = (...statuses: readonly string[]) => tests.filter((test) => statuses.includes(test.status)).length;
  const failedTests = count('failed');
  const unloaded = files.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  const notes = unloaded.map((file) => `${file.name} could not be run to its end`);
  let failed = failedTests + unloaded.length;
  if (failed === 0 && exitCode !== 0) {
    notes.push(`no test failed, yet it ended with exit code ${exitCode ?? 'none'}`);
    failed = 1;
  }
  if (tests.length === 0 && failed === 0) return failure('no tests were found');
  const skipped = tests.filter(isSkipped);
  return {
    passed: count('passed'),
    failed,
    skipped: skipped.length,
    notes: [...notes, ...reasonsOf(files.map((file) => file.assertionResults)).map((reason) => `skipped: ${reason}`)],
  };
}

type TestResult = z.infer<typeof reportSchema>['testResults'][number]['assertionResults'][number];

function isSkipped(test: TestResult): boolean {
  return !['passed', 'failed'].includes(test.status);
}

/** A group that was skipped whole by its name, which says why; a single test by its group and its own name. */
function reasonsOf(files: readonly (readonly TestResult[])[]): readonly string[] {
  const reasons = files.flatMap((tests) =>
    tests.filter(isSkipped).map((test) => {
      const [group] = test.ancestorTitles;
      const whole =
        group !== undefined && tests.every((other) => other.ancestorTitles[0] !== group || isSkipped(other));
      return whole ? group : [...test.ancestorTitles, test.title].join(' › ');
    }),
  );
  return [...new Set(reasons)];
}

/** The table that ends a run; its very last line is the sum. */
export function summaryOf(outcomes: readonly StepOutcome[]): string {
  const width = Math.max(...outcomes.map((outcome) => outcome.name.length), 'step'.length);
  const cell = (value: number | string, size = 8) => String(value).padStart(size);
  const line = (name: string, { passed, failed, skipped }: Omit<Tally, 'notes'>, seconds: string) =>
    `${name.padEnd(width)}${cell(passed)}${cell(failed)}${cell(skipped)}${cell(seconds, 10)}`;
  const sum = (key: 'passed' | 'failed' | 'skipped') =>
    outcomes.reduce((total, outcome) => total + outcome.tally[key], 0);
  const notes = outcomes.flatMap(({ name, tally }) => tally.notes.map((note) => `${name}: ${note}`));
  return [
    `${'step'.padEnd(width)}${cell('passed')}${cell('failed')}${cell('skipped')}${cell('seconds', 10)}`,
    ...outcomes.map(({ name, tally, seconds }) => line(name, tally, seconds.toFixed(1))),
    '',
    ...(notes.length === 0 ? [] : [...notes, '']),
    `${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`,
  ].join('\n');
}
