import { createHmac, createSecretKey } from 'node:crypto';
import { encodeCrockford } from './crockford.ts';
import { deriveKey } from './wrap.ts';

/**
 * Pseudonym of a reference: HMAC-SHA-256 under the vault's pseudonym key, the first 60 bits in Crockford base 32. The same
 * reference always gives the same pseudonym inside a vault, never across vaults. Among 50,000 people the chance that any two
 * share one is about 1 in 10⁹.
 */
export function createPseudonymiser(key: Uint8Array): (reference: Uint8Array) => string {
  // A key object is made ready once; raw bytes would be for every reference.
  const secret = createSecretKey(key);
  return (reference) => {
    const mac = createHmac('sha256', secret).update(reference).digest();
    const text = encodeCrockford(mac.subarray(0, 8)).slice(0, 12);
    return `${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8)}`;
  };
}

/**
 * Keyed hash of a token that must not be joined to a person: as a pseudonym, under a key of its own for each domain, so that
 * the same text in two domains gives two tokens.
 */
export function createTokeniser(key: Uint8Array): (domain: string, text: string) => string {
  const makers = new Map<string, (reference: Uint8Array) => string>();
  return (domain, text) => {
    let make = makers.get(domain);
    if (!make) {
      make = createPseudonymiser(deriveKey(key, `tidemark token ${domain}`));
      makers.set(domain, make);
    }
    return make(Buffer.from(text, 'utf8'));
  };
}
