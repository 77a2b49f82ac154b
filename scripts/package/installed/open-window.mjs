// The app of an installation: its pages in the system's own Edge, Chrome or Chromium, driven over a pipe.
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runWindow } from '../out/main/window-host.js';

const say = (line) => process.stderr.write(`${line}\n`);

try {
  const { values } = parseArgs({ options: { vault: { type: 'string' } } });
  process.exitCode = await runWindow({
    rendererFolder: fileURLToPath(new URL('../out/renderer', import.meta.url)),
    vault: values.vault === undefined ? null : resolve(values.vault),
    say,
  });
} catch (error) {
  if (error?.code === undefined || !String(error.code).startsWith('ERR_PARSE_ARGS')) throw error;
  say(`${error.message}\nUse: open-tidemark [--vault FOLDER]`);
  process.exitCode = 2;
}
