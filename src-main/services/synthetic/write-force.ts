import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { ExpectedError } from '#shared/domain/result.ts';
import { type Chunk, type ExtractName, extractChunks, extractNames } from './extract-chunks.ts';
import { generateForce } from './force.ts';
import type { ForceOptions } from './options.ts';
import type { SyntheticPilots } from './pilots/synthetic-pilots.ts';
import { type ForceTruth, readmeOf } from './truth.ts';

export type ExtractFile = {
  readonly kind: ExtractName;
  /** Full path. */
  readonly path: string;
  /** Data rows, the header not counted. */
  readonly rows: number;
  readonly sha256: string;
};

export type WriteOptions = Partial<ForceOptions> & {
  /** The extracts to write; all of them when left out. */
  readonly kinds?: readonly ExtractName[];
};

/** The plan of a pilot, as JSON that `pilots.save` takes. */
export type PlanFile = { readonly pilot: string; readonly path: string };

export type WrittenForce = {
  readonly files: readonly ExtractFile[];
  /** Of the pilots that are in the extracts; none where their enrolments were not asked for. */
  readonly plans: readonly PlanFile[];
  readonly truth: ForceTruth;
};

export type ForceProgress = {
  readonly kind: ExtractFile['kind'];
  readonly rows: number;
  /** Share of all the work, 0–1. */
  readonly share: number;
};

function writeFailure(cause: unknown): ExpectedError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  const kept = 'Files begun were removed; nothing else was touched.';
  if (code === 'EEXIST') {
    return new ExpectedError(
      'BAD_INPUT',
      'The folder already holds an extract of that name, which is never overwritten.',
      `${kept} Choose an empty or new folder.`,
    );
  }
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new ExpectedError('DISK_FULL', 'The disk is full.', `${kept} Make room and try again.`);
  }
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') {
    return new ExpectedError('READ_ONLY', 'The folder cannot be written to.', `${kept} Choose another folder.`);
  }
  return new ExpectedError('BAD_INPUT', 'The folder cannot be used.', `${kept} Choose another folder.`);
}

class FolderWriter {
  readonly #folder: string;
  readonly #begun: string[] = [];

  constructor(folder: string) {
    this.#folder = folder;
  }

  async #create(name: string): Promise<{ readonly file: FileHandle; readonly filePath: string }> {
    const filePath = path.join(this.#folder, name);
    const file = await open(filePath, 'wx');
    this.#begun.push(filePath);
    return { file, filePath };
  }

  async writeText(name: string, text: string): Promise<void> {
    const { file } = await this.#create(name);
    try {
      await file.writeFile(text);
    } finally {
      await file.close();
    }
  }

  /** A folder in it, which goes too where the run fails, unless it was there before. */
  async makeFolder(name: string): Promise<void> {
    const made = await mkdir(path.join(this.#folder, name), { recursive: true });
    if (made !== undefined) this.#begun.push(made);
  }

  async writeExtract(
    kind: ExtractFile['kind'],
    chunks: Iterable<Chunk>,
    onChunk: (rows: number, done: number) => void,
  ): Promise<ExtractFile> {
    const { file, filePath } = await this.#create(`${kind}.csv`);
    const hash = createHash('sha256');
    let rows = 0;
    try {
      for (const chunk of chunks) {
        const bytes = Buffer.from(chunk.text);
        hash.update(bytes);
        await file.writeFile(bytes);
        rows += chunk.rows;
        onChunk(rows, chunk.done);
      }
    } finally {
      await file.close();
    }
    return { kind, path: filePath, rows, sha256: hash.digest('hex') };
  }

  async removeBegun(): Promise<void> {
    for (const filePath of this.#begun.toReversed()) await rm(filePath, { force: true, recursive: true });
  }
}

async function writePlans(writer: FolderWriter, folder: string, { made }: SyntheticPilots): Promise<PlanFile[]> {
  if (made.length > 0) await writer.makeFolder('pilots');
  const plans: PlanFile[] = [];
  for (const { plan } of made) {
    const name = path.join('pilots', `${plan.pilot.toLowerCase().replaceAll(' ', '-')}.json`);
    await writer.writeText(name, `${JSON.stringify(plan, null, 2)}\n`);
    plans.push({ pilot: plan.pilot, path: path.join(folder, name) });
  }
  return plans;
}

/**
 * Writes a synthetic force as the extracts that a force would hand over, `people.csv`, `exposures.csv` and so on, with
 * `truth.json`, `README.txt` and the plans of its pilots. The folder is made where it is not there; a file of one of these names is never overwritten,
 * and a run that fails or is cancelled removes what it began.
 * @param onProgress called once per quarter of a megabyte.
 * @throws ExpectedError BAD_INPUT, DISK_FULL, READ_ONLY, CANCELLED.
 */
export async function writeForce(
  folder: string,
  { kinds = extractNames, ...options }: WriteOptions = {},
  onProgress: (progress: ForceProgress) => void = () => {},
  signal?: AbortSignal,
): Promise<WrittenForce> {
  const force = generateForce(options);
  const writer = new FolderWriter(folder);
  const files: ExtractFile[] = [];
  try {
    await mkdir(folder, { recursive: true });
    const asked = extractNames.filter((name) => kinds.includes(name));
    const whole = asked.reduce((sum, name) => sum + extractChunks[name].share, 0);
    let before = 0;
    for (const kind of asked) {
      const share = extractChunks[kind].share / whole;
      const written = await writer.writeExtract(kind, extractChunks[kind].chunks(force), (rows, done) => {
        if (signal?.aborted) {
          throw new ExpectedError(
            'CANCELLED',
            'Writing the synthetic force was cancelled.',
            'The files begun were removed.',
          );
        }
        onProgress({ kind, rows, share: before + share * done });
      });
      files.push(written);
      before += share;
    }
    const truth = force.truth();
    const listed = files.map(({ kind, rows, sha256 }) => ({ kind, path: `${kind}.csv`, rows, sha256 }));
    await writer.writeText('truth.json', `${JSON.stringify({ ...truth, files: listed }, null, 2)}\n`);
    await writer.writeText('README.txt', readmeOf(force.options));
    const plans = asked.includes('pilot_enrolments') ? await writePlans(writer, folder, force.pilots()) : [];
    return { files, plans, truth };
  } catch (cause) {
    await writer.removeBegun();
    if (cause instanceof ExpectedError) throw cause;
    if (cause instanceof Error && 'code' in cause) throw writeFailure(cause);
    throw cause;
  }
}
