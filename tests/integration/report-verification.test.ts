import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ReportSpec } from '#shared/contract/report-spec.ts';
import { csvFile, newVault, type Session, temporaryFolder } from './test-vault.ts';

const folder = temporaryFolder('report-verification');
const vault = join(folder, 'vault');
const report = join(folder, 'report');
const spec: ReportSpec = { template: 'exposure-and-wellbeing', from: '2026-01-01', to: '2026-03-31' };
let session: Session;

async function fill(of: Session, name: string, category: string): Promise<void> {
  const people = Array.from({ length: 40 }, (_, at) => `P${at},Constable,${at % 2 === 0 ? 'A' : 'B'}`);
  const events = Array.from(
    { length: 120 },
    (_, at) => `P${at % 40},2026-0${1 + (at % 3)}-1${at % 10}T10:00,${category}`,
  );
  const files = [
    { kind: 'people', file: csvFile(folder, `${name}-people.csv`, 'person_ref,role,unit', people) },
    { kind: 'exposures', file: csvFile(folder, `${name}-exposures.csv`, 'person_ref,occurred_at,category', events) },
  ] as const;
  for (const each of files) await of.call('imports.load', { ...each, mapping: null });
}

beforeAll(async () => {
  session = await newVault(vault);
  await fill(session, 'north', 'RTC_FATAL');
  // The libraries of documents are loaded by the first report, wherever it is written.
  await session.call('reports.build', { spec, folder: report });
});

/** Calls `then` with the call that writes a report, once it does. */
function onceItWrites(of: Session, then: (callId: string) => void): void {
  const stop = of.engine.subscribe((event) => {
    if (event.type !== 'progress' || !event.progress.stage.startsWith('Writing the PDF')) return;
    stop();
    then(event.callId);
  });
}

describe('writing a report', () => {
  it('leaves the engine free to answer others', async () => {
    let isBuilt = false;
    let answered = 0;
    const asking = new Promise<void>((resolve) => {
      onceItWrites(session, async () => {
        while (!isBuilt) {
          await session.call('reports.list', {});
          if (!isBuilt) answered += 1;
          await setTimeout(2);
        }
        resolve();
      });
    });
    await session.call('reports.build', { spec, folder: join(folder, 'meanwhile') });
    isBuilt = true;
    await asking;
    expect(answered).toBeGreaterThan(30);
  });

  it('stops when it is cancelled, and nothing is written', async () => {
    const never = join(folder, 'never');
    onceItWrites(session, (callId) => session.engine.cancel(callId));
    expect((await session.refused('reports.build', { spec, folder: never })).code).toBe('CANCELLED');
    expect(existsSync(never)).toBe(false);
    expect((await session.call('reports.list', {})).reports).toHaveLength(2);
  });
});
