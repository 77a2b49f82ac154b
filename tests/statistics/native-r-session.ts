import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { packagesOf, type RSession, toJson } from './r-session.ts';

/**
 * Runs script.R of its folder each time a line comes in, and says whether it could. Options and random numbers are those of a new
 * session each time.
 */
const server = `${toJson}
.options <- options()
.lines <- file("stdin", open = "r")
while (length(readLines(.lines, n = 1)) == 1) {
  options(.options)
  suppressWarnings(rm(".Random.seed", envir = globalenv()))
  .said <- tryCatch({
    .e <- new.env()
    invisible(utils::capture.output(suppressMessages(sys.source("script.R", .e))))
    cat(.toJson(.e$result), file = "result.json")
    "done"
  }, error = function(e) paste("failed", gsub("\\\\s+", " ", paste(conditionMessage(e), collapse = " "))))
  cat(.said, "\\n", sep = "")
  flush(stdout())
}
`;

type Running = { readonly process: ChildProcessWithoutNullStreams; readonly answers: AsyncIterator<string> };

/** Scripts hold letters that R tells as codes where no language is set. */
const environment = { ...process.env, LC_ALL: 'C.UTF-8' };

function start(folder: string): Running {
  const started = spawn('Rscript', ['--vanilla', 'server.R'], { cwd: folder, env: environment });
  started.stderr.resume();
  return { process: started, answers: createInterface({ input: started.stdout })[Symbol.asyncIterator]() };
}

function rscript(given: readonly string[]): { readonly code: number | null; readonly out: string } {
  const done = spawnSync('Rscript', ['--vanilla', ...given], { encoding: 'utf8' });
  return { code: done.status, out: done.stdout ?? '' };
}

/** The system's R; null where there is none. Scripts that load the same packages share a process: loading them is most of the time. */
export function startNativeR(): RSession | null {
  if (rscript(['-e', '0']).code !== 0) return null;
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-r-'));
  writeFileSync(join(folder, 'server.R'), server);
  const known = new Map<string, boolean>();
  const running = new Map<string, Running>();
  const processFor = (script: string): Running => {
    const packages = packagesOf(script).sort().join(' ');
    const there = running.get(packages) ?? start(folder);
    running.set(packages, there);
    return there;
  };
  return {
    name: 'the system’s R',
    missing: async (packages) => {
      const unknown = packages.filter((name) => !known.has(name));
      if (unknown.length > 0) {
        const list = unknown.map((name) => `"${name}"`).join(', ');
        const { out } = rscript(['-e', `cat(vapply(c(${list}), function(p) nzchar(system.file(package = p)), TRUE))`]);
        const found = out.trim().split(' ');
        for (const [index, name] of unknown.entries()) known.set(name, found[index] === 'TRUE');
      }
      return packages.filter((name) => known.get(name) !== true);
    },
    run: async (script, files) => {
      for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
      writeFileSync(join(folder, 'script.R'), script);
      const { process, answers } = processFor(script);
      process.stdin.write('run\n');
      const answer = await answers.next();
      const said = answer.done ? 'R ended' : answer.value;
      if (said !== 'done') throw new Error(`R: ${said}\n--- script\n${script}`);
      return JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8'));
    },
    close: async () => {
      for (const { process } of running.values()) process.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
