import type { Dialect, Take } from '#shared/contract/import-preview.ts';
import type { OutputOf } from '#shared/contract/index.ts';
import type { Mapping } from '#shared/contract/mapping.ts';
import type { TaskFailure } from '../task-failure.ts';

export type RowsQuestion = {
  readonly ask: 'rows';
  readonly file: string;
  readonly dialect: Dialect;
  readonly take: Take;
};
export type UnderstoodQuestion = {
  readonly ask: 'understood';
  readonly file: string;
  readonly mapping: Mapping;
  readonly take: Take;
  /** Year of today, by which years of two digits are told. */
  readonly thisYear: number;
};
export type ValuesQuestion = {
  readonly ask: 'values';
  readonly file: string;
  readonly mapping: Mapping;
  readonly column: string;
};
export type PreviewQuestion = RowsQuestion | UnderstoodQuestion | ValuesQuestion;
export type PreviewRequest = PreviewQuestion & { readonly id: number };

export type PreviewAnswer = OutputOf<'imports.rows'> | OutputOf<'imports.understood'> | OutputOf<'imports.values'>;
export type PreviewReply =
  | { readonly id: number; readonly bytesRead: number; readonly bytesTotal: number }
  | { readonly id: number; readonly answer: PreviewAnswer }
  | { readonly id: number; readonly failure: TaskFailure };
export type PreviewMessage = PreviewRequest | { readonly cancel: number } | 'close';
