import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { WrittenFiles } from '#main/engine/written-files.ts';
import { sha256Hex } from '#main/report/manifest.ts';
import { ok } from '#shared/domain/result.ts';

const folder = mkdtempSync(join(tmpdir(), 'tidemark-written-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const opened: string[] = [];
let canOpen = true;
let written: WrittenFiles;

function write(name: string, text: string): { readonly name: string; readonly sha256: string; readonly bytes: number } {
  writeFileSync(join(folder, name), text);
  return { name, sha256: sha256Hex(text), bytes: text.length };
}

beforeEach(() => {
  opened.length = 0;
  canOpen = true;
  written = new WrittenFiles(async (path, how) => {
    opened.push(`${how} ${path}`);
    return canOpen;
  });
  const files = [write('report.pdf', 'a report'), write('tables.R', 'print(1)')];
  written.note('reports.build', ok({ folder, files }));
});

const code = (result: Awaited<ReturnType<WrittenFiles['open']>>) => (result.ok ? null : result.error.code);

describe('what a host opens', () => {
  it('is a file that a report was written to, or the folder it is in', async () => {
    expect(code(await written.open({ folder, name: 'report.pdf', how: 'open' }))).toBeNull();
    expect(code(await written.open({ folder, name: 'tables.R', how: 'folder' }))).toBeNull();
    expect(opened).toEqual([`open ${join(folder, 'report.pdf')}`, `folder ${join(folder, 'tables.R')}`]);
  });

  it.each([
    ['another file of the folder', { name: 'other.pdf' }],
    ['a script', { name: 'tables.R' }],
    ['a way out of the folder', { name: '../report.pdf' }],
    ['another folder', { folder: '/etc', name: 'report.pdf' }],
    ['another way of opening', { name: 'report.pdf', how: 'run' }],
    ['anything more', { name: 'report.pdf', with: 'sh' }],
    ['nothing at all', { name: '' }],
  ])('is never %s', async (_, asked) => {
    write('other.pdf', 'not ours');
    expect(code(await written.open({ folder, how: 'open', ...asked }))).toBe('FORBIDDEN');
    expect(code(await written.open(null))).toBe('FORBIDDEN');
    expect(opened).toEqual([]);
  });

  it('is never what took the place of a file, changed, gone, or a link to something else', async () => {
    const asked = { folder, name: 'report.pdf', how: 'open' };
    writeFileSync(join(folder, 'report.pdf'), 'another report');
    expect(code(await written.open(asked))).toBe('BAD_FILE');
    rmSync(join(folder, 'report.pdf'));
    expect(code(await written.open(asked))).toBe('BAD_FILE');
    writeFileSync(join(folder, 'same.pdf'), 'a report');
    symlinkSync(join(folder, 'same.pdf'), join(folder, 'report.pdf'));
    expect(code(await written.open(asked))).toBe('BAD_FILE');
    rmSync(join(folder, 'report.pdf'));
    expect(opened).toEqual([]);
  });

  it('is nothing any more once the vault is locked, and nothing that another call answered', async () => {
    written.forget();
    const asked = { folder, name: 'report.pdf', how: 'folder' };
    expect(code(await written.open(asked))).toBe('FORBIDDEN');
    written.note('rights.export', ok({ folder, files: [write('report.pdf', 'a report')] }));
    expect(code(await written.open(asked))).toBe('FORBIDDEN');
  });

  it('says where the file is when the machine has no program for it', async () => {
    canOpen = false;
    const failed = await written.open({ folder, name: 'report.pdf', how: 'open' });
    expect(failed).toMatchObject({ ok: false, error: { hint: expect.stringContaining(join(folder, 'report.pdf')) } });
  });
});
