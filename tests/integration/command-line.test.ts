import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { main } from '#main/cli/main.ts';
import { copyVault, csvFile, passphrase, temporaryFolder, writeText } from './test-vault.ts';

const folder = temporaryFolder('command-line');
const vault = join(folder, 'vault');
const recoveryFile = join(folder, 'recovery.txt');
const secret = join(folder, 'passphrase.txt');
const who = ['--user', 'ann', '--passphrase-file', secret];
const spec = join(folder, 'spec.json');
let exposures: string;

type Run = {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
  readonly json: Record<string, unknown>;
};

/** Runs one command line and keeps what it prints. */
async function tidemark(...argv: string[]): Promise<Run> {
  let out = '';
  let err = '';
  const outSpy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  const errSpy = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += String(text);
    return true;
  });
  try {
    const exit = await main(argv);
    const json = argv.includes('--json') ? (JSON.parse(out) as Record<string, unknown>) : {};
    return { exit, out, err, json };
  } finally {
    outSpy.mockRestore();
    errSpy.mockRestore();
  }
}

const errorOf = ({ json }: Run): Record<string, unknown> => json['error'] as Record<string, unknown>;

beforeAll(async () => {
  writeText(secret, `${passphrase}\r\n`);
  writeText(
    spec,
    '\ufeff{"asOf":"2026-06-30","windows":[28,90,180,365],"halfLifeDays":180,"scheme":"count-v1","rows":true}',
  );
  exposures = csvFile(folder, 'exposures.csv', 'person_ref,occurred_at,category', [
    'A,2026-02-03T10:00:00,RTC_FATAL',
    'A,2026-02-30,RTC_FATAL',
    'A,2026-02-03T10:00:00,RTC_FATAL',
  ]);
  const made = await tidemark(
    'vault',
    'create',
    vault,
    ...who,
    '--role',
    'analyst',
    '--recovery-file',
    recoveryFile,
    '--json',
  );
  expect(made).toMatchObject({ exit: 0, err: '', json: { user: 'ann', roles: ['administrator', 'analyst'] } });
});
afterEach(() => {
  vi.unstubAllEnvs();
  process.env['TIDEMARK_DEBUG'] = '';
});

