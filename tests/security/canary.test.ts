import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseRecoveryKey } from '#main/crypto/recovery-key.ts';
import { type KeyPair, openSealed } from '#main/crypto/seal.ts';
import { readKeyring } from '#main/services/vault/keyring.ts';
import { unwrapFromRecovery } from '#main/services/vault/keys.ts';
import type { VaultKeys } from '#main/services/vault/open-vault.ts';
import {
  csvFile,
  dataKeyOf,
  keysOf,
  passphrase,
  temporaryFolder,
  user,
  withStore,
  writeText,
} from '../integration/test-vault.ts';
import { evidence } from './evidence.ts';

const folder = temporaryFolder('canary');
const vault = join(folder, 'vault');
const scratch = join(folder, 'tmp');
const node = resolve('node_modules/.bin/node');
const tidemark = resolve('bin/tidemark.mjs');
const passphraseFile = join(folder, 'passphrase.txt');
const recoveryFile = join(folder, 'recovery.txt');
const people = 60;

/** Texts that occur nowhere else. */
const nameOf = (person: number): string => `Zebediah Quorn${person}xq`;
const collarOf = (person: number): string => `KOLLARQ${person}Z`;
const referenceOf = (person: number): string => `PAYROLL${person}VJ`;
const canaries = ['Zebediah', 'Quorn', 'KOLLARQ', 'PAYROLL', 'Slipped Mandrake', 'Ossifrage', 'freetext-marker'];

const environment = {
  ...process.env,
  TMPDIR: scratch,
  SQLITE_TMPDIR: scratch,
  TIDEMARK_USER: user,
  TIDEMARK_PASSPHRASE_FILE: passphraseFile,
};
let printed = '';

