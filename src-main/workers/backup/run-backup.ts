import type { Unpacked } from '#main/store/unpack-backup.ts';
import type { BackupMade } from '#main/store/write-backup.ts';
import type { Progress } from '#shared/contract/index.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { errorOf, type TaskFailure } from '../task-failure.ts';
import { keyForThread, startTask } from '../task-worker.ts';
import type { BackupTaskMessage, UnpackJob, WriteJob } from './protocol.ts';

export type BackupWatch = { readonly progress: (progress: Progress) => void; readonly signal: AbortSignal };

export type RunningBackup = {
  /** Settles once the store's file stands still, or once the work has failed. */
  readonly held: Promise<void>;
  readonly made: Promise<BackupMade>;
};

type Ended = { readonly made: BackupMade | null; readonly unpacked: Unpacked | null };

/** Runs one task to its end, so that its thread holds neither file nor key when the answer is there. */
function run(job: WriteJob | UnpackJob, key: Uint8Array, watch: BackupWatch, held: () => void): Promise<Ended> {
  if (watch.signal.aborted) return Promise.reject(cancelled(job));
  const dataKey = keyForThread(key);
  const thread = startTask('backup', { job, dataKey }, [dataKey.buffer]);
  const stop = (): void => void thread.terminate();
  watch.signal.addEventListener('abort', stop);
  return new Promise<Ended>((resolve, reject) => {
    let ended: Ended = { made: null, unpacked: null };
    let failure: Error | null = null;
    thread.on('message', (message: BackupTaskMessage | TaskFailure) => {
      if (message.type === 'progress') {
        const { stage, done, total } = message;
        watch.progress({ stage, done, total, unit: 'bytes' });
      } else if (message.type === 'held') held();
      else if (message.type === 'written') ended = { ...ended, made: message.made };
      else if (message.type === 'unpacked') ended = { ...ended, unpacked: message.unpacked };
      else failure = errorOf(message);
    });
    thread.on('error', (error) => {
      failure = error;
    });
    thread.on('exit', () => {
      if (ended.made || ended.unpacked) resolve(ended);
      else if (watch.signal.aborted) reject(cancelled(job));
      else reject(failure ?? new Error('the thread of a backup ended early'));
    });
  }).finally(() => watch.signal.removeEventListener('abort', stop));
}

function cancelled(job: WriteJob | UnpackJob): ExpectedError {
  return job.kind === 'write'
    ? new ExpectedError('CANCELLED', 'The backup was cancelled.', 'No file was left behind; the vault is unchanged.')
    : new ExpectedError('CANCELLED', 'Restoring was cancelled.', 'What was restored so far was taken away again.');
}

/** Copies the store on a thread of its own, so that whatever else is asked meanwhile is answered. */
export function startBackup(job: WriteJob, key: Uint8Array, watch: BackupWatch): RunningBackup {
  let tell: () => void = () => undefined;
  const stands = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const made = run(job, key, watch, tell).then((ended) => {
    if (!ended.made) throw new Error('a backup ended without a file');
    return ended.made;
  });
  const ended = made.then(
    () => undefined,
    () => undefined,
  );
  return { held: Promise.race([stands, ended]), made };
}

export async function runUnpack(job: UnpackJob, key: Uint8Array, watch: BackupWatch): Promise<Unpacked> {
  const { unpacked } = await run(job, key, watch, () => undefined);
  if (!unpacked) throw new Error('a restore ended without a vault');
  return unpacked;
}
