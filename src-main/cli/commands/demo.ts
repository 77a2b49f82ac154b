import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addedSections, type ReportSpec } from '#shared/contract/report-spec.ts';
import { dayOfIso, isoOfDay } from '#shared/domain/dates.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { type Arguments, pathOf, word } from '../arguments.ts';
import { type Caller, withEngine } from '../engine-session.ts';
import { type Answer, say } from '../output.ts';
import { runAnalyses } from './demo-analyses.ts';
import { type ComparedEffect, compareWithTruth, comparisonText, readTruth } from './demo-comparison.ts';
import { reviewEvidence } from './demo-evidence.ts';
import { lockPlan } from './demo-pilots.ts';
import { makePlan } from './demo-plan.ts';
import { forceOptions } from './synth.ts';

const user = 'demo';

type Made = {
  readonly rows: Readonly<Record<string, number>>;
  readonly files: readonly string[];
  readonly reading: readonly string[];
  readonly compared: readonly ComparedEffect[];
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
    // All three, so that one person can look at every place of a force that does not exist.
    roles: ['analyst', 'clinician', 'evaluator'],
    passphrase,
    synthetic: true,
  });
  await call('vault.saveRecovery', {
    file: join(folder, 'recovery-keys.txt'),
    text: `${recovery.vaultKey}\n${recovery.clinicKey}`,
  });
  say('Locking the plans of its pilots …');
  // Before any outcome is in the vault, as it should be.
  for (const { path } of force.plans) await lockPlan(caller, path);
  const rows: Record<string, number> = {};
  for (const file of force.files) {
    say(`Importing ${file.kind} …`);
    const loaded = await call('imports.load', { file: file.path, kind: file.kind, mapping: null });
    rows[file.kind] = loaded.rows.accepted;
  }
  const truth = readTruth(force.truth);
  const stepFrom = truth.planted.exposureStep.from;
  const { change } = truth.planted.supportUptake;
  const offerChange = change === null ? null : { on: change.on, service: change.service };
  const pilots = force.plans.map(({ pilot }) => pilot);
  const results = await runAnalyses(caller, { ...truth.period, stepFrom, offerChange }, pilots);
  const compared = compareWithTruth(results, truth);
  writeComparison(folder, compared);
  say('Putting evidence together …');
  const evidence = await reviewEvidence(caller);
  say('Drawing up its plan …');
  const plan = await makePlan(caller, { endDate: force.endDate, absence: results.absence, pilot: pilots[0] ?? null });
  const files = await buildReports(caller, folder, force.endDate, {
    families: (rows['families'] ?? 0) > 0,
    pilot: pilots[0] ?? null,
  });
  return { rows, files, reading: [...results.reading, ...evidence, ...plan], compared };
}

/** The report of the last year with every section, the evaluation of a pilot, and the sheet for families, where there are any. */
async function buildReports(
  { call }: Caller,
  folder: string,
  endDate: string,
  { families, pilot }: { readonly families: boolean; readonly pilot: string | null },
): Promise<readonly string[]> {
  const build = async (name: string, spec: ReportSpec): Promise<readonly string[]> => {
    const built = await call('reports.build', { spec, folder: join(folder, name) });
    return built.files.map((file) => join(name, file.name));
  };
  say('Building the report …');
  const from = isoOfDay((dayOfIso(endDate) ?? 0) - 364);
  const sections = [...addedSections];
  const files = [...(await build('report', { template: 'exposure-and-wellbeing', from, to: endDate, sections }))];
  if (pilot !== null) {
    say('Building the evaluation of a pilot …');
    files.push(...(await build('pilot-evaluation', { template: 'pilot-evaluation', pilot })));
  }
  if (!families) return files;
  say('Building the sheet for families …');
  return [...files, ...(await build('family-summary', { template: 'family-summary' }))];
}

const comparison = 'compared-with-truth';

function writeComparison(folder: string, compared: readonly ComparedEffect[]): void {
  const note =
    'Synthetic: nobody in it is real. One interval of twenty misses what was planted even where all is well.';
  writeFileSync(join(folder, `${comparison}.json`), `${JSON.stringify({ note, effects: compared }, null, 2)}\n`);
  writeFileSync(join(folder, `${comparison}.txt`), `${[...comparisonText(compared), '', note].join('\n')}\n`);
}

/** From a checkout it runs as it is written, once installed as it was built. */
const isInstalled = !import.meta.url.endsWith('.ts');

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
      comparedWithTruth: made.compared,
    },
    text: [
      ...made.reading,
      '',
      ...comparisonText(made.compared),
      '',
      `Made in ${folder} (synthetic: nobody in it is real):`,
      `  vault/     ${counts.join(', ')}, encrypted`,
      ...made.files.map((file) => `  ${file}`),
      `  ${comparison}.json, .txt  what was planted and what the analyses found of it`,
      '  extracts/  what was imported, and truth.json with the effects planted in it',
      `Open the vault on screen:  ${isInstalled ? 'open-tidemark' : 'npm start --'} --vault ${asked}/vault`,
      `Its user is “${user}”; the passphrase is in ${asked}/passphrase.txt.`,
    ],
  };
}
