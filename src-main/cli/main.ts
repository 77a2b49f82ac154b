import { type AppError, ExpectedError, exitCodeFor } from '#shared/domain/result.ts';
import { type Arguments, type CommandName, readArguments } from './arguments.ts';
import { analyse } from './commands/analyse.ts';
import { audit } from './commands/audit.ts';
import { cases } from './commands/cases.ts';
import { codes } from './commands/codes.ts';
import { demo } from './commands/demo.ts';
import { evidence } from './commands/evidence.ts';
import { exportCommand } from './commands/export.ts';
import { importCommand } from './commands/import.ts';
import { mappings } from './commands/mappings.ts';
import { pilots } from './commands/pilots.ts';
import { plan } from './commands/plan.ts';
import { pool } from './commands/pool.ts';
import { quality } from './commands/quality.ts';
import { release } from './commands/release.ts';
import { report } from './commands/report.ts';
import { schemes } from './commands/schemes.ts';
import { stats } from './commands/stats.ts';
import { suppress } from './commands/suppress.ts';
import { synth } from './commands/synth.ts';
import { vault } from './commands/vault.ts';
import { verify } from './commands/verify.ts';
import { watch } from './commands/watch.ts';
import { helpText } from './help.ts';
import { type Answer, printAnswer, printError } from './output.ts';

const commands: { readonly [Name in CommandName]: (args: Arguments) => Promise<Answer> } = {
  analyse,
  audit,
  cases,
  codes,
  demo,
  evidence,
  export: exportCommand,
  import: importCommand,
  mappings,
  pilots,
  pool,
  plan,
  quality,
  release,
  report,
  schemes,
  stats,
  suppress,
  synth,
  vault,
  verify,
  watch,
};

function errorOf(error: unknown): AppError {
  if (error instanceof ExpectedError) return error.error;
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    code: 'INTERNAL',
    message: 'Something went wrong inside Tidemark.',
    hint: 'What was stored before is unchanged. Run it again with --debug to see where.',
    params: { stack },
  };
}

/** Runs one command line and gives the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  // Before the line is read nobody has said how errors should look.
  let json = argv.includes('--json');
  const debug = argv.includes('--debug');
  if (debug) process.env['TIDEMARK_DEBUG'] = '1';
  try {
    const args = readArguments(argv);
    if (args === 'help' || args.help) {
      process.stdout.write(helpText);
      return 0;
    }
    json = args.json;
    const answer = await commands[args.command](args);
    printAnswer(answer, json);
    return answer.exitCode ?? 0;
  } catch (error) {
    const expected = errorOf(error);
    printError(expected, json, debug);
    return exitCodeFor(expected.code);
  }
}
