import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evidenceTable, fullCounts, readEvidence, securityTests } from './test/security-table.ts';

/**
 * `npm run test:security [-- --full] [-- --document]`: the tests that security.md asks for, by their numbers, with what was measured.
 * `--full` takes the full counts (200 kills, 10,000 inputs, 1,000 tables) instead of a slice; `--document` writes the table to
 * docs/security-evidence.md. Needs `npm run build` for the tests in the browser. Ends with 1 where a test failed or a row has no evidence.
 */
const root = join(import.meta.dirname, '..');
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const given = process.argv.slice(2);
const unknown = given.filter((option) => !['--full', '--document'].includes(option));

process.exitCode =
  unknown.length > 0 ? refuse(unknown) : await main(given.includes('--full'), given.includes('--document'));

function refuse(options: readonly string[]): number {
  process.stderr.write(`There is no ${options.join(', ')}: give nothing, --full or --document.\n`);
  return 2;
}

async function main(full: boolean, document: boolean): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-security-'));
  const notes = join(folder, 'evidence.jsonl');
  writeFileSync(notes, '');
  try {
    let failed = false;
    for (const { project, files } of securityTests) {
      process.stdout.write(`\n── ${project}\n`);
      const counts = full ? fullCounts : {};
      const exitCode = await run(['run', '--project', project, ...files], { ...counts, TIDEMARK_EVIDENCE: notes });
      if (exitCode !== 0) failed = true;
    }
    const { lines, complete } = evidenceTable(readEvidence(readFileSync(notes, 'utf8')));
    process.stdout.write(`\n${lines.join('\n')}\n`);
    if (document) {
      const how = full
        ? 'the full counts (`npm run test:security -- --full --document`)'
        : 'a slice of the full counts';
      const text = `# What the security tests measured\n\nWritten by \`npm run test:security\` with ${how}. The numbers are those of the table of security tests. All data is synthetic.\n\n${lines.join('\n')}\n`;
      writeFileSync(join(root, 'docs', 'security-evidence.md'), text);
    }
    return failed || !complete ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs vitest with its output passed on; its exit code, or null where a signal ended it. */
function run(options: readonly string[], environment: Readonly<Record<string, string>>): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [vitest, ...options], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...environment },
    });
    child.on('error', () => resolve(null));
    child.on('exit', (code) => resolve(code));
  });
}
