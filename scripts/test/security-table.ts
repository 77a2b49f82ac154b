import { z } from 'zod';

/** Files of the integration tests that measure something for the table. */
const beside = ['kill', 'backup-kill', 'backup', 'people-and-keys', 'cases', 'rights'].map(
  (name) => `tests/integration/${name}.test.ts`,
);

/** The tests behind the table, by the project of vitest.config.ts that runs them. */
export const securityTests: readonly { readonly project: string; readonly files: readonly string[] }[] = [
  { project: 'unit', files: ['tests/unit/disclosure'] },
  { project: 'integration', files: ['tests/security', 'tests/contract', ...beside] },
  { project: 'e2e', files: ['tests/e2e/hostile-data.test.ts'] },
];

/** Environment that asks the tests for the counts of the table instead of a slice; kills are shared by several tests. */
export const fullCounts = { TIDEMARK_KILLS: '220', TIDEMARK_FUZZ: '10000', TIDEMARK_TABLES: '1000' } as const;

/** The table of security.md: what is tested, and the bar. */
const rows: readonly (readonly [test: string, bar: string])[] = [
  ['canary strings imported, then every file under the vault, temporary folders and backups searched', 'none found'],
  ['wrong key, swapped keyring, truncated file, flipped bytes', 'refused with exit 4 or 5, never a wrong answer'],
  ['SIGKILL at random moments', 'opens, every batch wholly in or out, audit chain whole'],
  ['full disk, read-only media, clock set back, two processes', 'clear refusal, nothing lost'],
  ['mutated inputs for each reader', 'no crash, none over 5 s, none over 512 MiB'],
  ['the demo under a system-call trace', 'no internet socket is ever created'],
  ['every call × every role, unknown calls, malformed payloads, wrong senders', 'refused and audited'],
  ['random tables, and pairs of overlapping releases', 'no suppressed cell narrower than its protection'],
  ['script and markup in every text field, on every screen and in every report', 'inert text'],
  ['an analyst’s session with full disk access', 'cannot open one sealed field'],
];

const noteSchema = z.strictObject({
  row: z.number().int().min(1).max(rows.length),
  what: z.string(),
  measured: z.string(),
});
export type Evidence = z.infer<typeof noteSchema>;

/** Notes that the tests left, one JSON object a line. */
export function readEvidence(text: string): Evidence[] {
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => noteSchema.parse(JSON.parse(line)));
}

/** The table in Markdown, and whether every row has evidence: a test that was skipped leaves none. */
export function evidenceTable(notes: readonly Evidence[]): { readonly lines: string[]; readonly complete: boolean } {
  const lines = ['| | test | bar | measured |', '|---|---|---|---|'];
  let complete = true;
  for (const [at, [test, bar]] of rows.entries()) {
    const own = notes.filter((note) => note.row === at + 1);
    if (own.length === 0) complete = false;
    const measured = own.map((note) => `${note.what}: ${note.measured}`).join('<br>');
    lines.push(`| ${at + 1} | ${test} | ${bar} | ${own.length === 0 ? 'NO EVIDENCE: failed or skipped' : measured} |`);
  }
  return { lines, complete };
}
