import { describe, expect, it } from 'vitest';
import { permissionAllowed, requestAllowed, senderTrusted } from '#main/shell/guards.ts';
import { startVault } from '#main/shell/start-arguments.ts';

describe('permissions', () => {
  it.each([
    'clipboard-read',
    'media',
    'geolocation',
    'notifications',
    'midi',
    'midiSysex',
    'pointerLock',
    'fullscreen',
    'openExternal',
    'display-capture',
    'fileSystem',
    'hid',
    'serial',
    'usb',
    'idle-detection',
    'unknown',
  ])('denies %s', (permission) => {
    expect(permissionAllowed(permission, 'app://tidemark/', true)).toBe(false);
  });

  it('lets only the app’s own main frame write to the clipboard', () => {
    const write = 'clipboard-sanitized-write';
    expect(permissionAllowed(write, 'app://tidemark/index.html', true)).toBe(true);
    expect(permissionAllowed(write, 'app://tidemark/', false)).toBe(false);
    expect(permissionAllowed(write, 'https://example.com/', true)).toBe(false);
    expect(permissionAllowed(write, 'app://tidemark.example/', true)).toBe(false);
  });
});

describe('requests', () => {
  it.each(['app://tidemark/', 'app://tidemark/assets/a.js', 'blob:app://tidemark/0-1', 'data:image/png;base64,AA'])(
    'lets %s through',
    (url) => {
      expect(requestAllowed(url, false)).toBe(true);
    },
  );

  it.each([
    'https://example.com/',
    'http://localhost:5173/',
    'file:///etc/passwd',
    'app://other/',
    'app://tidemark.example/',
    'blob:https://example.com/0-1',
    'data:text/html,<script>1</script>',
    'ws://127.0.0.1/',
    'devtools://devtools/bundled/inspector.html',
    'chrome://settings/',
  ])('cancels %s', (url) => {
    expect(requestAllowed(url, false)).toBe(false);
  });

  it('lets the developer tools load in development', () => {
    expect(requestAllowed('devtools://devtools/bundled/inspector.html', true)).toBe(true);
    expect(requestAllowed('https://example.com/', true)).toBe(false);
  });
});

describe('senders', () => {
  it.each([
    [{ url: 'app://tidemark/', isMainFrame: true }, true],
    [{ url: 'app://tidemark/?locked=idle#/data', isMainFrame: true }, true],
    [{ url: 'app://tidemark/', isMainFrame: false }, false],
    [{ url: 'app://tidemark.example/', isMainFrame: true }, false],
    [{ url: 'https://example.com/app://tidemark/', isMainFrame: true }, false],
    [{ url: '', isMainFrame: true }, false],
    [null, false],
  ])('%j is trusted: %s', (sender, trusted) => {
    expect(senderTrusted(sender)).toBe(trusted);
  });
});

describe('the vault on the command line', () => {
  it('is an absolute folder or nothing', () => {
    expect(startVault(['electron', '.', '--vault=/data/demo vault'])).toBe('/data/demo vault');
    expect(startVault(['electron', '.', '--vault=demo'])).toBeUndefined();
    expect(startVault(['electron', '.', `--vault=/${'x'.repeat(4_096)}`])).toBeUndefined();
    expect(startVault(['electron', '.'])).toBeUndefined();
  });
});
