import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { main } from '#main/cli/main.ts';
import type { OutputOf } from '#shared/contract/index.ts';
import type { ReportSpec } from '#shared/contract/report-spec.ts';
import {
  copyVault,
  csvFile,
  newVault,
  passphrase,
  type Session,
  temporaryFolder,
  unlocked,
  user,
  writeText,
} from './test-vault.ts';

const folder = temporaryFolder('report-verification');
const vault = join(folder, 'vault');
const report = join(folder, 'report');
const spec: ReportSpec = { template: 'exposure-and-wellbeing', from: '2026-01-01', to: '2026-03-31' };
let session: Session;
let built: OutputOf<'reports.build'>;

async function fill(of: Session, name: string, category: string): Promise<void> {
  const people = Array.from({ length: 40 }, (_, at) => `P${at},Constable,${name} ${at % 2 === 0 ? 'A' : 'B'}`);
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
  built = await session.call('reports.build', { spec, folder: report });
  await session.call('reports.build', { spec, folder: small, formats: ['html'] });
});

/** The same report as HTML alone, to be changed. */
const small = join(folder, 'small');
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
    expect((await session.call('reports.list', {})).reports).toHaveLength(3);
  });
});

let copies = 0;

/** A copy of a report in which each of these files was changed by one bit in the middle. */
function copyOf(of: string, ...changed: readonly string[]): string {
  copies += 1;
  const copy = join(folder, `copy ${copies}`);
  cpSync(of, copy, { recursive: true });
  for (const name of changed) {
    const bytes = readFileSync(join(copy, name));
    bytes[bytes.length >> 1] = bytes[bytes.length >> 1]! ^ 1;
    writeFileSync(join(copy, name), bytes);
  }
  return copy;
}

const wheres = ({ differences }: OutputOf<'reports.verify'>): string[] => differences.map(({ where }) => where);

describe('the signature of a report', () => {
  it('is by the key of the vault, which the manifest names, and holds wherever the folder lies', async () => {
    const { fingerprint } = await session.call('releases.key', {});
    expect(built.signedBy).toBe(fingerprint);
    expect(built.files.map(({ name }) => name).slice(-2)).toEqual(['signature.json', 'manifest.json']);
    expect(readFileSync(join(report, 'manifest.json'), 'utf8')).toContain(`"signedBy":"${fingerprint}"`);
    const events = await session.call('audit.list', { offset: 0, limit: 20 });
    expect(JSON.stringify(events)).toContain(fingerprint);
    expect(await session.call('reports.verify', { folder: copyOf(report) })).toMatchObject({
      equal: true,
      signature: { state: 'valid', fingerprint, says: `Signed by this vault’s key, ${fingerprint}.` },
    });
  });

  it('holds in a restored backup, and after the keys of the vault have changed', async () => {
    const backup = join(folder, 'vault.backup');
    await session.call('vault.backup', { file: backup });
    const where = join(folder, 'restored');
    const restored = await unlocked(copyVault(vault, join(folder, 'rekeyed')));
    await restored.call('vault.rekey', {});
    expect(await restored.call('reports.verify', { folder: small })).toMatchObject({
      equal: true,
      signature: { state: 'valid', fingerprint: built.signedBy },
    });
    await restored.call('vault.restore', { file: backup, folder: where, user, passphrase, recoveryKey: null });
    await restored.engine.close();
    const back = await unlocked(where);
    expect(await back.call('reports.verify', { folder: small })).toMatchObject({
      equal: true,
      signature: { state: 'valid', fingerprint: built.signedBy },
    });
    await back.engine.close();
  });

  it('leaves no file to be changed unseen', async () => {
    const files = built.files.map(({ name }) => name).filter((name) => !/^(manifest|signature)/.test(name));
    expect(files).toHaveLength(5);
    const changed = await session.call('reports.verify', { folder: copyOf(report, ...files) });
    expect(wheres(changed)).toEqual(expect.arrayContaining(files.map((name) => `file ${name}`)));
    expect(changed).toMatchObject({ equal: false, signature: { state: 'valid' } });
    const signature = await session.call('reports.verify', { folder: copyOf(small, 'signature.json') });
    expect(signature.signature.state).toBe('changed');
    expect(wheres(signature)).toEqual(['signature.json']);
    const without = copyOf(small);
    rmSync(join(without, 'signature.json'));
    expect(await session.call('reports.verify', { folder: without })).toMatchObject({
      equal: false,
      signature: { state: 'missing' },
    });
  });

  it('tells that who built it, and when, was changed, which running it again cannot', async () => {
    const forged = copyOf(small);
    const manifest = readFileSync(join(forged, 'manifest.json'), 'utf8');
    const other = manifest
      .replace(`"builtBy":"${user}"`, '"builtBy":"somebody"')
      .replace(/"builtAt":"\d/, '"builtAt":"1');
    writeFileSync(join(forged, 'manifest.json'), other);
    const verdict = await session.call('reports.verify', { folder: forged });
    expect(verdict).toMatchObject({ equal: false, signature: { state: 'changed' } });
    expect(verdict.differences).toEqual([
      { where: 'manifest.json', what: 'The manifest was changed after it was signed.' },
    ]);
    writeFileSync(join(forged, 'manifest.json'), manifest.slice(0, -20));
    expect((await session.refused('reports.verify', { folder: forged })).code).toBe('CORRUPT');
    // As a report looked before there were signatures.
    writeFileSync(join(forged, 'manifest.json'), other.replace(/,"signedBy":"[^"]+"/, ''));
    rmSync(join(forged, 'signature.json'));
    expect(await session.call('reports.verify', { folder: forged })).toMatchObject({
      equal: true,
      signature: { state: 'none', fingerprint: null },
    });
  });
});

describe('a vault that the report was not made from', () => {
  afterEach(() => vi.restoreAllMocks());

  it('says so, and whose key it is, with exit code 5; the key can be asked for by name', async () => {
    const southFolder = join(folder, 'south');
    const south = await newVault(southFolder);
    await fill(south, 'south', 'HOMICIDE_SCENE');
    await south.engine.close();
    let out = '';
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      out += String(text);
      return true;
    });
    vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
    const secret = writeText(join(folder, 'passphrase.txt'), passphrase);
    const who = ['--vault', southFolder, '--user', user, '--passphrase-file', secret];
    expect(await main(['verify', small, ...who])).toBe(5);
    expect(out).toContain(
      'vault: This is not the vault that the report was made from: it holds none of its batches (2',
    );
    expect(out).toContain(`signature.json: Signed by another vault’s key, ${built.signedBy}.`);
    expect(out).toContain('when run again');
    out = '';
    expect(await main(['verify', small, ...who, '--key', built.signedBy!, '--json'])).toBe(5);
    expect(JSON.parse(out)).toMatchObject({ equal: false, signature: { state: 'valid', fingerprint: built.signedBy } });
    expect(await main(['verify', small, ...who, '--key', 'no-key'])).toBe(2);
  });
});
