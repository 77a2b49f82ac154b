import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const prefix = 'tidemark-window-';
const removal = { recursive: true, force: true, maxRetries: 10, retryDelay: 100 } as const;

/** Content settings of Chromium: 2 blocks. Clipboard writes after a click need no setting. */
const blockedContent = [
  'automatic_downloads',
  'background_sync',
  'bluetooth_guard',
  'clipboard',
  'file_system_write_guard',
  'geolocation',
  'hid_guard',
  'idle_detection',
  'local_fonts',
  'media_stream_camera',
  'media_stream_mic',
  'midi_sysex',
  'notifications',
  'popups',
  'sensors',
  'serial_guard',
  'usb_guard',
  'window_placement',
];

/** What a fresh profile starts with: nothing remembered, offered, checked or fetched. */
export const profilePreferences = {
  alternate_error_pages: { enabled: false },
  autofill: { profile_enabled: false, credit_card_enabled: false },
  browser: { enable_spellchecking: false, has_seen_welcome_page: true },
  credentials_enable_service: false,
  download_restrictions: 3,
  history: { saving_disabled: true },
  net: { network_prediction_options: 2 },
  profile: {
    password_manager_enabled: false,
    default_content_setting_values: Object.fromEntries(blockedContent.map((name) => [name, 2])),
  },
  safebrowsing: { enabled: false },
  search: { suggest_enabled: false },
  spellcheck: { use_spelling_service: false },
  translate: { enabled: false },
} as const;

/**
 * Makes a browser profile in a folder of its own that only this user can read, outside any vault.
 * @returns the folder's absolute path.
 */
export function createProfile(parent: string = tmpdir()): string {
  const folder = mkdtempSync(join(parent, `${prefix}${process.pid}-`));
  chmodSync(folder, 0o700);
  const inner = join(folder, 'Default');
  mkdirSync(inner, { mode: 0o700 });
  writeFileSync(join(inner, 'Preferences'), JSON.stringify(profilePreferences), { mode: 0o600 });
  // Session restore writes what is typed into pages. A file where its folder should be leaves it nowhere to write.
  for (const name of ['Sessions', 'Sessions_Encrypted']) {
    writeFileSync(join(inner, name), '', { mode: 0o400 });
  }
  return folder;
}

/** Removes a profile at once, for the last moment of a process. */
export function removeProfileNow(folder: string): void {
  rmSync(folder, removal);
}

/**
 * Removes a profile whose browser has been told to end. Its last processes may still be writing, so this goes on until
 * the folder stays away, for five seconds at most.
 */
export async function removeProfile(folder: string): Promise<void> {
  for (let attempt = 0; attempt < 25; attempt += 1) {
    rmSync(folder, removal);
    await setTimeout(200);
    if (!existsSync(folder)) {
      return;
    }
  }
}

/** Removes profiles left by hosts that were killed: those of this user whose process is gone. */
export function removeStaleProfiles(parent: string = tmpdir()): void {
  for (const name of readdirSync(parent)) {
    const owner = new RegExp(`^${prefix}(\\d+)-[A-Za-z0-9]+$`).exec(name)?.[1];
    if (owner !== undefined && !isRunning(Number(owner)) && isOwnFolder(join(parent, name))) {
      rmSync(join(parent, name), removal);
    }
  }
}

function isOwnFolder(path: string): boolean {
  try {
    const entry = lstatSync(path);
    return entry.isDirectory() && (process.getuid === undefined || entry.uid === process.getuid());
  } catch {
    return false;
  }
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
