import { expect, it } from 'vitest';
import type { OverviewTask } from '#shared/contract/work.ts';
import { taskWords } from '../../src-renderer/features/overview/task-words.ts';

const said = (task: OverviewTask['task'], more: Partial<OverviewTask> = {}) =>
  taskWords({ task, count: 1, names: [], since: null, ...more }).sentence;

it('puts every task into a plain sentence, for one and for several', () => {
  expect(said('approvals')).toBe('1 request waits for you to agree or decline.');
  expect(said('schemes', { count: 2, names: ['force-1', 'force-2'] })).toBe(
    '2 weighting schemes wait for your agreement: force-1 and force-2.',
  );
  expect(said('models', { count: 2 })).toMatch(/^2 early-warning models wait for a clinician/);
  expect(said('backup')).toMatch(/^No backup of this vault has been made/);
  expect(said('backup', { since: '2026-03-31T08:00:00.000Z' })).toMatch(/last one was made on 31 Mar 2026\.$/);
  expect(said('backup-failed', { since: '2026-03-31T08:00:00.000Z' })).toMatch(/^The backup of 31 Mar 2026 failed\./);
  expect(said('retention', { count: 3, names: ['Exposures', 'Duties', 'Peer contacts'] })).toMatch(
    /^Exposures, duties and peer contacts: rows older/,
  );
  expect(said('targets', { names: ['Sickness absence'], since: '2026-03-31' })).toBe(
    '1 target is due for review since 31 Mar 2026: Sickness absence.',
  );
  expect(said('data', { names: ['Peer contacts'], since: '2026-03-31' })).toBe(
    'Peer contacts end on 31 Mar 2026. Import a newer file.',
  );
  expect(said('data', { count: 2, names: ['Exposures', 'Absences'], since: '2026-03-31' })).toMatch(
    /^Exposures and absences are more than six weeks behind, the oldest since 31 Mar 2026\./,
  );
  expect(said('codes', { count: 5 })).toBe('5 codes have no rule, so their rows are not counted.');
});
