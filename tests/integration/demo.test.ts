import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { main } from '#main/cli/main.ts';
import type { OutputOf } from '#shared/contract/index.ts';
import type { EngagementResult } from '#shared/domain/engagement-result.ts';
import { temporaryFolder } from './test-vault.ts';

const folder = join(temporaryFolder('demo'), 'demo');
type Compared = { readonly effect: string; readonly recovered: string; readonly note: string };
let effects: readonly Compared[];

async function printedBy(words: string[]): Promise<string> {
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect(await main(words)).toBe(0);
  const printed = String(written.mock.calls.at(-1)?.[0]);
  written.mockRestore();
  said.mockRestore();
  return printed;
}

beforeAll(async () => {
  const answer = JSON.parse(await printedBy(['demo', folder, '--json']));
  effects = (answer as { comparedWithTruth: readonly Compared[] }).comparedWithTruth;
}, 180_000);

describe('the demo', () => {
  it('finds every effect that is planted in its force', () => {
    expect(effects.map(({ effect, recovered }) => ({ effect, recovered }))).toEqual(
      effects.map(({ effect }) => ({ effect, recovered: 'yes' })),
    );
    expect(effects.length).toBe(34);
  });

  it('has the run rules fire on the unit that moved, and stay silent on its twin', () => {
    const note = (word: string) => effects.find(({ effect }) => effect.startsWith(word))?.note;
    expect(note('Step in')).toMatch(/: .*(outside|shift)/);
    expect(note('No step in')).toMatch(/: none$/);
  });

  it('has a plan that nobody signed off, broken where it was planted, and a survey that one role answers too seldom', async () => {
    const held = async (...words: string[]) => {
      const passphrase = join(folder, 'passphrase.txt');
      const asked = ['plan', join(folder, 'vault'), ...words, '--user', 'demo', '--passphrase-file', passphrase];
      return JSON.parse(await printedBy([...asked, '--json']));
    };
    const { turns } = (await held('loop')) as OutputOf<'plan.loop'>;
    expect(turns.filter(({ status }) => status === 'proposed').length).toBe(5);
    const broken = (code: string) => turns.find(({ action }) => action === code)?.breaks;
    expect([broken('A1'), broken('A3'), broken('A4')]).toEqual([
      [],
      expect.arrayContaining(['overdue']),
      expect.arrayContaining(['blocked']),
    ]);
    const { result } = (await held('engagement', 'E1')) as OutputOf<'analyses.run'>;
    const { groups } = (result as unknown as EngagementResult).reach[0]!;
    const response = groups.find(({ group }) => group === 'Response');
    expect(Math.abs(response!.ratio!.estimate - 0.6)).toBeLessThan(0.05);
    expect(response!.ratio!.high).toBeLessThan(1);
    const others = groups.filter(({ group, ratio }) => group !== 'Response' && ratio !== null);
    expect(others.filter(({ ratio }) => ratio!.high < 1)).toEqual([]);
  });

  it('leaves the comparison beside the report', () => {
    const held = JSON.parse(readFileSync(join(folder, 'compared-with-truth.json'), 'utf8'));
    expect(held.effects).toEqual(effects);
    const text = readFileSync(join(folder, 'compared-with-truth.txt'), 'utf8');
    for (const { effect } of effects) expect(text).toContain(effect);
  });
});
