import { describe, expect, it } from 'vitest';
import { openCommand } from '#main/window/open-file.ts';

const path = '/home/a b/-x & calc $(y)/report.pdf';

describe('the program that opens a file', () => {
  it('is given the path as one word, which no shell reads', () => {
    expect(openCommand('linux', path, 'open')).toMatchObject({ program: 'xdg-open', words: [path] });
    expect(openCommand('linux', path, 'folder').words).toEqual(['/home/a b/-x & calc $(y)']);
    expect(openCommand('darwin', path, 'folder')).toMatchObject({ program: 'open', words: ['-R', path] });
  });

  it('is Explorer on Windows, quoted as it reads its line, whose exit code says nothing', () => {
    const windowsPath = 'C:\\Reports & more\\report.pdf';
    expect(openCommand('win32', windowsPath, 'open')).toEqual({
      ...{ program: 'explorer.exe', words: [`"${windowsPath}"`], tellsFailure: false },
    });
    expect(openCommand('win32', windowsPath, 'folder').words).toEqual([`/select,"${windowsPath}"`]);
  });
});
