import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createProfile, removeProfile, removeStaleProfiles } from '#main/window/profile.ts';

let parent: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'tidemark-profiles-'));
});
afterEach(() => {
  rmSync(parent, { recursive: true, force: true });
});

function endedProcess(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}

describe('the browser’s profile', () => {
  it('is private and remembers nothing', () => {
    const folder = createProfile(parent);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const preferences = JSON.parse(readFileSync(join(folder, 'Default', 'Preferences'), 'utf8'));
    expect(preferences).toMatchObject({
      credentials_enable_service: false,
      history: { saving_disabled: true },
      profile: {
        password_manager_enabled: false,
        default_content_setting_values: { geolocation: 2, media_stream_mic: 2, notifications: 2, popups: 2 },
      },
    });
    expect(statSync(join(folder, 'Default', 'Sessions')).isFile()).toBe(true);
  });

  it('is new each time', () => {
    expect(createProfile(parent)).not.toBe(createProfile(parent));
  });

  it('goes wholly', async () => {
    const folder = createProfile(parent);
    await removeProfile(folder);
    expect(existsSync(folder)).toBe(false);
  });
});

describe('profiles left behind', () => {
  it('go when their process has gone, and only then', () => {
    const stale = join(parent, `tidemark-window-${endedProcess()}-AbCdEf`);
    mkdirSync(join(stale, 'Default'), { recursive: true });
    const live = createProfile(parent);
    const other = join(parent, 'tidemark-window-notes');
    mkdirSync(other);
    removeStaleProfiles(parent);
    expect([stale, live, other].map((folder) => existsSync(folder))).toEqual([false, true, true]);
  });

  it('are never followed through a link', () => {
    const precious = join(parent, 'precious');
    mkdirSync(precious);
    const link = join(parent, `tidemark-window-${endedProcess()}-AbCdEf`);
    symlinkSync(precious, link);
    removeStaleProfiles(parent);
    expect([precious, link].map((path) => existsSync(path))).toEqual([true, true]);
  });
});
