import { isAbsolute } from 'node:path';

/** The vault named by `--vault=FOLDER` on the command line: an absolute folder, or undefined. */
export function startVault(commandLine: readonly string[]): string | undefined {
  const prefix = '--vault=';
  const folder = commandLine.find((argument) => argument.startsWith(prefix))?.slice(prefix.length);
  return folder !== undefined && folder.length <= 4_096 && isAbsolute(folder) ? folder : undefined;
}
