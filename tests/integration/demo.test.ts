import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { main } from '#main/cli/main.ts';
import { temporaryFolder } from './test-vault.ts';

const folder = join(temporaryFolder('demo'), 'demo');
type Compared = { readonly effect: string; readonly recovered: string; readonly note: string };
let effects: readonly Compared[];

beforeAll(async () => {
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect(await main(['demo', folder, '--json'])).toBe(0);
  const answer = JSON.parse(String(written.mock.calls.at(-1)?.[0])) as { comparedWithTruth: readonly Compared[] };
  effects = answer.comparedWithTruth;
  written.mockRestore();
  said.mockRestore();
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

  it('leaves the comparison beside the report', () => {
    const held = JSON.parse(readFileSync(join(folder, 'compared-with-truth.json'), 'utf8'));
    expect(held.effects).toEqual(effects);
    const text = readFileSync(join(folder, 'compared-with-truth.txt'), 'utf8');
    for (const { effect } of effects) expect(text).toContain(effect);
  });
});
