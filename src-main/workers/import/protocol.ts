import type { MessagePort } from 'node:worker_threads';
import type { UndoCounts } from '#main/store/undo-batch.ts';
import type { WatchedContent } from '#main/store/watched-files.ts';
import type { Reject, RowCounts } from '#shared/contract/imports.ts';
import type { Mapping } from '#shared/contract/mapping.ts';
import type { KnownCodes, NewCode, NewPerson } from './code-book.ts';

/** What one import does, the same for the thread that reads and the thread that writes. */
export type ImportJob = {
  readonly folder: string;
  readonly file: string;
  readonly fileName: string;
  readonly kind: string;
  readonly mapping: Mapping;
  readonly dryRun: boolean;
  /** True: rows go to the store while the file is still being read. False: they are all sorted first. */
  readonly streaming: boolean;
  readonly user: string;
  readonly at: string;
  /** True where the answer should carry every reject of a dry run, not only the first 1,000. */
  readonly allRejects: boolean;
  /** Sorted rows kept in memory before further ones go to the staging file. */
  readonly memoryForRunsBytes: number;
  /** True where a batch in the vault came from this very file: it confirms nothing and seals nothing anew. */
  readonly sameFile: boolean;
  /** Set for a file of the watched folder. */
  readonly watched: WatchedImport | null;
};

/** What an import of a watched file does beside, in the transaction of its batch: no file is loaded without a note of it. */
export type WatchedImport = {
  /** Content that was checked: a file that turns out to hold something else is not loaded. */
  readonly content: WatchedContent;
  readonly mappingId: number | null;
  /** Whether the safety answers were taken, by this mapping, while the file was held back. */
  readonly safetyIsHeld: boolean;
  /** Why it is held back: then nothing of it is loaded but its safety answers. Null: it is loaded. */
  readonly hold: { readonly code: string; readonly reason: string } | null;
};

export type ReaderData = {
  readonly job: ImportJob;
  readonly known: KnownCodes;
  readonly pseudonymKey: Uint8Array;
  readonly clinicPublicKey: Uint8Array;
  readonly toWriter: MessagePort;
  /** [0] becomes 1 when the import is cancelled. */
  readonly cancelFlag: Int32Array<SharedArrayBuffer>;
};

export type WriterData = {
  readonly job: ImportJob;
  readonly dataKey: Uint8Array;
  readonly fromReader: MessagePort;
  readonly cancelFlag: Int32Array<SharedArrayBuffer>;
};

/** `part` tells several records of one row apart; the person is null where nobody who serves answered. */
export type SealedRow = {
  readonly person: number | null;
  readonly row: number;
  readonly part: number;
  readonly box: Uint8Array;
};
export type SafetyBox = {
  readonly row: number;
  readonly part: number;
  readonly day: number | null;
  readonly box: Uint8Array;
};
export type RejectEntry = readonly [row: number, column: string, code: string];
/** Something to know about a row that was kept. */
export type NoteEntry = RejectEntry;

/** What the reader hands over: a chunk of sorted rows and what belongs beside them. */
export type ReaderChunk = {
  readonly type: 'chunk';
  readonly count: number;
  readonly numbers: Float64Array;
  readonly text: Uint8Array;
  readonly codes: readonly NewCode[];
  readonly persons: readonly NewPerson[];
  readonly identities: readonly SealedRow[];
  readonly answers: readonly SealedRow[];
  readonly safety: readonly SafetyBox[];
  readonly rejects: readonly RejectEntry[];
  readonly notes: readonly NoteEntry[];
  readonly sealedRejects: readonly Uint8Array[];
  readonly bytesRead: number;
  readonly bytesTotal: number;
  readonly rowsRead: number;
};

export type ReaderEnd = {
  readonly type: 'end';
  readonly read: number;
  readonly rejected: number;
  readonly fileHash: string;
  readonly fileBytes: number;
  readonly warnings: readonly (readonly [code: string, count: number])[];
};

/** `cancelled`: somebody stopped the import; else the file cannot be read further. */
export type ReaderFailure = { readonly type: 'failed'; readonly cancelled: boolean };

export type ReaderMessage = ReaderChunk | ReaderEnd | ReaderFailure;

/** What the writer reports to the coordinator. */
export type WriterMessage =
  | {
      readonly type: 'progress';
      readonly stage: string;
      readonly done: number;
      readonly total: number | null;
      readonly unit: 'rows' | 'bytes';
    }
  | { readonly type: 'restart' }
  | { readonly type: 'done'; readonly outcome: WriterOutcome };

export type WriterOutcome = {
  readonly batch: number | null;
  readonly rows: RowCounts;
  readonly rejects: readonly Reject[];
  readonly rejectsByCode: readonly {
    readonly column: string;
    readonly code: string;
    readonly count: number;
    readonly message: string;
  }[];
  readonly warnings: readonly { readonly code: string; readonly message: string; readonly count: number }[];
  /** Where the warnings are, in file order; of each code the first 1,000. */
  readonly notes: readonly Reject[];
};

export type UndoJob = {
  readonly folder: string;
  readonly batch: number;
  readonly kind: string;
  readonly firstDay: number | null;
  readonly lastDay: number | null;
  readonly user: string;
  readonly at: string;
};

export type UndoData = { readonly job: UndoJob; readonly dataKey: Uint8Array };

export type UndoMessage =
  | { readonly type: 'progress'; readonly stage: string }
  | { readonly type: 'done'; readonly counts: UndoCounts };
