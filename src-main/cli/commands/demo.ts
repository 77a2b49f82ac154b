import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayOfIso, isoOfDay } from '#shared/domain/dates.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { type Arguments, pathOf, word } from '../arguments.ts';
import { type Caller, withEngine } from '../engine-session.ts';
import { type Answer, say } from '../output.ts';
import { forceOptions } from './synth.ts';

const user = 'demo';

type Made = {
  readonly rows: Readonly<Record<string, number>>;
  readonly files: readonly string[];
  readonly reading: readonly string[];
};

function emptyFolder(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new ExpectedError(
      'BAD_INPUT',
      'The demo needs a folder that is new or empty.',
      'Nothing was written. Name another folder, or delete this one if it holds an earlier demo.',
    );
  }
  mkdirSync(folder, { recursive: true });
}

/** A passphrase for synthetic data only, kept beside the vault it opens: convenient, and said to be so. */
function writeDemoPassphrase(folder: string): string {
  const passphrase = `synthetic demo ${randomBytes(9).toString('hex')}`;
  writeFileSync(join(folder, 'passphrase.txt'), `${passphrase}\n`, { mode: 0o600 });
  return passphrase;
}

async function fill(caller: Caller, folder: string, args: Arguments): Promise<Made> {
  const { call } = caller;
  say('Writing the extracts of a synthetic force …');
  const force = await call('synthetic.write', { folder: join(folder, 'extracts'), ...forceOptions(args) });
  const vault = join(folder, 'vault');
  const passphrase = writeDemoPassphrase(folder);
  say('Creating an encrypted vault …');
  const { recovery } = await call('vault.create', {
    folder: vault,
    user,
    // Both, so that one person can look at every place of a force that does not exist.
    roles: ['analyst', 'clinician'],
    passphrase,
    synthetic: true,
  });
  await call('vault.saveRecovery', {
    file: join(folder, 'recovery-keys.txt'),
    text: `${recovery.vaultKey}\n${recovery.clinicKey}`,
  });
  const rows: Record<string, number> = {};
  for (const file of force.files) {
    say(`Importing ${file.kind} …`);
    const loaded = await call('imports.load', { file: file.path, kind: file.kind, mapping: null });
    rows[file.kind] = loaded.rows.accepted;
  }
  say('Running the analyses and building the report …');
  const load = await call('analyses.run', { method: 'exposure-load', spec: { asOf: force.endDate } });
  const last = dayOfIso(force.endDate) ?? 0;
  const from = isoOfDay(last - 364);
  const built = await call('reports.build', {
    spec: { template: 'exposure-and-wellbeing', from, to: force.endDate },
    folder: join(folder, 'report'),
  });
  return { rows, files: built.files.map((file) => join('report', file.name)), reading: load.reading };
}

/** A whole force that does not exist, from extracts to a signed-off-looking report, in a minute or less. */
export async function demo(args: Arguments): Promise<Answer> {
  const asked = word(args, 0, 'a folder for the demo');
  const folder = pathOf(asked);
  emptyFolder(folder);
  const made = await withEngine((caller) => fill(caller, folder, args));
  const counts = Object.entries(made.rows).map(([kind, count]) => `${count.toLocaleString('en-GB')} ${kind}`);
  return {
    json: {
      folder,
      vault: join(folder, 'vault'),
      user,
      passphraseFile: join(folder, 'passphrase.txt'),
      rows: made.rows,
      files: made.files.map((file) => join(folder, file)),
    },
    text: [
      ...made.reading,
      '',
      `Made in ${folder} (synthetic: nobody in it is real):`,
      `  vault/     ${counts.join(', ')}, encrypted`,
      ...made.files.map((file) => `  ${file}`),
      '  extracts/  what was imported, and truth.json with the effects planted in it',
      `Open the vault on screen:  npm start -- --vault ${asked}/vault`,
      `Its user is “${user}”; the passphrase is in ${asked}/passphrase.txt.`,
    ],
  };
}
