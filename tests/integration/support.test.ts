import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { dayOfIso, isoOfDay } from '#shared/domain/dates.ts';
import { csvFile, newVault, type Session, temporaryFolder } from './test-vault.ts';

const folder = temporaryFolder('support');
const vault = join(folder, 'vault');
const first = dayOfIso('2024-01-01')!;
let session: Session;

const analyse = (spec: Record<string, unknown>) => session.call('analyses.run', { method: 'support-uptake', spec });

beforeAll(async () => {
  session = await newVault(vault, ['analyst']);
  const people = Array.from({ length: 240 }, (_, at) => ({
    ref: `P${at}`,
    role: at < 100 ? 'Response' : at < 235 ? 'CID' : 'Divers',
  }));
  const steps = people.flatMap(({ ref, role }, at) => {
    const day = first + (at % 120);
    const takes = role === 'Response' ? at % 4 === 0 : at % 4 !== 0;
    return [
      `${ref},TRiM,offered,${isoOfDay(day)}T10:00,E${at}`,
      ...(takes ? [`${ref},TRiM,contacted,${isoOfDay(day + 3 + (at % 9))}T10:00,E${at}`] : []),
    ];
  });
  const files = {
    people: csvFile(
      folder,
      'people.csv',
      'person_ref,role,unit,sex',
      people.map(({ ref, role }) => `${ref},${role},North,F`),
    ),
    support: csvFile(folder, 'support.csv', 'person_ref,service,step,at,episode_ref', [
      ...steps,
      'STRANGER,TRiM,offered,2024-01-02T10:00,E999',
      'P0,TRiM,missed,2024-12-31T10:00,E0',
    ]),
  };
  for (const [kind, file] of Object.entries(files)) await session.call('imports.load', { kind, file, mapping: null });
});

describe('support-uptake on a vault', () => {
  it('finds the group that is missed, withholds the small one with another, and fills in the last day known', async () => {
    const answer = await analyse({ from: '2024-01-01', to: '2024-06-30', by: ['role'] });
    expect(answer.asOf).toBe('2024-12-31');
    expect(answer.spec['until']).toBe('2024-12-31');
    const [service] = answer.result['services'] as [
      { readonly people: number; readonly groups: readonly { readonly groups: readonly Record<string, unknown>[] }[] },
    ];
    expect(service.people).toBe(240);
    const shown = service.groups[0]!.groups.map(({ group, people, reason }) => [group, people, reason]);
    expect(shown).toContainEqual(['Divers', null, 'few']);
    expect(shown.filter(([, people]) => people === null).length).toBeGreaterThan(1);
    expect(answer.warnings.join(' ')).toContain('share of the eligible');
    expect(answer.warnings.join(' ')).not.toContain('not in the people extract');
  });

  it('says in words how much less often a group took up an offer', async () => {
    const answer = await analyse({ from: '2024-01-01', to: '2024-06-30', by: ['role'], reference: { role: 'CID' } });
    expect(answer.reading.join(' ')).toMatch(/half had been contacted by day \d+/);
    const again = await analyse({ from: '2024-01-01', to: '2024-06-30', by: ['role'], reference: { role: 'CID' } });
    expect(again).toEqual(answer);
    expect(answer.r).toContain('read.csv("started.csv"');
  });

  it('refuses a spec that it does not know', async () => {
    const error = await session.refused('analyses.run', {
      method: 'support-uptake',
      spec: { from: '2024-01-01', to: 'soon' },
    });
    expect(error).toMatchObject({ code: 'BAD_SPEC' });
    expect(error.message).toContain('to');
  });
});