function run(...args: string[]): void {
  printed += execFileSync(node, [tidemark, ...args], {
    env: environment,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function filesUnder(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((name) => join(root, name))
    .filter((file) => statSync(file).isFile());
}

/** Where a text is found in bytes, as UTF-8 or UTF-16, whatever its case. */
function found(bytes: Buffer): string[] {
  const plain = bytes.toString('latin1').toLowerCase();
  return canaries.filter(
    (canary) =>
      plain.includes(canary.toLowerCase()) ||
      plain.includes(Buffer.from(canary, 'utf16le').toString('latin1').toLowerCase()),
  );
}

function hits(root: string): string[] {
  return filesUnder(root).flatMap((file) => found(readFileSync(file)).map((canary) => `${canary} in ${file}`));
}

let peopleFile: string;
let exposuresFile: string;
let screeningsFile: string;

beforeAll(() => {
  mkdirSync(scratch);
  mkdirSync(join(folder, 'backups'));
  writeText(passphraseFile, `${passphrase}\n`);
  const rows = Array.from({ length: people }, (_, at) => {
    const slipped = at % 10 === 9;
    return [
      referenceOf(at),
      slipped ? 'Slipped Mandrake' : 'Response',
      slipped ? '' : 'North',
      1980,
      nameOf(at),
      collarOf(at),
      'Ossifrage',
    ].join(',');
  });
  peopleFile = csvFile(folder, 'people.csv', 'person_ref,role,unit,birth_year,name,collar,next_of_kin', rows);
  const events = Array.from({ length: people }, (_, at) =>
    at % 7 === 3
      ? `${referenceOf(at)},${nameOf(at)},RTC_FATAL,I${at},freetext-marker`
      : `${referenceOf(at)},2026-0${1 + (at % 6)}-05T10:00:00,RTC_FATAL,I${at},freetext-marker`,
  );
  exposuresFile = csvFile(folder, 'exposures.csv', 'person_ref,occurred_at,category,incident_ref,notes', events);
  const answers = Array.from({ length: people }, (_, at) => {
    const last = at % 9 === 0 ? 1 : 0;
    return `${referenceOf(at)},PHQ-9,${at % 11 === 5 ? nameOf(at) : '2026-02-03'},${'1,'.repeat(8)}${last}`;
  });
  const items = Array.from({ length: 9 }, (_, at) => `item_${at + 1}`).join(',');
  screeningsFile = csvFile(folder, 'screenings.csv', `person_ref,instrument,taken_on,${items}`, answers);
  run('vault', 'create', vault, '--role', 'analyst', '--recovery-file', recoveryFile);
  run('import', vault, '--kind', 'people', '--file', peopleFile, '--dry-run', '--rejects', join(folder, 'dry.csv'));
  run('import', vault, '--kind', 'people', '--file', peopleFile, '--rejects', join(folder, 'people-rejects.csv'));
  run('import', vault, '--kind', 'exposures', '--file', exposuresFile, '--json');
  run('import', vault, '--kind', 'screenings', '--file', screeningsFile, '--json', '--debug');
  const spec = writeText(join(folder, 'spec.json'), JSON.stringify({ asOf: '2026-06-30', rows: true }));
  run('analyse', vault, 'exposure-load', '--spec', spec, '--json', '--out', join(folder, 'out.json'));
  const report = writeText(
    join(folder, 'report.json'),
    JSON.stringify({ template: 'exposure-and-wellbeing', from: '2026-01-01', to: '2026-06-30' }),
  );
  run('report', vault, '--spec', report, '--out', join(folder, 'report'));
  run('vault', 'backup', vault, '--to', join(folder, 'backups', 'vault.backup'));
  run('vault', 'restore', join(folder, 'backups', 'vault.backup'), '--to', join(folder, 'backups', 'restored'));
});

describe('names, numbers and references that were imported', () => {
  it('are in no byte of the vault, of temporary files, of what is printed or written', () => {
    expect(filesUnder(vault).map((file) => file.slice(vault.length + 1))).toContain('vault.db');
    expect(hits(vault)).toEqual([]);
    expect(hits(scratch)).toEqual([]);
    expect(hits(join(folder, 'report'))).toEqual([]);
    expect(filesUnder(join(folder, 'backups')).length).toBeGreaterThan(3);
    expect(hits(join(folder, 'backups'))).toEqual([]);
    expect(found(Buffer.from(printed))).toEqual([]);
    for (const name of ['dry.csv', 'people-rejects.csv', 'out.json'])
      expect(found(readFileSync(join(folder, name)))).toEqual([]);
    // The search itself finds what is there.
    expect(found(readFileSync(peopleFile))).toEqual(canaries.filter((canary) => canary !== 'freetext-marker'));
    const searched = [vault, scratch, join(folder, 'report'), join(folder, 'backups')].flatMap(filesUnder).length;
    evidence(
      1,
      'names, numbers, references, free text',
      `0 of ${canaries.length} markers in ${searched} files of vault, temporary folder, report, backup and restored vault, nor in what was printed`,
    );
  });

  it('are in no value of any table for who holds the data key', async () => {
    const seen = withStore(vault, await dataKeyOf(vault), (connection) => {
      const tables = connection
        .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'")
        .pluck()
        .all();
      let values = 0;
      const bad: string[] = [];
      for (const table of tables) {
        for (const row of connection.prepare(`SELECT * FROM "${table}"`).raw().iterate() as Iterable<unknown[]>) {
          for (const value of row) {
            values += 1;
            const bytes = Buffer.isBuffer(value) ? value : Buffer.from(String(value));
            for (const canary of found(bytes)) bad.push(`${canary} in ${table}`);
          }
        }
      }
      return { values, bad };
    });
    expect(seen.bad).toEqual([]);
    expect(seen.values).toBeGreaterThan(2_000);
  });

  it('stay out of what a killed import leaves behind', async () => {
    const child = spawn(node, [tidemark, 'import', vault, '--kind', 'people', '--file', peopleFile], {
      env: environment,
      stdio: 'ignore',
    });
    const ended = new Promise((done) => child.once('exit', done));
    await new Promise((done) => setTimeout(done, 450));
    child.kill('SIGKILL');
    await ended;
    expect(hits(vault)).toEqual([]);
    expect(hits(scratch)).toEqual([]);
    evidence(
      1,
      'after an import that was killed',
      `0 markers in ${filesUnder(vault).length + filesUnder(scratch).length} files`,
    );
  });
});

describe('what is sealed', () => {
  type Sealed = { readonly context: string; readonly table: string; readonly expected: (content: unknown) => boolean };
  const sealed: readonly Sealed[] = [
    {
      table: 'sealed_identity',
      context: 'tidemark identity',
      expected: (content) => /^Zebediah Quorn\d+xq$/.test((content as { name: string }).name),
    },
    { table: 'sealed_answers', context: 'tidemark answers', expected: (content) => (content as number[]).length === 9 },
    {
      table: 'sealed_safety',
      context: 'tidemark safety answer',
      expected: (content) => /^PAYROLL\d+VJ$/.test((content as { reference: string }).reference),
    },
    {
      table: 'sealed_reject',
      context: 'tidemark rejected rows',
      expected: (content) => JSON.stringify(content).includes('PAYROLL'),
    },
  ];
  let analyst: VaultKeys;
  let clinic: KeyPair;

  beforeAll(async () => {
    analyst = await keysOf(vault);
    const line = readFileSync(recoveryFile, 'utf8')
      .split('\n')
      .find((text) => text.startsWith('clinic-key'))!;
    const secret = parseRecoveryKey('clinic-key', line)!;
    const { recovery } = readKeyring(vault).body;
    clinic = {
      publicKey: analyst.clinicPublicKey,
      privateKey: unwrapFromRecovery(secret, 'clinic-key', recovery.clinicKey)!,
    };
  });

  it.each(sealed)('opens with the clinic key and no key of an analyst: $table', ({ table, context, expected }) => {
    const boxes = withStore(vault, analyst.dataKey, (connection) =>
      connection.prepare<[], Buffer>(`SELECT box FROM ${table}`).pluck().all(),
    );
    expect(boxes.length).toBeGreaterThan(0);
    const publicKeys = [analyst.clinicPublicKey, Buffer.from(readKeyring(vault).body.users[0]!.publicKey, 'base64')];
    for (const box of boxes) {
      const opened = openSealed(clinic, box, context);
      expect(opened && expected(JSON.parse(opened.toString('utf8')))).toBe(true);
      for (const privateKey of [analyst.userPrivateKey, analyst.dataKey]) {
        for (const publicKey of publicKeys) expect(openSealed({ publicKey, privateKey }, box, context)).toBeNull();
      }
      for (const other of sealed.filter((entry) => entry.context !== context)) {
        expect(openSealed(clinic, box, other.context)).toBeNull();
      }
    }
  });

  it('holds every name, and gives an analyst no clinic pair', () => {
    expect(analyst.clinicPair).toBeNull();
    expect(readKeyring(vault).body.users[0]!.sealedClinicKey).toBeNull();
    evidence(
      10,
      'the four kinds of box that imports write',
      'none opens with any key of the analyst, all with the clinic key',
    );
    const names = withStore(vault, analyst.dataKey, (connection) =>
      connection.prepare<[], Buffer>('SELECT box FROM sealed_identity').pluck().all(),
    ).map((box) => (JSON.parse(openSealed(clinic, box, 'tidemark identity')!.toString()) as { name: string }).name);
    const kept = Array.from({ length: people }, (_, at) => at).filter((at) => at % 10 !== 9);
    expect(new Set(names)).toEqual(new Set(kept.map(nameOf)));
    // The vault's own recovery key is of the other kind, and opens nothing of the clinic's.
    const vaultLine = readFileSync(recoveryFile, 'utf8').split('\n')[0]!;
    expect(parseRecoveryKey('clinic-key', vaultLine)).toBeNull();
    const secret = parseRecoveryKey('vault-key', vaultLine)!;
    expect(unwrapFromRecovery(secret, 'clinic-key', readKeyring(vault).body.recovery.clinicKey)).toBeNull();
    expect(unwrapFromRecovery(secret, 'vault-key', readKeyring(vault).body.recovery.dataKey)).toEqual(analyst.dataKey);
  });
});
