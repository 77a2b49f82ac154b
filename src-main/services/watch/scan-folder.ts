import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { csvLimits } from '#main/files/limits.ts';

/** What can be told of a file without opening it; another mark is another content. */
export type FileMark = { readonly bytes: number; readonly modifiedMs: number; readonly inode: number };

export type FolderEntry = {
  readonly name: string;
  readonly mark: FileMark;
  /** Why it is not to be opened, or null. */
  readonly problem: { readonly code: string; readonly reason: string } | null;
};

export type FolderScan =
  | { readonly readable: true; readonly entries: readonly FolderEntry[] }
  | { readonly readable: false; readonly code: string; readonly reason: string };

/** Names under which programs write before they rename, and what systems leave in folders. */
const passedOver =
  /^(?:\.|~\$|~wrl|thumbs\.db$|desktop\.ini$)|(?:\.(?:tmp|temp|part|partial|filepart|crdownload|download|opdownload|swp|lock|lck)|~)$/i;

export function isPassedOver(name: string): boolean {
  return passedOver.test(name);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

export function sameMark(a: FileMark, b: FileMark): boolean {
  return a.bytes === b.bytes && a.modifiedMs === b.modifiedMs && a.inode === b.inode;
}

/** The mark of a file as it is now, or null where it is no longer there. */
export async function markOf(path: string): Promise<FileMark | null> {
  try {
    const found = await stat(path);
    return { bytes: found.size, modifiedMs: found.mtimeMs, inode: found.ino };
  } catch {
    return null;
  }
}

function limitProblem(mark: FileMark): FolderEntry['problem'] {
  if (mark.bytes <= csvLimits.fileBytes) return null;
  return {
    code: 'TOO_LARGE',
    reason: `The file is larger than ${csvLimits.fileBytes / 1024 ** 3} GiB. Split it, for example by year.`,
  };
}

async function entryOf(folder: string, root: string, name: string): Promise<FolderEntry | null> {
  const path = join(folder, name);
  const own = await lstat(path).catch(() => null);
  if (own?.isFile()) {
    const mark = { bytes: own.size, modifiedMs: own.mtimeMs, inode: own.ino };
    return { name, mark, problem: limitProblem(mark) };
  }
  if (!own?.isSymbolicLink()) return null;
  const mark = { bytes: own.size, modifiedMs: own.mtimeMs, inode: own.ino };
  const target = await realpath(path).catch(() => null);
  if (target === null || !target.startsWith(root.endsWith(sep) ? root : root + sep)) {
    return {
      name,
      mark,
      problem: {
        code: 'LINK_OUTSIDE',
        reason: 'This is a link to something outside the folder, which is not followed. Put the file itself there.',
      },
    };
  }
  const found = await stat(target).catch(() => null);
  if (!found?.isFile()) return null;
  const linked = { bytes: found.size, modifiedMs: found.mtimeMs, inode: found.ino };
  return { name, mark: linked, problem: limitProblem(linked) };
}

/** The files of a folder that may be extracts, by name. Subfolders, hidden and temporary files are passed over. */
export async function scanFolder(folder: string): Promise<FolderScan> {
  try {
    const root = await realpath(folder);
    const names = (await readdir(folder)).filter((name) => !isPassedOver(name)).sort();
    const entries: FolderEntry[] = [];
    for (const name of names) {
      const entry = await entryOf(folder, root, name);
      if (entry) entries.push(entry);
    }
    return { readable: true, entries };
  } catch (error) {
    const code = codeOf(error);
    return code === 'ENOENT' || code === 'ENOTDIR'
      ? {
          readable: false,
          code: 'FOLDER_MISSING',
          reason: 'The folder is not there. It is looked for until it returns.',
        }
      : {
          readable: false,
          code: 'FOLDER_UNREADABLE',
          reason:
            'The folder cannot be read. It is tried again; check that you may open it and that its drive is there.',
        };
  }
}
