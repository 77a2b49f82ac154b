import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Processes started with this profile, by their command lines; Linux only, as are the checks that need it. */
export function browserProcesses(profileFolder: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => readQuietly(`/proc/${name}/cmdline`).includes(profileFolder))
    .map(Number);
}

/** Local addresses, in the kernel's notation, on which any of the processes listens for TCP. */
export function listeningSockets(processes: readonly number[]): readonly string[] {
  const held = new Set(processes.flatMap(socketsOf));
  return ['tcp', 'tcp6'].flatMap((family) =>
    readQuietly(`/proc/net/${family}`)
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[3] === '0A' && held.has(fields[9] ?? ''))
      .map((fields) => fields[1] ?? ''),
  );
}

function socketsOf(processId: number): readonly string[] {
  try {
    return readdirSync(`/proc/${processId}/fd`).flatMap((descriptor) => {
      const inode = /^socket:\[(\d+)\]$/.exec(readLinkQuietly(`/proc/${processId}/fd/${descriptor}`))?.[1];
      return inode === undefined ? [] : [inode];
    });
  } catch {
    return [];
  }
}

function readQuietly(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function readLinkQuietly(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

/** Files whose bytes hold the marker, as UTF-8 or UTF-16. */
export function filesWith(folder: string, marker: string): readonly string[] {
  const needles = [Buffer.from(marker, 'utf8'), Buffer.from(marker, 'utf16le')];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => {
      const content = Buffer.from(readQuietlyAsBytes(file));
      return needles.some((needle) => content.includes(needle));
    });
}

function readQuietlyAsBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch {
    return new Uint8Array(0);
  }
}
