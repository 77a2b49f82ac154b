import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { evidence } from './evidence.ts';

const root = join(import.meta.dirname, '../..');

/** Why system calls cannot be traced here, with the one line that mends it; null where they can. */
function obstacle(): string | null {
  const tried = spawnSync('strace', ['-f', '-qq', '-o', '/dev/null', '-e', 'trace=socket', 'true']);
  if (tried.error) return 'strace is not on this machine; on Debian or Ubuntu: sudo apt-get install strace';
  return tried.status === 0 ? null : 'this machine does not let one program trace another';
}

const why = obstacle();

describe.skipIf(why !== null)(`the network under a system-call trace${why === null ? '' : ` (${why})`}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-trace-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Every socket made and every connection begun by Node with these arguments and by all it starts. */
  function trace(...given: readonly string[]): { readonly exit: number | null; readonly calls: readonly string[] } {
    const file = join(folder, 'trace');
    const watched = ['-f', '-qq', '-o', file, '-e', 'trace=socket,connect,listen'];
    const run = spawnSync('strace', [...watched, process.execPath, ...given], { cwd: folder, encoding: 'utf8' });
    return {
      exit: run.status,
      calls: readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => /\b(socket|connect|listen)\(/.test(line)),
    };
  }

  it('sees a socket where there is one', () => {
    const { calls } = trace('-e', "require('node:net').connect(9, '127.0.0.1').on('error', () => {})");
    expect(calls.some((call) => call.includes('AF_INET'))).toBe(true);
    expect(calls.some((call) => call.includes('connect('))).toBe(true);
  });

  it('makes a vault, imports, analyses and reports without one', () => {
    const { exit, calls } = trace(
      join(root, 'bin/tidemark.mjs'),
      'demo',
      join(folder, 'demo'),
      '--people',
      '60',
      '--years',
      '1',
    );
    expect(exit).toBe(0);
    expect(existsSync(join(folder, 'demo/report/exposure-and-wellbeing.pdf'))).toBe(true);
    // Finding the build of the key-derivation library for this machine asks the kernel, over its own kind of socket and
    // nobody else, for a description of the machine.
    const others = calls.filter((call) => !call.includes('socket(AF_NETLINK, SOCK_RAW|SOCK_CLOEXEC, NETLINK_ROUTE)'));
    expect(others).toEqual([]);
    evidence(
      6,
      'demo: vault, imports, analyses, report',
      `${calls.length - others.length} local kernel sockets, 0 internet sockets`,
    );
  });
});
