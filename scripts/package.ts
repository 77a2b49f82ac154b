import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { sha256OfFile, writeArchive } from './package/archive.ts';
import { stage } from './package/stage.ts';
import { ownTarget, type Target, targets, targetsNamed } from './package/targets.ts';
import { buildApp, isStale } from './start/built-app.ts';

const root = join(import.meta.dirname, '..');
const usage = `Use: npm run package -- [--target NAME]… [--out FOLDER]
Makes installations that need no network and no Electron, with their bills of materials and checksums.
Targets: ${targets.map(({ name }) => name).join(', ')}; this machine's own where none is named.`;

process.exitCode = await main();

async function main(): Promise<number> {
  let chosen: readonly Target[];
  let out: string;
  try {
    const { values } = parseArgs({
      options: { target: { type: 'string', multiple: true }, out: { type: 'string', default: 'dist' } },
    });
    chosen = values.target ? targetsNamed(values.target) : ownTargets();
    out = resolve(process.env.INIT_CWD ?? root, values.out);
  } catch (error) {
    say(`${error instanceof Error ? error.message : 'The arguments could not be read.'}\n${usage}`);
    return 2;
  }
  if (isStale(root)) {
    say('Building the app…');
    if (!buildApp(root)) return 1;
  }
  mkdirSync(out, { recursive: true });
  const lines: string[] = [];
  for (const target of chosen) lines.push(...(await packageFor(target, out)));
  writeFileSync(join(out, 'SHA256SUMS'), `${lines.join('\n')}\n`);
  say(`Checksums are in ${join(out, 'SHA256SUMS')}.`);
  return 0;
}

/** Writes an installation and its bill of materials; the lines of their checksums. */
async function packageFor(target: Target, out: string): Promise<readonly string[]> {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const name = `tidemark-${version}-${target.name}`;
  const work = mkdtempSync(join(tmpdir(), 'tidemark-package-'));
  try {
    const folder = join(work, name);
    mkdirSync(folder);
    say(name);
    await stage({ root, folder, target, npm: npmAsStarted(), say });
    const archive = join(out, `${name}.${target.archive}`);
    await writeArchive(folder, archive, packedAt());
    const bill = join(out, `${name}.sbom.cdx.json`);
    writeFileSync(bill, readFileSync(join(folder, 'sbom.cdx.json')));
    return await Promise.all([archive, bill].map(async (file) => `${await sha256OfFile(file)}  ${basename(file)}`));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function ownTargets(): readonly Target[] {
  const own = ownTarget(process.platform, process.arch);
  if (own === null) throw new Error('There is no target for this kind of machine; name one.');
  return [own];
}

/** The day of what is packed, not of the packing: the same version gives the same bytes. */
function packedAt(): Date {
  const given = process.env.SOURCE_DATE_EPOCH;
  const seconds = given ?? execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' }).trim();
  return new Date(Number(seconds) * 1_000);
}

/** npm as it was started, so that no other version of it, and no shell, comes in between. */
function npmAsStarted(): readonly [string, ...string[]] {
  const npm = process.env.npm_execpath;
  return npm?.endsWith('.js') ? [process.execPath, npm] : ['npm'];
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