describe('the command line', () => {
  it('prints help, and refuses what it does not know with exit 2', async () => {
    const help = await tidemark('--help');
    expect([help.exit, help.err]).toEqual([0, '']);
    for (const command of [
      'demo DIR',
      'vault create DIR',
      'import DIR --undo',
      'analyse DIR METHOD',
      'verify REPORT',
    ]) {
      expect(help.out).toContain(command);
    }
    for (const argv of [
      ['explode'],
      ['import', vault, '--kinds', 'x'],
      ['vault', 'explode', vault],
      ['vault', 'users', vault, 'explode', ...who],
      ['import', vault, ...who],
    ]) {
      const run = await tidemark(...argv);
      expect([run.exit, run.out], argv.join(' ')).toEqual([2, '']);
      expect(run.err).toMatch(/\(USAGE\)\n$/);
    }
    expect(errorOf(await tidemark('analyse', vault, 'no-such-method', '--spec', spec, ...who, '--json'))).toMatchObject(
      { code: 'UNKNOWN_METHOD' },
    );
    expect((await tidemark('analyse', vault, 'no-such-method', '--spec', spec, ...who)).exit).toBe(2);
  });

  it('imports, counts, takes the same file again and takes it out, as the contract words it', async () => {
    const own = copyVault(vault, join(folder, 'import'));
    const before = await tidemark('analyse', own, 'exposure-load', '--spec', spec, ...who, '--json');
    const load = ['import', own, '--kind', 'exposures', '--file', exposures, ...who, '--json'];
    const dry = await tidemark(...load, '--dry-run');
    expect(dry.json).toMatchObject({
      batch: null,
      rows: { read: 3, accepted: 1, superseded: 0, rejected: 1, duplicate: 1 },
    });
    const rejectsFile = join(folder, 'rejects.csv');
    const first = await tidemark(...load, '--rejects', rejectsFile);
    expect([first.exit, first.err]).toEqual([0, '']);
    expect(first.json).toMatchObject({
      batch: 1,
      rows: { read: 3, accepted: 1, superseded: 0, rejected: 1, duplicate: 1 },
    });
    expect(first.json['rejects']).toEqual([
      { row: 2, column: 'occurred_at', code: 'BAD_DATE', message: expect.any(String) },
    ]);
    expect(readFileSync(rejectsFile, 'utf8')).toMatch(/^row,column,code,message\r\n2,occurred_at,BAD_DATE,/);
    const again = await tidemark(...load);
    expect(again.json['rows']).toEqual({ read: 3, accepted: 0, superseded: 0, rejected: 1, duplicate: 2 });
    for (const batch of ['2', '1']) expect((await tidemark('import', own, '--undo', batch, ...who)).exit).toBe(0);
    const after = await tidemark('analyse', own, 'exposure-load', '--spec', spec, ...who, '--json');
    expect(after.out).toBe(before.out);
    expect(await tidemark('import', own, '--undo', '1', ...who)).toMatchObject({ exit: 3 });
    expect(await tidemark('import', own, '--undo', 'first', ...who)).toMatchObject({ exit: 2 });
    const proposed = await tidemark('import', own, '--file', exposures, '--propose', ...who, '--json');
    expect(proposed.json).toMatchObject({
      kind: 'exposures',
      confidence: 1,
      mapping: { columns: { category: 'category' } },
      preview: { rows: expect.any(Array) },
    });
    const mapping = writeText(join(folder, 'mapping.json'), JSON.stringify(proposed.json['mapping']));
    expect((await tidemark(...load, '--mapping', mapping)).json['rows']).toMatchObject({ accepted: 1 });
  });

  it('says what is wrong with a file, a spec, a mapping or a column with exit 3, and keeps everything', async () => {
    const bad = writeText(join(folder, 'bad.json'), '{"kind": 7');
    const wrong = writeText(join(folder, 'wrong.json'), '{"kind":"exposures","columns":{},"surprise":1}');
    const noDate = writeText(join(folder, 'no-date.json'), '{"asOf":"2026-02-30"}');
    const load = ['import', vault, '--kind', 'exposures', ...who, '--json'];
    const runs: readonly (readonly [string, readonly string[]])[] = [
      ['NO_SUCH_FILE', [...load, '--file', join(folder, 'nowhere.csv')]],
      ['BAD_INPUT', ['import', vault, '--kind', 'salaries', '--file', exposures, ...who, '--json']],
      ['BAD_SPEC', [...load, '--file', exposures, '--mapping', bad]],
      ['BAD_SPEC', [...load, '--file', exposures, '--mapping', wrong]],
      ['NO_SUCH_FILE', [...load, '--file', exposures, '--mapping', join(folder, 'nowhere.json')]],
      ['BAD_COLUMN', [...load, '--file', csvFile(folder, 'columns.csv', 'person_ref,category', ['A,RTC_FATAL'])]],
      ['BAD_SPEC', ['analyse', vault, 'exposure-load', '--spec', noDate, ...who, '--json']],
      ['BAD_SPEC', ['report', vault, '--spec', noDate, '--out', join(folder, 'report'), ...who, '--json']],
      ['BAD_FILE', ['verify', folder, '--vault', vault, ...who, '--json']],
      ['NOT_A_VAULT', ['vault', 'check', folder, ...who, '--json']],
      ['NO_SUCH_FILE', ['vault', 'check', vault, '--user', 'ann', '--passphrase-file', join(folder, 'none'), '--json']],
    ];
    for (const [code, argv] of runs) {
      const run = await tidemark(...argv);
      expect([run.exit, errorOf(run)['code']], argv.join(' ')).toEqual([3, code]);
      expect(String(errorOf(run)['hint'])).toMatch(/^Nothing was|^Choose/);
      expect(run.err).toBe('');
    }
    expect((await tidemark('vault', 'check', vault, ...who, '--json')).json).toMatchObject({ ok: true, batches: 0 });
  });

  it('refuses a wrong passphrase or role with exit 4, at once while it must wait, and damage with exit 5', async () => {
    const own = copyVault(vault, join(folder, 'refused'));
    const wrong = ['--user', 'ann', '--passphrase-file', writeText(join(folder, 'wrong.txt'), 'not the passphrase')];
    const check = ['vault', 'check', own, '--json'];
    expect(await tidemark(...check, ...who)).toMatchObject({ exit: 0 });
    const newcomer = writeText(join(folder, 'eva.txt'), 'nine swallows over the estuary');
    expect(
      await tidemark(
        'vault',
        'users',
        own,
        'add',
        'eva',
        '--role',
        'evaluator',
        '--new-passphrase-file',
        newcomer,
        ...who,
      ),
    ).toMatchObject({ exit: 0 });
    const eva = ['--user', 'eva', '--passphrase-file', newcomer];
    const forbidden = await tidemark('import', own, '--kind', 'exposures', '--file', exposures, ...eva, '--json');
    expect([forbidden.exit, errorOf(forbidden)['code']]).toEqual([4, 'FORBIDDEN']);
    expect((await tidemark('vault', 'users', own, 'list', ...who)).out).toBe(
      'ann: administrator, analyst\neva: evaluator\n',
    );
    for (let failure = 0; failure < 5; failure += 1) {
      const run = await tidemark(...check, ...wrong);
      expect([run.exit, errorOf(run)['code']]).toEqual([4, 'WRONG_PASSPHRASE']);
    }
    // Two more, so that the wait outlasts a slow machine.
    const throttle = JSON.parse(readFileSync(join(own, 'throttle.json'), 'utf8')) as Record<
      string,
      { failures: number; lastAt: number }
    >;
    throttle['ann'] = { failures: 12, lastAt: Date.now() };
    writeFileSync(join(own, 'throttle.json'), JSON.stringify(throttle));
    const started = performance.now();
    const throttled = await tidemark(...check, ...who);
    expect([throttled.exit, errorOf(throttled)['code']]).toEqual([4, 'THROTTLED']);
    expect(errorOf(throttled)['retryAfterSeconds']).toBeGreaterThan(100);
    expect(performance.now() - started).toBeLessThan(1_500);
    const bytes = readFileSync(join(own, 'vault.db'));
    bytes[2_000] = bytes[2_000]! ^ 1;
    writeFileSync(join(own, 'vault.db'), bytes);
    const damaged = await tidemark(...check, ...eva);
    expect([damaged.exit, errorOf(damaged)['code']]).toEqual([5, 'CORRUPT']);
  });

  it('takes who is calling from the environment, and never a secret from an argument', async () => {
    vi.stubEnv('TIDEMARK_USER', 'ann');
    vi.stubEnv('TIDEMARK_PASSPHRASE_FILE', secret);
    expect((await tidemark('vault', 'check', vault)).out).toMatch(
      /^The vault is sound\.\n.*\nAudit log: \d+ events, head \d+:[0-9a-f]{64}\n$/,
    );
    vi.unstubAllEnvs();
    expect(await tidemark('vault', 'check', vault)).toMatchObject({ exit: 2, out: '' });
    expect(await tidemark('vault', 'check', vault, '--passphrase', passphrase)).toMatchObject({ exit: 2 });
  });

  it('changes a passphrase, and checks against a printed head', async () => {
    const own = copyVault(vault, join(folder, 'passwd'));
    const next = writeText(join(folder, 'next.txt'), 'nine swallows over the estuary');
    expect(await tidemark('vault', 'passwd', own, '--new-passphrase-file', next, ...who)).toMatchObject({ exit: 0 });
    expect(await tidemark('vault', 'check', own, ...who)).toMatchObject({ exit: 4 });
    const anew = ['--user', 'ann', '--passphrase-file', next];
    const { json } = await tidemark('vault', 'check', own, ...anew, '--json');
    expect(await tidemark('vault', 'check', own, '--head', String(json['head']), ...anew)).toMatchObject({ exit: 0 });
    expect(await tidemark('vault', 'check', own, '--head', `999:${'0'.repeat(64)}`, ...anew)).toMatchObject({
      exit: 5,
    });
    const weak = writeText(join(folder, 'weak.txt'), 'short');
    expect(await tidemark('vault', 'passwd', own, '--new-passphrase-file', weak, ...anew)).toMatchObject({ exit: 4 });
  });

  it('makes no vault whose recovery keys it could not write', async () => {
    for (const file of [join(folder, 'no', 'such', 'folder', 'keys.txt'), recoveryFile]) {
      const target = join(folder, 'unmade');
      const run = await tidemark('vault', 'create', target, ...who, '--role', 'analyst', '--recovery-file', file);
      expect([run.exit, existsSync(target)]).toEqual([3, false]);
    }
    expect(readFileSync(recoveryFile, 'utf8')).toMatch(/^vault-key \S+\nclinic-key \S+\n$/);
    expect(
      await tidemark(
        'vault',
        'create',
        vault,
        ...who,
        '--role',
        'analyst',
        '--recovery-file',
        join(folder, 'other.txt'),
      ),
    ).toMatchObject({ exit: 3 });
    expect(existsSync(join(folder, 'other.txt'))).toBe(false);
    expect(
      await tidemark(
        'vault',
        'create',
        join(folder, 'x'),
        ...who,
        '--role',
        'chief',
        '--recovery-file',
        join(folder, 'y'),
      ),
    ).toMatchObject({ exit: 2 });
  });

  it('tries code rules, puts them in force, lists what has none and every version', async () => {
    const own = copyVault(vault, join(folder, 'codes'));
    const load = (kind: string, header: string, lines: string[]) =>
      tidemark('import', own, '--kind', kind, '--file', csvFile(folder, `${kind}.csv`, header, lines), ...who);
    await load('incidents', 'incident_ref,created_at,opened_code', [
      'I1,2026-02-03T10:00:00,SUDDEN DEATH',
      'I2,2026-02-03T10:00:00,P17',
    ]);
    await load('attendances', 'incident_ref,person_ref,arrived_at', [
      'I1,A,2026-02-03T10:10:00',
      'I2,A,2026-02-03T12:10:00',
    ]);
    const rules = writeText(
      join(folder, 'rules.json'),
      '{"rules":[{"code":"sudden*","category":"DEATH_SUDDEN_NONSUS","from":"2026-01-01"}]}',
    );
    const tried = await tidemark('codes', own, '--rules', rules, '--dry-run', ...who, '--json');
    expect(tried).toMatchObject({
      exit: 0,
      json: { version: null, after: { coverage: 0.5, exposures: 1 }, rules: { added: 1, removed: 0, kept: 0 } },
    });
    expect((await tidemark('codes', own, '--rules', rules, ...who)).exit).toBe(2);
    const saved = await tidemark('codes', own, '--rules', rules, '--reason', 'to begin with', ...who, '--json');
    expect(saved).toMatchObject({ exit: 0, json: { version: 1, reason: 'to begin with' } });
    const load1 = await tidemark('analyse', own, 'exposure-load', '--spec', spec, ...who, '--json');
    expect(load1.json).toMatchObject({
      result: { events: 1, coverage: 0.5 },
      provenance: { codeRules: { version: 1 } },
    });
    const left = await tidemark('codes', own, '--unmapped', ...who);
    expect(left.out).toContain('Coverage 50.0%: 2 attendances');
    expect(left.out).toContain('P17: 1 attendances, 1 incidents, 2026-02-03 to 2026-02-03');
    expect((await tidemark('codes', own, '--versions', ...who)).out).toMatch(/^1 .* ann .* to begin with/);
    expect((await tidemark('codes', own, ...who)).out).toContain('sudden* → DEATH_SUDDEN_NONSUS from 2026-01-01');
    const bad = writeText(join(folder, 'bad-rules.json'), '{"rules":[{"code":"*","category":"NOT_TRAUMATIC"}]}');
    const refused = await tidemark('codes', own, '--rules', bad, '--reason', 'all of them', ...who, '--json');
    expect(refused.exit).toBe(3);
    expect(errorOf(refused)['code']).toBe('BAD_SPEC');
  });

  it('builds a report, verifies it with exit 0, and with exit 5 once it was changed', async () => {
    const own = copyVault(vault, join(folder, 'report-vault'));
    const asked = writeText(
      join(folder, 'report.json'),
      '{"template":"exposure-and-wellbeing","from":"2026-01-01","to":"2026-06-30"}',
    );
    const out = join(folder, 'report-out');
    const built = await tidemark('report', own, '--spec', asked, '--out', out, ...who, '--json');
    expect((built.json['files'] as { name: string }[]).map(({ name }) => name)).toEqual([
      'exposure-and-wellbeing.pdf',
      'exposure-and-wellbeing.docx',
      'exposure-and-wellbeing.html',
      'facts.json',
      'tables.R',
      'signature.json',
      'manifest.json',
    ]);
    expect(await tidemark('verify', out, '--vault', own, ...who)).toMatchObject({ exit: 0 });
    writeFileSync(join(out, 'exposure-and-wellbeing.html'), 'changed');
    const changed = await tidemark('verify', out, '--vault', own, ...who, '--json');
    expect(changed).toMatchObject({
      exit: 5,
      json: { equal: false, differences: [{ where: 'file exposure-and-wellbeing.html' }] },
    });
  });

  it('shows no stack unless it is asked to debug', async () => {
    vi.spyOn(process, 'cwd').mockImplementation(() => {
      throw new Error('a defect');
    });
    const plain = await tidemark('vault', 'check', 'relative', ...who);
    expect(plain.exit).toBe(1);
    expect(plain.err).toMatch(/\(INTERNAL\)/);
    expect(plain.err).not.toMatch(/a defect|\.ts:/);
    const debug = await tidemark('vault', 'check', 'relative', ...who, '--debug');
    expect(debug.err).toMatch(/a defect/);
    vi.restoreAllMocks();
  });
});
