import type { CodeCoverage } from '#shared/contract/code-rules.ts';
import type { OutputOf } from '#shared/contract/index.ts';
import { type Arguments, requiredPath, usageError, word } from '../arguments.ts';
import { type Caller, withVault } from '../engine-session.ts';
import type { Answer } from '../output.ts';

const codesInWords = 30;

function number(value: number): string {
  return value.toLocaleString('en-GB');
}

function share(coverage: number | null): string {
  return coverage === null ? 'not known, as there are no attendances' : `${(coverage * 100).toFixed(1)}%`;
}

function coverageLines({ attendances, exposures, alreadyDirect, coverage }: CodeCoverage): string[] {
  return [
    `Coverage ${share(coverage)}: ${number(attendances.all)} attendances, ${number(attendances.traumatic)} of traumatic incidents, ${number(attendances.notTraumatic)} not traumatic, ${number(attendances.unmapped)} without a rule, ${number(attendances.notImported)} of incidents not imported.`,
    `${number(exposures)} exposures are derived from them; ${number(alreadyDirect)} more were imported directly and count once.`,
  ];
}

async function rules({ call }: Caller): Promise<Answer> {
  const { shown, versions } = await call('codes.rules', {});
  return {
    json: { rules: shown, versions },
    text:
      shown === null
        ? ['No code rules have been saved yet.']
        : [
            `Version ${shown.version}, saved ${shown.savedAt} by ${shown.savedBy}: ${shown.reason}`,
            ...shown.document.rules.map(({ code, category, from, to, match }) =>
              [`  ${code} → ${category}`, from && `from ${from}`, to && `to ${to}`, match && match !== 'any' && match]
                .filter(Boolean)
                .join(' '),
            ),
          ],
  };
}

async function versions({ call }: Caller): Promise<Answer> {
  const answer = await call('codes.rules', {});
  return {
    json: { versions: answer.versions },
    text:
      answer.versions.length === 0
        ? ['No code rules have been saved yet.']
        : answer.versions.map(
            ({ version, savedAt, savedBy, reason, rules: count, hash }) =>
              `${version}  ${savedAt}  ${savedBy}  ${number(count)} rules  ${hash.slice(0, 16)}  ${reason}`,
          ),
  };
}

async function unmapped({ call }: Caller): Promise<Answer> {
  const answer = await call('codes.unmapped', {});
  const { codes, all, withoutCode } = answer;
  const more = all > codesInWords ? [`… and ${number(all - codesInWords)} more: --json lists them.`] : [];
  return {
    json: answer,
    text: [
      ...coverageLines(answer.coverage),
      ...(withoutCode.incidents === 0 ? [] : [`${number(withoutCode.incidents)} incidents came without any code.`]),
      all === 0 ? 'Every code has a rule.' : `${number(all)} codes have no rule:`,
      ...codes.slice(0, codesInWords).map(({ code, incidents, attendances, firstDay, lastDay, proposal }) => {
        const proposed = proposal === null ? '' : `; proposed: ${proposal.category}`;
        return `  ${code}: ${number(attendances)} attendances, ${number(incidents)} incidents, ${firstDay} to ${lastDay}${proposed}`;
      }),
      ...more,
    ],
  };
}

function previewLines({ before, after, rules: changed, unmappedCodes }: OutputOf<'codes.preview'>): string[] {
  return [
    `${number(changed.added)} rules added, ${number(changed.removed)} removed, ${number(changed.kept)} kept.`,
    `Coverage ${share(before.coverage)} → ${share(after.coverage)}.`,
    `Exposures derived: ${number(before.exposures)} → ${number(after.exposures)}.`,
    `Codes without a rule: ${number(unmappedCodes.before)} → ${number(unmappedCodes.after)}.`,
  ];
}

async function save({ call }: Caller, file: string, reason: string | null): Promise<Answer> {
  const { document } = await call('codes.read', { file });
  const preview = await call('codes.preview', { document });
  if (reason === null) {
    return { json: { version: null, ...preview }, text: ['Nothing was saved.', ...previewLines(preview)] };
  }
  const saved = await call('codes.save', { document, reason });
  return {
    json: { ...preview, ...saved, rules: preview.rules },
    text: [`Saved as version ${saved.version}.`, ...previewLines(preview)],
  };
}

export function codes(args: Arguments): Promise<Answer> {
  const folder = word(args, 0, 'the folder of the vault');
  const reason = args.text('reason');
  if (args.text('rules') === undefined) {
    if (reason !== undefined || args.flag('dry-run')) throw usageError('codes needs --rules to save or try rules.');
    return withVault(args, folder, (caller) => {
      if (args.flag('unmapped')) return unmapped(caller);
      return args.flag('versions') ? versions(caller) : rules(caller);
    });
  }
  const file = requiredPath(args, 'rules');
  const dryRun = args.flag('dry-run');
  if (!dryRun && reason === undefined) throw usageError('codes --rules needs --reason, or --dry-run to try the rules.');
  return withVault(args, folder, (caller) => save(caller, file, dryRun ? null : (reason ?? '')));
}
