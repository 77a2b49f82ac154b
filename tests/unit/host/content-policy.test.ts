import { describe, expect, it } from 'vitest';
import { contentPolicy, responseHeaders, withNonce } from '#shared/host/content-policy.ts';

const nonce = 'q83vEjRWeJCrze8SNFZ4kKvN';

describe('the content policy', () => {
  it('is exactly this', () => {
    expect(contentPolicy(nonce)).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-q83vEjRWeJCrze8SNFZ4kKvN'; " +
        "img-src 'self' data: blob:; font-src 'self'; connect-src 'none'; frame-ancestors 'none'; base-uri 'none'; " +
        "form-action 'none'",
    );
  });

  it.each(['', 'short', "x' 'unsafe-inline", 'aaaaaaaaaaaaaaaa; script-src *', `${nonce}\n`])(
    'refuses a nonce that could end its directive: %j',
    (bad) => {
      expect(() => contentPolicy(bad)).toThrow(RangeError);
    },
  );

  it('goes out with headers that keep the page to itself', () => {
    expect(responseHeaders('text/html; charset=utf-8', nonce)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentPolicy(nonce),
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
  });

  it('fills in every place that asks for the nonce', () => {
    expect(withNonce('<meta content="__TIDEMARK_NONCE__"><style nonce="__TIDEMARK_NONCE__">', 'n')).toBe(
      '<meta content="n"><style nonce="n">',
    );
  });
});
