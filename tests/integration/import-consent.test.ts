import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataKeyOf, newVault, temporaryFolder, withStore, writeText } from './test-vault.ts';

const folder = temporaryFolder('consent');

describe('an extract of families that says who agreed', () => {
  it('is taken by the mapping proposed, without the rows of whoever did not', async () => {
    const vault = join(folder, 'vault');
    const session = await newVault(vault);
    const file = writeText(
      join(folder, 'families_wave_2.csv'),
      [
        'Household ID,Respondent,Relationship,Survey Wave,Date Completed,Consent given,WEMWBS total',
        ...Array.from({ length: 12 }, (_, at) => {
          const day = String(at + 10);
          return `H${at},${at % 2 === 0 ? 'Officer' : 'Partner'},,2,${day}/02/2026,${at % 3 === 0 ? 'No' : 'Yes'},${40 + at}`;
        }),
        'H90,Partner,,2,25/02/2026,,51',
        // Neither who said no in a row that is broken, nor who may have in one that has slipped.
        'H91,"Partner"x,,2,26/02/2026,No,52',
        'H92,Partner,,2,26/02/2026,Yes,53,one too many',
      ].join('\n'),
    );
    const look = await session.call('imports.look', { file });
    expect(look.kind).toBe('families');
    expect(look.mapping?.consent).toEqual({ column: 'Consent given', yes: ['Yes'] });
    const loaded = await session.call('imports.load', { file, kind: 'families', mapping: look.mapping });
    expect(loaded.rows).toMatchObject({ read: 9, accepted: 8, rejected: 1 });
    expect(loaded.warnings.find(({ code }) => code === 'NO_CONSENT')?.count).toBe(6);
    expect(loaded.rejects).toMatchObject([{ row: 15, column: '', code: 'FIELD_COUNT' }]);
    await session.engine.close();
    const kept = withStore(vault, await dataKeyOf(vault), (connection) => ({
      rows: connection.prepare<[], number>('SELECT count(*) FROM families').pluck().get(),
      rejected: connection.prepare<[], number>('SELECT count(*) FROM sealed_reject').pluck().get(),
    }));
    expect(kept).toEqual({ rows: 8, rejected: 0 });
    expect(readFileSync(file, 'utf8')).toContain('H90');
  });
});
