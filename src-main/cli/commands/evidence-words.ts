import type { ReviewReference } from '#shared/contract/review-shapes.ts';
import type { ReviewFlow } from '#shared/domain/review-flow.ts';
import { type Arguments, usageError, word } from '../arguments.ts';
import type { Answer } from '../output.ts';

export type Run = (args: Arguments, folder: string) => Promise<Answer>;

export function reviewOf(args: Arguments): string {
  return word(args, 2, 'the name of the review');
}

/** The value of an option that is one of a list. */
export function oneOf<Value extends string>(args: Arguments, option: string, values: readonly Value[]): Value {
  const given = args.text(option);
  const found = values.find((value) => value === given);
  if (found === undefined) throw usageError(`evidence needs --${option}: ${values.join(', ')}.`);
  return found;
}

export function needed(args: Arguments, option: string): string {
  const given = args.text(option);
  if (given === undefined) throw usageError(`evidence needs --${option} for this.`);
  return given;
}

export function titleOf({ record, authors, year, title }: ReviewReference): string {
  const [first = ''] = authors.split(';');
  return `${record}  ${first}${year === null ? '' : ` ${year}`}. ${title}`;
}

/** The flow of a review, a line for each of its boxes. */
export function flowLines({ identified, removed, screened, sought, assessed, included }: ReviewFlow): string[] {
  return [
    `Identified ${identified.records}: ${identified.databases} in databases, ${identified.registers} in registers, ${identified.others} elsewhere.`,
    `Removed before screening: ${removed.duplicates} duplicates, ${removed.unreadable} without a title.`,
    `Screened ${screened.records}: ${screened.excluded} excluded, ${screened.kept} kept, ${screened.waiting} waiting, ${screened.conflicts} to settle.`,
    `Sought ${sought.reports} reports: ${sought.notRetrieved} not to be had, ${sought.retrieved} here, ${sought.waiting} waiting.`,
    `Assessed ${assessed.reports} reports: ${assessed.excluded} excluded, ${assessed.included} included, ${assessed.waiting} waiting, ${assessed.conflicts} to settle.`,
    ...assessed.byReason.map(({ words, reports }) => `  ${reports}: ${words}`),
    `Included ${included.studies} studies in ${included.reports} reports.`,
  ];
}
