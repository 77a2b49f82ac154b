import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { extract } from 'tar';
import { billOfMaterials } from './bill-of-materials.ts';
import { launchersOf } from './launchers.ts';
import { runtimeVersion, type Target } from './targets.ts';

type Staging = {
  /** Of the checkout, with what `npm run build` made. */
  readonly root: string;
  /** An empty folder, which becomes the installation. */
  readonly folder: string;
  readonly target: Target;
  /** `npm` as this was started by it: the program and what comes before its own arguments. */
  readonly npm: readonly [program: string, ...before: string[]];
  readonly say: (line: string) => void;
};

/** What of the checkout is part of an installation, beside its packages. */
const parts = ['out/main', 'out/renderer', 'resources', 'docs', 'package.json', 'package-lock.json'] as const;

/** Puts everything that an installation needs into one folder: nothing of it is fetched, built or looked up later. */
export async function stage(staging: Staging): Promise<void> {
  const { root, folder, target } = staging;
  const app = join(folder, 'app');
  for (const part of parts) cpSync(join(root, part), join(app, part), { recursive: true });
  cpSync(join(import.meta.dirname, 'installed'), join(app, 'bin'), { recursive: true });
  cpSync(join(root, 'docs', 'installing.md'), join(folder, 'INSTALLING.md'));
  staging.say('  packages');
  installPackages(staging, app);
  staging.say('  runtime');
  await addRuntime(staging);
  for (const { name, text } of launchersOf(target)) {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
  }
}

function installPackages({ root, folder, target, npm }: Staging, app: string): void {
  const of = [`--os=${target.os}`, `--cpu=${target.cpu}`, ...(target.libc === null ? [] : [`--libc=${target.libc}`])];
  const [program, ...before] = npm;
  const quiet = ['--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  execFileSync(program, [...before, 'ci', ...quiet, ...of], { cwd: app, stdio: ['ignore', 'ignore', 'inherit'] });
  keepOnlyItsOwn(app);
  const listed = execFileSync(program, [...before, 'sbom', '--omit=dev', '--sbom-format=cyclonedx'], {
    cwd: app,
    encoding: 'utf8',
    maxBuffer: 64 * 1_024 * 1_024,
  });
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const runtime = { ...target.runtime, version: runtimeVersion };
  writeFileSync(join(folder, 'sbom.cdx.json'), billOfMaterials(listed, `tidemark-${version}-${target.name}`, runtime));
}

/** An installation is not built or tested again: what that takes is no part of it, nor of its bill of materials. */
function keepOnlyItsOwn(app: string): void {
  const file = join(app, 'package.json');
  const {
    devDependencies: _tools,
    scripts: _commands,
    ...own
  } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  writeFileSync(file, `${JSON.stringify(own, null, 2)}\n`);
  rmSync(join(app, 'package-lock.json'));
}

/** @throws Error where the runtime is not the one whose hash is written down */
async function addRuntime({ folder, target, npm }: Staging): Promise<void> {
  const fetched = mkdtempSync(join(tmpdir(), 'tidemark-runtime-'));
  try {
    const [program, ...before] = npm;
    execFileSync(program, [...before, 'pack', `${target.runtime.package}@${runtimeVersion}`, '--loglevel=error'], {
      cwd: fetched,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const [name = ''] = readdirSync(fetched);
    const file = join(fetched, name);
    const found = `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`;
    if (found !== target.runtime.integrity) {
      throw new Error(`The runtime ${target.runtime.package} is not the one that is written down: ${found}.`);
    }
    await extract({ file, cwd: fetched, strip: 1 });
    const runtime = join(folder, 'runtime');
    mkdirSync(runtime);
    const placed = join(runtime, basename(target.runtime.program));
    cpSync(join(fetched, target.runtime.program), placed);
    chmodSync(placed, 0o755);
  } finally {
    rmSync(fetched, { recursive: true, force: true });
  }
}
