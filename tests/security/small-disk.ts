import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

/** A small disk of memory at a folder that is not there yet. */
export function smallDisk(disk: string) {
  const mount = (...options: string[]): void => {
    execFileSync('/bin/mount', [...options, disk], { stdio: 'ignore' });
  };
  /** Whether this machine lets a test make one: Linux, as root, outside narrow sandboxes. */
  const mayMount = (): boolean => {
    mkdirSync(disk);
    try {
      mount('-t', 'tmpfs', '-o', 'size=1m', 'tmpfs');
      execFileSync('/bin/umount', [disk]);
      return true;
    } catch {
      return false;
    }
  };
  return { mount, possible: process.platform === 'linux' && mayMount() };
}
