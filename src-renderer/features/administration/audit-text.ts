import { formatCount } from '../../ui/format.ts';

export const auditText = {
  title: 'Audit log',
  note: 'Who did what, when, and what came of it. Entries are only ever added, each sealed by the one before it; none holds personal data.',
  number: 'Entry',
  when: 'When',
  who: 'Who',
  what: 'What was done',
  object: 'To what',
  outcome: 'Outcome',
  reason: 'Reason',
  details: 'Details',
  outcomes: { done: 'Done', refused: 'Refused', failed: 'Failed' },
  anyone: 'Anyone',
  anything: 'Anything',
  any: 'Any',
  search: 'Search codes and numbers',
  verify: 'Verify the chain',
  whole: (entries: number) => `Every link holds: ${formatCount(entries)} entries`,
  headIs: 'Its head, to compare with reports and backups:',
  broken: 'The audit log has been altered',
  brokenNote: 'Keep this folder as it is, tell your information-security lead, and restore from a backup.',
  export: 'Export the log…',
  exportTitle: 'Where to write the audit log (.csv, or .jsonl for one object a line)',
  exported: (entries: number, file: string) =>
    `Wrote ${formatCount(entries)} entries with their hashes to ${file}. Anybody can verify the chain from it.`,
  shown: (shown: number, total: number) =>
    shown === total
      ? `${formatCount(total)} entries`
      : `The newest ${formatCount(shown)} of ${formatCount(total)} entries. Narrow the list to see older ones.`,
  nothing: 'No entry matches. Clear a filter to see more.',
} as const;
