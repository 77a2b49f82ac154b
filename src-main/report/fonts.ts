import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export type FontFile = { readonly name: string; readonly bytes: Uint8Array };

const files = {
  'plex-regular': 'ibm-plex-sans-regular.woff',
  'plex-italic': 'ibm-plex-sans-italic.woff',
  'plex-semibold': 'ibm-plex-sans-semibold.woff',
  'plex-semibold-italic': 'ibm-plex-sans-semibolditalic.woff',
} as const;

/** IBM Plex Sans (SIL Open Font License 1.1), embedded as a subset in every PDF and drawn into pictures of charts. The family name is the one charts ask for. */
export const reportFonts = {
  family: 'IBM Plex Sans',
  faces: {
    normal: 'plex-regular',
    bold: 'plex-semibold',
    italics: 'plex-italic',
    bolditalics: 'plex-semibold-italic',
  },
} as const;

/** The source and the built bundle lie at different depths under the folder that holds `resources`. */
function fontFolder(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'resources', 'fonts', files['plex-regular']))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('The folder of fonts is missing from the installation.');
    folder = parent;
  }
  return join(folder, 'resources', 'fonts');
}

let known: readonly FontFile[] | null = null;

export function readFontFiles(): readonly FontFile[] {
  if (known === null) {
    const folder = fontFolder();
    known = Object.entries(files).map(([name, file]) => ({ name, bytes: readFileSync(join(folder, file)) }));
  }
  return known;
}
