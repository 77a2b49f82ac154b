import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chosenSteps, type Step } from './test/steps.ts';
import { type StepOutcome, summaryOf, type Tally, tallyOfCheck, tallyOfVitest } from './test/tally.ts';

const root = join(import.meta.dirname, '..');
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');

process.exitCode = await main(process.argv.slice(2));

async function main(given: readonly string[]): Promise<number> {
  let chosen: readonly Step[];
  try {
    chosen = chosenSteps(given);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : 'The arguments could not be read.'}\n`);
    return 2;
  }
  const reports = mkdtempSync(join(tmpdir(), 'tidemark-test-'));
  const outcomes: StepOutcome[] = [];
  try {
    for (const step of chosen) {
      process.stdout.write(`\n── ${step.name}\n`);
      const started = performance.now();
      const tally = await runStep(step, reports);
      outcomes.push({ name: step.name, seconds: (performance.now() - started) / 1_000, tally });
    }
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
  process.stdout.write(`\n${summaryOf(outcomes)}\n`);
  return outcomes.some((outcome) => outcome.tally.failed > 0) ? 1 : 0;
}

async function runStep(step: Step, reports: string): Promise<Tally> {
  if (step.kind === 'check') return tallyOfCheck(await run(...npmScript(step.script)));
  const report = join(reports, `${step.project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const exitCode = await run(process.execPath, [vitest, 'run', '--project', step.project, ...reporters]);
  return tallyOfVitest(existsSync(report) ? readFileSync(report, 'utf8') : null, exitCode);
}

/** npm as it was started, so that no other version of it, and no shell, comes in between. */
function npmScript(script: string): [program: string, given: readonly string[]] {
  const npm = process.env.npm_execpath;
  return npm?.endsWith('.js') ? [process.execPath, [npm, 'run', '-s', script]] : ['npm', ['run', '-s', script]];
}

/** Runs a program with its output passed on; its exit code, or null where a signal ended it or it could not start. */
function run(program: string, given: readonly string[]): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(program, given, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', () => resolve(null));
    child.on('exit', (code) => resolve(code));
  });
}
