import { homedir } from 'node:os';
import { join, posix, win32 } from 'node:path';

/**
 * Where this system keeps a program's settings: the same folder as the desktop's, so both know the same recent vaults.
 * @returns an absolute path; the folder may not exist yet.
 */
export function settingsFolder(
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
  home: string = homedir(),
): string {
  if (platform === 'win32') {
    const roaming = environment.APPDATA;
    return win32.join(
      roaming && win32.isAbsolute(roaming) ? roaming : win32.join(home, 'AppData', 'Roaming'),
      'Tidemark',
    );
  }
  if (platform === 'darwin') {
    return posix.join(home, 'Library', 'Application Support', 'Tidemark');
  }
  const configuration = environment.XDG_CONFIG_HOME;
  return posix.join(
    configuration && posix.isAbsolute(configuration) ? configuration : join(home, '.config'),
    'Tidemark',
  );
}
