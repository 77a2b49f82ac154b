import { zero } from '#main/crypto/secret-bytes.ts';
import { createHeldSafetyWriter } from '#main/store/import-sides.ts';
import type { LongTransaction, VaultStore } from '#main/store/vault-store.ts';
import { noteWatchedFile } from '#main/store/watched-files.ts';
import type { ReaderChunk, WriterData, WriterMessage } from './protocol.ts';

const nothing = { read: 0, accepted: 0, superseded: 0, rejected: 0, duplicate: 0 };

/** Takes from a file that is held back its safety answers alone, with the note that it waits, in one transaction. */
export class HeldSafety {
  readonly #store: VaultStore;
  readonly #data: WriterData;
  readonly #long: LongTransaction;
  readonly #add: ReturnType<typeof createHeldSafetyWriter>;
  readonly #id: number;

  constructor(store: VaultStore, data: WriterData) {
    const { watched, at } = data.job;
    if (!watched?.hold) throw new Error('a file that is not held back');
    const { code, reason } = watched.hold;
    this.#store = store;
    this.#data = data;
    this.#long = store.begin();
    this.#id = noteWatchedFile(this.#long.transaction, {
      ...watched.content,
      state: 'waiting',
      reasonCode: code,
      reason,
      mappingId: watched.mappingId,
      batchId: null,
      seenAt: at,
    });
    this.#add = createHeldSafetyWriter(this.#long.transaction, this.#id, at);
  }

  /** A cancel comes from the reader, for its flag is also raised when the file breaks off. */
  take(chunk: ReaderChunk): boolean {
    this.#add(chunk.safety);
    return true;
  }

  finish(): WriterMessage {
    const { job } = this.#data;
    const code = job.watched?.hold?.code ?? '';
    this.#long.commit({
      at: job.at,
      user: job.user,
      action: 'watch.hold',
      object: `watched file ${this.#id}`,
      outcome: 'done',
      details: { code, kind: job.kind },
    });
    const outcome = { batch: null, rows: nothing, rejects: [], rejectsByCode: [], warnings: [], notes: [] };
    return { type: 'done', outcome };
  }

  close(): void {
    this.#long.rollback();
    this.#store.close();
    zero(this.#data.dataKey);
  }
}
