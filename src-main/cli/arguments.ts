import { resolve } from 'node:path';
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { ExpectedError } from '#shared/domain/result.ts';

/** Options of every command. */
const commonOptions = {
  json: { type: 'boolean' },
  debug: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const vaultOptions = {
  user: { type: 'string' },
  'passphrase-file': { type: 'string' },
} as const;

/** What each command takes beside the common options. */
const optionsOf = {
  demo: { people: { type: 'string' }, years: { type: 'string' }, seed: { type: 'string' } },
  synth: { people: { type: 'string' }, years: { type: 'string' }, seed: { type: 'string' } },
  vault: {
    ...vaultOptions,
    role: { type: 'string' },
    'recovery-file': { type: 'string' },
    'new-passphrase-file': { type: 'string' },
    head: { type: 'string' },
    to: { type: 'string' },
    since: { type: 'string' },
  },
  audit: {
    ...vaultOptions,
    out: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    by: { type: 'string' },
    action: { type: 'string' },
    limit: { type: 'string' },
  },
  import: {
    ...vaultOptions,
    kind: { type: 'string' },
    file: { type: 'string' },
    mapping: { type: 'string' },
    'dry-run': { type: 'boolean' },
    rejects: { type: 'string' },
    propose: { type: 'boolean' },
    sheet: { type: 'string' },
    undo: { type: 'string' },
    'mapping-name': { type: 'string' },
  },
  mappings: { ...vaultOptions, out: { type: 'string' }, file: { type: 'string' }, pattern: { type: 'string' } },
  codes: {
    ...vaultOptions,
    unmapped: { type: 'boolean' },
    versions: { type: 'boolean' },
    rules: { type: 'string' },
    reason: { type: 'string' },
    'dry-run': { type: 'boolean' },
  },
  schemes: {
    ...vaultOptions,
    file: { type: 'string' },
    out: { type: 'string' },
    reason: { type: 'string' },
    seen: { type: 'string' },
  },
  pilots: {
    ...vaultOptions,
    file: { type: 'string' },
    reason: { type: 'string' },
    what: { type: 'string' },
    person: { type: 'string' },
    on: { type: 'string' },
    'leave-out': { type: 'boolean' },
  },
  evidence: {
    ...vaultOptions,
    file: { type: 'string' },
    reason: { type: 'string' },
    note: { type: 'string' },
    in: { type: 'string' },
    search: { type: 'string' },
    source: { type: 'string' },
    database: { type: 'string' },
    platform: { type: 'string' },
    on: { type: 'string' },
    query: { type: 'string' },
    hits: { type: 'string' },
    stage: { type: 'string' },
    state: { type: 'string' },
    decision: { type: 'string' },
    outcome: { type: 'string' },
  },
  plan: {
    ...vaultOptions,
    file: { type: 'string' },
    reason: { type: 'string' },
    what: { type: 'string' },
    to: { type: 'string' },
    post: { type: 'string' },
    counts: { type: 'string' },
  },
  watch: {
    ...vaultOptions,
    folder: { type: 'string' },
    once: { type: 'boolean' },
    settle: { type: 'string' },
    'allow-rejects': { type: 'string' },
  },
  cases: vaultOptions,
  analyse: { ...vaultOptions, spec: { type: 'string' }, out: { type: 'string' } },
  export: { ...vaultOptions, spec: { type: 'string' }, reason: { type: 'string' }, out: { type: 'string' } },
  quality: { ...vaultOptions, 'as-of': { type: 'string' }, notes: { type: 'string' }, out: { type: 'string' } },
  release: { ...vaultOptions, spec: { type: 'string' }, reason: { type: 'string' }, out: { type: 'string' } },
  report: {
    ...vaultOptions,
    spec: { type: 'string' },
    out: { type: 'string' },
    purpose: { type: 'string' },
    formats: { type: 'string' },
    seen: { type: 'string' },
    note: { type: 'string' },
  },
  verify: { ...vaultOptions, vault: { type: 'string' }, key: { type: 'string' } },
  stats: { data: { type: 'string' }, spec: { type: 'string' }, out: { type: 'string' } },
  pool: {
    spec: { type: 'string' },
    out: { type: 'string' },
    trust: { type: 'string' },
    report: { type: 'string' },
  },
  suppress: { data: { type: 'string' }, spec: { type: 'string' } },
} as const;

export type CommandName = keyof typeof optionsOf;

export type Arguments = {
  readonly command: CommandName;
  /** What follows the command and is no option. */
  readonly words: readonly string[];
  readonly json: boolean;
  readonly debug: boolean;
  readonly help: boolean;
  readonly text: (option: string) => string | undefined;
  readonly flag: (option: string) => boolean;
};

export function usageError(
  message: string,
  hint = 'Nothing was done. `tidemark --help` lists the commands.',
): ExpectedError {
  return new ExpectedError('USAGE', message, hint);
}

function isCommand(word: string | undefined): word is CommandName {
  return word !== undefined && Object.hasOwn(optionsOf, word);
}

/** Reads a command line. Unknown commands and options are refused, never ignored. */
export function readArguments(argv: readonly string[]): Arguments | 'help' {
  const [command, ...rest] = argv;
  if (command === undefined || command === '--help' || command === '-h' || command === 'help') return 'help';
  if (!isCommand(command)) throw usageError(`There is no command “${command}”.`);
  let parsed: { values: Record<string, string | boolean | undefined>; positionals: string[] };
  try {
    parsed = parseArgs({
      args: rest,
      options: { ...commonOptions, ...optionsOf[command] } as ParseArgsOptionsConfig,
      allowPositionals: true,
      strict: true,
    }) as typeof parsed;
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('.')[0] ?? '') : '';
    throw usageError(`${reason}.`);
  }
  const { values, positionals } = parsed;
  return {
    command,
    words: positionals,
    json: values['json'] === true,
    debug: values['debug'] === true,
    help: values['help'] === true,
    text: (option) => {
      const value = values[option];
      return typeof value === 'string' ? value : undefined;
    },
    flag: (option) => values[option] === true,
  };
}

/** A path as the person meant it: `npm run` changes the folder, and says where it was called. */
export function pathOf(path: string): string {
  const calledFrom = process.env['npm_lifecycle_event'] === 'tidemark' ? process.env['INIT_CWD'] : undefined;
  return resolve(calledFrom ?? process.cwd(), path);
}

export function requiredPath(args: Arguments, option: string): string {
  const value = args.text(option);
  if (value === undefined) throw usageError(`${args.command} needs --${option}.`);
  return pathOf(value);
}

export function word(args: Arguments, index: number, what: string): string {
  const value = args.words[index];
  if (value === undefined) throw usageError(`${args.command} needs ${what}.`);
  return value;
}

/** A number option within limits, or its default. */
export function numberOption(args: Arguments, option: string, limits: readonly [number, number]): number | undefined {
  const value = args.text(option);
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!/^\d{1,9}(?:\.\d{1,9})?$/.test(value) || number < limits[0] || number > limits[1]) {
    throw usageError(`--${option} takes a number from ${limits[0]} to ${limits[1]}.`);
  }
  return number;
}

/** A whole number option within limits, or its default. */
export function wholeNumber(args: Arguments, option: string, limits: readonly [number, number]): number | undefined {
  const value = args.text(option);
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!/^\d{1,10}$/.test(value) || number < limits[0] || number > limits[1]) {
    throw usageError(`--${option} takes a whole number from ${limits[0]} to ${limits[1]}.`);
  }
  return number;
}
