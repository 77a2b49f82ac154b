import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { csvFile, newVault, temporaryFolder } from './test-vault.ts';

const folder = temporaryFolder('instruments');

describe('instruments.held', () => {
  it('names none before anything was imported, then those of the extracts, and none again once they are undone', async () => {
    const session = await newVault(join(folder, 'vault'), ['analyst']);
    expect(await session.call('instruments.held', {})).toEqual({ instruments: [] });
    const file = csvFile(folder, 'screenings.csv', 'person_ref,instrument,scale,taken_on,score', [
      'P1,PHQ-9,total,2026-03-01,12',
      'P2,CBI,personal,2026-03-01,40',
    ]);
    const loaded = await session.call('imports.load', { file, kind: 'screenings', mapping: null });
    const { instruments } = await session.call('instruments.held', {});
    expect(instruments.map(({ instrument }) => instrument)).toEqual(['CBI', 'PHQ-9']);
    expect(instruments[1]).toMatchObject({
      higherIs: 'worse',
      mainScale: 'total',
      scales: [{ scale: 'total', min: 0, max: 27, cutOffs: [{ name: 'caseness', atLeast: 10, atMost: null }] }],
    });
    // A cut-off that nobody has confirmed is not offered.
    expect(instruments[0]?.scales.flatMap(({ cutOffs }) => cutOffs)).toEqual([]);
    await session.call('imports.undo', { batch: loaded.batch! });
    expect(await session.call('instruments.held', {})).toEqual({ instruments: [] });
    await session.engine.close();
  });
});
