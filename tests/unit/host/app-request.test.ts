import { describe, expect, it } from 'vitest';
import { desktopOrigin, isOwnUrl, resolveAppRequest, windowOrigin } from '#shared/host/app-request.ts';
import { startUrl } from '#shared/host/start-url.ts';

describe.each([desktopOrigin, windowOrigin])('requests to %s', (origin) => {
  it.each([
    ['/', ['index.html'], 'text/html; charset=utf-8'],
    ['/?vault=%2Fhome%2F..%2Fdemo', ['index.html'], 'text/html; charset=utf-8'],
    ['/index.html#/data', ['index.html'], 'text/html; charset=utf-8'],
    ['/assets/index-Bx3_k-9a.js', ['assets', 'index-Bx3_k-9a.js'], 'text/javascript; charset=utf-8'],
    ['/assets/index.v2.css', ['assets', 'index.v2.css'], 'text/css; charset=utf-8'],
    ['/assets/inter.woff2', ['assets', 'inter.woff2'], 'font/woff2'],
  ])('serves %s', (path, segments, contentType) => {
    expect(resolveAppRequest(origin + path, 'GET', origin)).toEqual({ allowed: true, path: segments, contentType });
  });

  it.each([
    '/../package.json',
    '/assets/../../secret.js',
    '/%2e%2e/secret.js',
    '/%2E%2E%2Fsecret.js',
    '/..%5csecret.js',
    '/..\\secret.js',
    '/assets\\..\\secret.js',
    '//etc/passwd.js',
    '/./index.html',
    '/.env.js',
    '/assets/',
    '/C:/secret.js',
    '/a.js\u0000.html',
    '/a b.js',
    '/é.js',
  ])('refuses %j', (path) => {
    expect(resolveAppRequest(origin + path, 'GET', origin)).toEqual({ allowed: false, status: 403 });
  });

  it.each(['/data.csv', '/vault.db', '/index', '/constructor', '/a.constructor'])('does not know %s', (path) => {
    expect(resolveAppRequest(origin + path, 'GET', origin)).toEqual({ allowed: false, status: 404 });
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'get', ''])('refuses the method %j', (method) => {
    expect(resolveAppRequest(`${origin}/`, method, origin)).toEqual({ allowed: false, status: 405 });
  });

  it.each(['.evil.example/', '@evil.example/', ':8080/', ''])('takes no look-alike: %j', (tail) => {
    expect(resolveAppRequest(origin + tail, 'GET', origin)).toEqual({ allowed: false, status: 403 });
    expect(isOwnUrl(origin + tail, origin)).toBe(false);
  });

  it.each([
    'https://example.com/',
    'file:///etc/passwd',
    'data:text/html,x',
    'http://tidemark.invalid/',
    'app://other/',
  ])('refuses %s', (url) => {
    expect(resolveAppRequest(url, 'GET', origin)).toEqual({ allowed: false, status: 403 });
  });
});

describe('the start address', () => {
  it('carries the vault and the reason of a lock, and comes apart as it was put together', () => {
    const url = startUrl(windowOrigin, { vault: '/home/a & b/é?#vault', locked: 'idle' });
    const parsed = new URL(url);
    expect(parsed.origin).toBe(windowOrigin);
    expect(Object.fromEntries(parsed.searchParams)).toEqual({ vault: '/home/a & b/é?#vault', locked: 'idle' });
    expect(resolveAppRequest(url, 'GET', windowOrigin)).toMatchObject({ allowed: true, path: ['index.html'] });
  });

  it('is bare when there is nothing to say', () => {
    expect(startUrl(desktopOrigin, { vault: undefined })).toBe('app://tidemark/');
  });
});
