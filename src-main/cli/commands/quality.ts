import type { QualityResult } from '#shared/contract/quality.ts';
import { type Arguments, pathOf, usageError, wholeNumber, word } from '../arguments.ts';
import { withVault } from '../engine-session.ts';
import type { Answer } from '../output.ts';

const marks = { act: 'Mend', look: 'Look', note: 'Note' } as const;

function linesOf(quality: QualityResult): string[] {
  if (quality.asOf === null) return ['Nothing that has a day has been imported yet.'];
  const late = quality.freshness.map(
    ({ label, rows, to, lateDays }) =>
      `  ${label}: ${rows.toLocaleString('en-GB')} rows${to === null ? '' : ` to ${to}`}${lateDays ? `, ${lateDays} days late` : ''}`,
  );
  const findings = quality.findings.flatMap(({ severity, title, meaning, action }) => [
    `${marks[severity]}: ${title}.`,
    `  ${meaning} ${action}`,
  ]);
  return [
    `Data quality as of ${quality.asOf}`,
    ...late,
    ...(findings.length === 0 ? ['Nothing stands out.'] : findings),
  ];
}

/** `quality DIR`: how far the data can be trusted; `--notes BATCH --out F` writes what was noted about its rows. */
export function quality(args: Arguments): Promise<Answer> {
  const folder = word(args, 0, 'the folder of the vault');
  const batch = wholeNumber(args, 'notes', [1, 2 ** 31]);
  const out = args.text('out');
  const asOf = args.text('as-of');
  if ((batch === undefined) !== (out === undefined)) throw usageError('--notes and --out belong together.');
  if (asOf !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(asOf)) throw usageError('--as-of takes a day as 2026-03-31.');
  return withVault(args, folder, async ({ call }) => {
    if (batch !== undefined && out !== undefined) {
      const saved = await call('quality.saveNotes', { batch, file: pathOf(out) });
      return { json: saved, text: [`${saved.rows} notes of batch ${batch} written to ${saved.file}.`] };
    }
    const result = await call('quality.get', asOf === undefined ? {} : { asOf });
    return { json: result, text: linesOf(result) };
  });
}
