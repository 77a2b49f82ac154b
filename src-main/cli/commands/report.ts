import type { OutputOf } from '#shared/contract/index.ts';
import { type ReportSpec, reportSpecSchema } from '#shared/contract/report-spec.ts';
import { type ReportFormat, reportFormats } from '#shared/contract/reports.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { type Arguments, requiredPath, usageError, word } from '../arguments.ts';
import { withVault } from '../engine-session.ts';
import type { Answer } from '../output.ts';
import { readJsonObject } from '../read-json.ts';
import { leavingLines, reportActions, waitingExit } from './report-requests.ts';

function readSpec(file: string): ReportSpec {
  const parsed = reportSpecSchema.safeParse(readJsonObject(file, 'report spec'));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ExpectedError(
    'BAD_SPEC',
    `The report spec cannot be used: “${issue?.path.join('.') ?? ''}”: ${issue?.message ?? 'it cannot be read'}.`,
    'Nothing was built. A spec needs template; exposure-and-wellbeing needs from and to too.',
  );
}

/** `--formats pdf,html`; undefined for all. */
function formatsOf(args: Arguments): ReportFormat[] | undefined {
  const asked = args.text('formats');
  if (asked === undefined) return undefined;
  const names = asked.split(',').map((name) => name.trim());
  const known = reportFormats.filter((format) => names.includes(format));
  if (known.length === 0 || known.length !== names.length) {
    throw usageError(`--formats takes ${reportFormats.join(', ')}, each once, with commas between them.`);
  }
  return known;
}

function build(args: Arguments, vault: string): Promise<Answer> {
  const spec = readSpec(requiredPath(args, 'spec'));
  const folder = requiredPath(args, 'out');
  const purpose = args.text('purpose');
  const formats = formatsOf(args);
  const how = { ...(purpose === undefined ? {} : { purpose }), ...(formats === undefined ? {} : { formats }) };
  return withVault(args, vault, async ({ call }) => {
    const built = await call('reports.build', { spec, folder, ...how });
    if (built.state === 'waiting') {
      return {
        json: built,
        text: [
          `Request ${built.request} waits for another person to agree. Nothing was written; run this again once they have.`,
          `${built.withheld} of ${built.counts} counts are withheld.`,
        ],
        exitCode: waitingExit,
      };
    }
    return {
      json: built,
      text: [
        `Built “${built.title}” in ${built.folder}:`,
        ...built.files.map((file) => `  ${file.name}`),
        ...quotesTold(built.quotes),
        `Signed by ${built.signedBy}.`,
      ],
    };
  });
}

/** What whoever sends the report has to know of the words in it. */
function quotesTold(quotes: OutputOf<'reports.build'>['quotes']): readonly string[] {
  if (quotes === undefined) return [];
  const { changed, gone, notPrinted } = quotes;
  return [
    ...(changed > 0 ? [`Changed since they were quoted, and marked in the text: ${changed}.`] : []),
    ...(gone > 0 ? [`No longer in the report, and marked in the text: ${gone}.`] : []),
    ...(notPrinted > 0 ? [`Numbers in the text that the report does not print: ${notPrinted}.`] : []),
  ];
}

function preview(args: Arguments, vault: string): Promise<Answer> {
  const spec = readSpec(requiredPath(args, 'spec'));
  return withVault(args, vault, async ({ call }) => {
    const shown = await call('reports.preview', { spec });
    return { json: shown, text: leavingLines(shown.leaving) };
  });
}

const actions: Readonly<Record<string, (args: Arguments, vault: string) => Promise<Answer>>> = {
  ...{ build, preview, ...reportActions },
};

/** `report DIR --spec F --out DIR`, and what belongs to the agreement of a second person. */
export function report(args: Arguments): Promise<Answer> {
  const vault = word(args, 0, 'the folder of the vault');
  const action = args.words[1] ?? 'build';
  const run = Object.hasOwn(actions, action) ? actions[action] : undefined;
  if (!run) throw usageError(`report does not know “${action}”. It knows ${Object.keys(actions).join(', ')}.`);
  return run(args, vault);
}
