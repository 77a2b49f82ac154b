import type { OverviewTask } from '#shared/contract/work.ts';
import { formatDate, plural } from '../../ui/format.ts';

export type TaskWords = {
  readonly sentence: string;
  readonly place:
    | '/rights'
    | '/data/schemes'
    | '/early-warning'
    | '/administration'
    | '/indicators'
    | '/plan'
    | '/data/import'
    | '/data/codes';
  readonly link: string;
};

/** `A`, `A and B`, `A, B and C`. */
function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

function sentenceLike(names: readonly string[]): string {
  const words = listed(names.map((name) => name.toLowerCase()));
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Day of a day or of a time. */
function dayOf(since: string | null): string {
  return formatDate(since?.slice(0, 10) ?? null);
}

/** What is to be done, in a sentence, and where. */
export function taskWords({ task, count, names, since }: OverviewTask): TaskWords {
  switch (task) {
    case 'approvals':
      return {
        sentence: `${plural(count, 'request waits', 'requests wait')} for you to agree or decline.`,
        place: '/rights',
        link: 'Open the requests',
      };
    case 'schemes':
      return {
        sentence: `${plural(count, 'weighting scheme waits', 'weighting schemes wait')} for your agreement: ${listed(names)}.`,
        place: '/data/schemes',
        link: 'Open the schemes',
      };
    case 'models':
      return {
        sentence: `${plural(count, 'early-warning model waits', 'early-warning models wait')} for a clinician to look at, and to use or leave.`,
        place: '/early-warning',
        link: 'Open the models',
      };
    case 'sign-offs':
      return {
        sentence: `${plural(count, 'action of the plan waits', 'actions of the plan wait')} for a sign-off: ${listed(names)}.`,
        place: '/plan',
        link: 'Open the plan',
      };
    case 'actions':
      return {
        sentence: `${plural(count, 'action of the plan is', 'actions of the plan are')} overdue, the oldest since ${dayOf(since)}: ${listed(names)}.`,
        place: '/plan',
        link: 'Open the plan',
      };
    case 'meetings':
      return {
        sentence: `The next review meeting of the plan was due on ${dayOf(since)}.`,
        place: '/plan',
        link: 'Open the plan',
      };
    case 'backup-failed':
      return {
        sentence: `The backup of ${dayOf(since)} failed. The vault itself is whole.`,
        place: '/administration',
        link: 'Open the backups',
      };
    case 'backup':
      return {
        sentence:
          since === null
            ? 'No backup of this vault has been made, or none is where it was.'
            : `A backup is overdue: the last one was made on ${dayOf(since)}.`,
        place: '/administration',
        link: 'Open the backups',
      };
    case 'retention':
      return {
        sentence: `${sentenceLike(names)}: rows older than their period wait for you to keep or delete.`,
        place: '/rights',
        link: 'Open the review',
      };
    case 'targets':
      return {
        sentence: `${plural(count, 'target is', 'targets are')} due for review since ${dayOf(since)}: ${listed(names)}.`,
        place: '/indicators',
        link: 'Open the indicators',
      };
    case 'data':
      return {
        sentence:
          count === 1
            ? `${sentenceLike(names)} end on ${dayOf(since)}. Import a newer file.`
            : `${sentenceLike(names)} are more than six weeks behind, the oldest since ${dayOf(since)}. Import newer files.`,
        place: '/data/import',
        link: 'Import a file',
      };
    case 'codes':
      return {
        sentence: `${plural(count, 'code has', 'codes have')} no rule, so ${count === 1 ? 'its' : 'their'} rows are not counted.`,
        place: '/data/codes',
        link: 'Open the code lists',
      };
  }
}
