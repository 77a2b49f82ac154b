import type { Leaving, ReportRequest } from '#shared/contract/reports.ts';
import { type Arguments, usageError, word } from '../arguments.ts';
import { withVault } from '../engine-session.ts';
import type { Answer } from '../output.ts';

/** Nothing was written, because somebody else has to agree first. */
export const waitingExit = 4;

/** What would leave with a report, in lines. */
export function leavingLines({ title, marking, hash, ...leaving }: Leaving): string[] {
  const { files, counts, withheld, places, judgedWith, notes } = leaving;
  return [
    `“${title}”, ${marking}`,
    `Files: ${files.map(({ name }) => name).join(', ')}`,
    `${withheld} of ${counts} counts are withheld.`,
    ...places
      .filter((place) => place.withheld > 0)
      .map((place) => `  ${place.section}: ${place.withheld} of ${place.places} places`),
    ...(judgedWith.length === 0 ? [] : ['Decided together with:']),
    ...judgedWith.map(
      (release) => `  ${release.releasedAt.slice(0, 10)}  ${release.title}${release.withdrawn ? ' (withdrawn)' : ''}`,
    ),
    ...notes.map((note) => `Note: ${note}`),
    `SHA-256 of what it says: ${hash}`,
  ];
}

function requestNumber(args: Arguments): number {
  const id = Number(word(args, 2, 'the number of the request'));
  if (!Number.isSafeInteger(id))
    throw usageError('The request is named by its number, as report DIR requests shows it.');
  return id;
}

function requestLine({ id, requestedAt, requestedBy, state, title, reason, decidedBy, note }: ReportRequest): string {
  const decided = decidedBy === null ? [] : [`by ${decidedBy}`, ...(note === '' ? [] : [`“${note}”`])];
  return [`${id}`, requestedAt, requestedBy, state, title, reason, ...decided].join('  ');
}

function requests(args: Arguments, vault: string): Promise<Answer> {
  return withVault(args, vault, async ({ call }) => {
    const answer = await call('reports.requests', {});
    const rule = answer.twoPeople ? 'A second person has to agree.' : 'Nobody else has to agree.';
    return { json: answer, text: [rule, ...answer.requests.map(requestLine)] };
  });
}

function look(args: Arguments, vault: string): Promise<Answer> {
  const request = requestNumber(args);
  return withVault(args, vault, async ({ call }) => {
    const seen = await call('reports.look', { request });
    const { requestedBy, reason } = seen.request;
    return {
      json: seen,
      text: [
        `Asked for by ${requestedBy}: ${reason}`,
        ...leavingLines(seen.leaving),
        seen.same
          ? 'This is exactly what was asked for. --json prints all that it says.'
          : 'This is not what was asked for any more: the data, or what was let out, have changed since.',
      ],
    };
  });
}

function decide(args: Arguments, vault: string, agree: boolean): Promise<Answer> {
  const id = requestNumber(args);
  const seen = args.text('seen');
  if (agree && seen === undefined) throw usageError('agree needs --seen: the hash that report DIR look showed.');
  const how = { id, agree, note: args.text('note') ?? '', ...(seen === undefined ? {} : { seen }) };
  return withVault(args, vault, async ({ call }) => {
    const decided = await call('approvals.decide', how);
    return { json: decided, text: [`${agree ? 'Agreed to' : 'Declined'}: ${decided.object}`] };
  });
}

/** What follows `report DIR` where a second person is asked. */
export const reportActions = {
  requests,
  look,
  agree: (args: Arguments, vault: string) => decide(args, vault, true),
  decline: (args: Arguments, vault: string) => decide(args, vault, false),
};
