import { shell } from 'electron';
import type { Opener } from '#main/engine/written-files.ts';

/** By the system’s own program for it, or in its folder. Which files may be opened at all is decided before. */
export const openFile: Opener = async (path, how) => {
  if (how === 'folder') {
    shell.showItemInFolder(path);
    return true;
  }
  return (await shell.openPath(path)) === '';
};
