import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RSession, toJson } from './r-session.ts';

function rscript(
  given: readonly string[],
  folder: string,
): { readonly code: number | null; readonly err: string; readonly out: string } {
  const done = spawnSync('Rscript', ['--vanilla', ...given], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 ** 2,
  });
  return { code: done.status, err: done.stderr ?? '', out: done.stdout ?? '' };
}

/** The system's R; null where there is none. */
export function startNativeR(): RSession | null {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-r-'));
  if (rscript(['-e', '0'], folder).code !== 0) {
    rmSync(folder, { recursive: true, force: true });
    return null;
  }
  const known = new Map<string, boolean>();
  return {
    name: 'the system’s R',
    missing: async (packages) => {
      const unknown = packages.filter((name) => !known.has(name));
      if (unknown.length > 0) {
        const list = unknown.map((name) => `"${name}"`).join(', ');
        const { out } = rscript(
          ['-e', `cat(vapply(c(${list}), function(p) nzchar(system.file(package = p)), TRUE))`],
          folder,
        );
        const found = out.trim().split(' ');
        for (const [index, name] of unknown.entries()) known.set(name, found[index] === 'TRUE');
      }
      return packages.filter((name) => known.get(name) !== true);
    },
    run: async (script, files) => {
      for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
      writeFileSync(join(folder, 'script.R'), script);
      const body = `${toJson}\n.e <- new.env()\ninvisible(utils::capture.output(suppressMessages(sys.source("script.R", .e))))\ncat(.toJson(.e$result), file = "result.json")\n`;
      writeFileSync(join(folder, 'run.R'), body);
      const { code, err } = rscript(['run.R'], folder);
      if (code !== 0) throw new Error(`R stopped with ${code}:\n${err}\n--- script\n${script}`);
      return JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8'));
    },
    close: async () => rmSync(folder, { recursive: true, force: true }),
  };
}
