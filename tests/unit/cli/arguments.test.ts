import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Arguments, pathOf, readArguments, requiredPath, wholeNumber, word } from '#main/cli/arguments.ts';
import { errorCodes, exitCodeFor } from '#shared/domain/result.ts';

const read = (...argv: string[]): Arguments => {
  const args = readArguments(argv);
  if (args === 'help') throw new Error('help');
  return args;
};
const usage = expect.objectContaining({ error: expect.objectContaining({ code: 'USAGE' }) });

afterEach(() => vi.unstubAllEnvs());

describe('the command line', () => {
  it('knows its commands, options and words', () => {
    const commands = ['demo', 'synth', 'vault', 'import', 'analyse', 'report', 'verify'];
    expect(commands.map((command) => read(command).command)).toEqual(commands);
    const args = read('import', 'DIR', '--kind', 'people', '--file=F', '--dry-run', '--json');
    expect([args.command, args.words, args.json, args.debug]).toEqual(['import', ['DIR'], true, false]);
    expect([
      args.text('kind'),
      args.text('file'),
      args.text('undo'),
      args.flag('dry-run'),
      args.flag('propose'),
    ]).toEqual(['people', 'F', undefined, true, false]);
    for (const asking of [[], ['help'], ['--help'], ['-h']]) expect(readArguments(asking)).toBe('help');
  });

  it.each([
    ['an unknown command', ['explode', 'DIR']],
    ['a command of another language', ['toString']],
    ['an unknown option', ['import', 'DIR', '--passphrase', 'secret']],
    ['an option of another command', ['synth', 'DIR', '--kind', 'people']],
    ['an option without its value', ['import', 'DIR', '--file']],
    ['a flag with a value', ['import', 'DIR', '--dry-run=yes']],
  ])('refuses %s', (_, argv) => {
    expect(() => readArguments(argv)).toThrow(usage);
  });

  it('asks for what is missing, and for whole numbers within limits', () => {
    expect(() => requiredPath(read('import', 'DIR'), 'file')).toThrow(usage);
    expect(() => word(read('import'), 0, 'the folder')).toThrow(/the folder/);
    expect(wholeNumber(read('synth', 'D', '--people', '300'), 'people', [1, 500])).toBe(300);
    expect(wholeNumber(read('synth', 'D'), 'people', [1, 500])).toBeUndefined();
    for (const bad of ['0', '501', '3.5', '1e2', '', ' 7', '٣', '99999999999']) {
      expect(() => wholeNumber(read('synth', 'D', `--people=${bad}`), 'people', [1, 500]), bad).toThrow(usage);
    }
  });

  it('takes relative paths from where npm was called', () => {
    vi.stubEnv('INIT_CWD', '/somewhere/else');
    vi.stubEnv('npm_lifecycle_event', 'tidemark');
    expect(pathOf('vault')).toBe('/somewhere/else/vault');
    expect(pathOf('/absolute')).toBe('/absolute');
    vi.stubEnv('npm_lifecycle_event', 'test');
    expect(pathOf('vault')).toBe(`${process.cwd()}/vault`);
  });

  it('ends with the exit code of the contract for every error', () => {
    const codes = Map.groupBy(errorCodes, exitCodeFor);
    expect(codes.get(1)).toEqual(['INTERNAL']);
    expect(codes.get(2)).toEqual(['USAGE', 'UNKNOWN_CALL', 'UNKNOWN_METHOD', 'UNKNOWN_PROCEDURE']);
    expect(codes.get(3)).toEqual(
      expect.arrayContaining([
        'BAD_FILE',
        'BAD_SPEC',
        'BAD_COLUMN',
        'VAULT_EXISTS',
        'VAULT_BUSY',
        'DISK_FULL',
        'READ_ONLY',
        'CANCELLED',
      ]),
    );
    expect(codes.get(4)).toEqual(expect.arrayContaining(['WRONG_PASSPHRASE', 'FORBIDDEN', 'THROTTLED']));
    expect(codes.get(5)).toEqual(['CORRUPT', 'AUDIT_BROKEN', 'DIFFERENT']);
    expect(codes.get(6)).toEqual(['DISCLOSURE']);
  });
});
