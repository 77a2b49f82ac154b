import { fail, ok, type Result } from '#shared/domain/result.ts';

const shortest = 15;
const longest = 128;

let blocked: ReadonlySet<string> | null = null;

/** Some 49,000 passwords that attackers try first; read only when somebody chooses a passphrase. */
async function blockedPassphrases(): Promise<ReadonlySet<string>> {
  if (!blocked) {
    const { dictionary } = await import('@zxcvbn-ts/language-common');
    blocked = new Set(dictionary['passwords-common'] ?? []);
  }
  return blocked;
}

/** True for one unit written several times over, such as `passwordpassword` or `aaaaaaaaaaaaaaa`. */
function repeatsItsStart(text: string): boolean {
  for (let length = 1; length <= text.length / 2; length += 1) {
    if (text.length % length === 0 && text === text.slice(0, length).repeat(text.length / length)) return true;
  }
  return false;
}

/**
 * ASVS 5.0 V6.2: at least 15 characters, at most 128, no composition rules, no expiry, and not among commonly used
 * passwords. The text is judged and used exactly as typed.
 */
export async function checkPassphrase(passphrase: string): Promise<Result<null>> {
  const length = [...passphrase].length;
  const hint = 'Nothing was changed. Four or five words that have nothing to do with each other are easy to remember.';
  if (length < shortest) {
    return fail('WEAK_PASSPHRASE', `The passphrase has ${length} characters; it needs at least ${shortest}.`, hint);
  }
  if (length > longest) {
    return fail('WEAK_PASSPHRASE', `The passphrase has ${length} characters; at most ${longest} are accepted.`, hint);
  }
  const lowered = passphrase.toLowerCase();
  if ((await blockedPassphrases()).has(lowered) || repeatsItsStart(lowered)) {
    return fail('WEAK_PASSPHRASE', 'That passphrase is among those that attackers try first.', hint);
  }
  return ok(null);
}
