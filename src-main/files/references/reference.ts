import { studies } from '#shared/domain/extract-kinds/evidence.ts';
import { rowProblem } from '../csv-tokeniser.ts';

/** Columns of a table of references: those of the studies extract. */
export const referenceColumns: readonly string[] = studies.columns.map((column) => column.name);

/** One record of a reference file, by column of the studies extract, and bits of `rowProblem`. */
export type Reference = { readonly fields: Readonly<Record<string, string>>; readonly problem: number };

/** Takes the lines of a file and gives a record whenever one has ended. */
export type ReferenceParser = {
  readonly line: (text: string, sound: boolean) => void;
  /** What has been found since it was last asked. */
  readonly take: () => Reference[];
  /** Ends the file. */
  readonly end: () => void;
};

/** Longest record, in characters; a longer one has no end. */
export const longestRecord = 1024 ** 2;

export function brokenReference(fields: Readonly<Record<string, string>> = {}, problem = 0): Reference {
  return { fields, problem: problem | rowProblem.badRecord };
}

export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

export function yearOf(...texts: readonly (string | undefined)[]): string {
  for (const text of texts) {
    const year = /(?<!\d)(1[5-9]\d\d|20\d\d|2100)(?!\d)/.exec(text ?? '')?.[1];
    if (year !== undefined) return year;
  }
  return '';
}

/** The first DOI in any of these, without what stands before and behind it. */
export function doiOf(...texts: readonly (string | undefined)[]): string {
  for (const text of texts) {
    const doi = /10\.\d{4,9}\/[^\s<>"]+/.exec((text ?? '').slice(0, 5_000))?.[0];
    if (doi !== undefined) return doi.replace(/[.,;)\]}]+$/, '');
  }
  return '';
}

export function listOf(values: readonly string[]): string {
  const found = values
    .map((value) => oneLine(value.replaceAll(';', ',')).replace(/,$/, ''))
    .filter((value) => value !== '');
  return [...new Set(found)].join('; ');
}
