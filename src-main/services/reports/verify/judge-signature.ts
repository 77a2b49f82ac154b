import type { Difference } from '#main/report/compare-manifests.ts';
import { manifestFileName } from '#main/report/manifest.ts';
import type { Verdict } from '#shared/contract/reports.ts';
import { isSignatureOf, readSignature, signatureFileName } from '../../signing/index.ts';
import type { KeptReport } from './kept-report.ts';

/** Whose signature is looked for. */
export type ExpectedKey = {
  /** That whoever asks names; null where they name none. */
  readonly named: string | null;
  /** Of the vault, the one in use first; none where no vault takes part or it never signed. */
  readonly own: readonly string[];
  /** Whether the vault remembers this very manifest as one that it wrote. */
  readonly isKnown: boolean;
};

export type SignatureJudgement = {
  readonly signature: Verdict['signature'];
  readonly differences: readonly Difference[];
};

/** Whether a manifest is as it was signed, and by whom. One without a signature that names no key either is no difference. */
export function judgeSignature(
  { manifest, bytes, signature: text }: Pick<KeptReport, 'manifest' | 'bytes' | 'signature'>,
  expected: ExpectedKey,
): SignatureJudgement {
  const { signedBy } = manifest.run;
  if (text === null) return withoutSignature(signedBy, expected.named);
  const signature = readSignature(text);
  if (signature === null) {
    return judged('changed', null, 'The signature cannot be read: it was changed or damaged.');
  }
  const { fingerprint } = signature;
  if (!isSignatureOf(signature, bytes)) {
    return expected.isKnown
      ? judged(
          'changed',
          fingerprint,
          'The signature was changed: the manifest is the one that this vault wrote, and this is no signature of it.',
        )
      : judged('changed', fingerprint, 'The manifest was changed after it was signed.', manifestFileName);
  }
  if (signedBy !== undefined && signedBy !== fingerprint) {
    return judged(
      'other-key',
      fingerprint,
      `The manifest names ${signedBy} as the key; it is signed by ${fingerprint}.`,
    );
  }
  return byKey(fingerprint, expected);
}

function withoutSignature(signedBy: string | undefined, named: string | null): SignatureJudgement {
  if (signedBy !== undefined) {
    return judged('missing', null, `The signature is missing; the manifest says that it was signed by ${signedBy}.`);
  }
  if (named !== null) return judged('missing', null, `Not signed, and so not by the key that was named, ${named}.`);
  const says = 'Not signed. Reports made before manifests were signed, and pooled ones, are not.';
  return { signature: { state: 'none', fingerprint: null, says }, differences: [] };
}

function byKey(fingerprint: string, { named, own }: ExpectedKey): SignatureJudgement {
  const isOwn = own.includes(fingerprint);
  if (named === null ? isOwn : named === fingerprint) {
    const says = `Signed by ${isOwn ? 'this vault’s key' : 'the key that was named'}, ${fingerprint}.`;
    return { signature: { state: 'valid', fingerprint, says }, differences: [] };
  }
  if (named !== null)
    return judged('other-key', fingerprint, `Signed by ${fingerprint}, not by the key that was named, ${named}.`);
  const ownWords = own[0] === undefined ? 'This vault has signed nothing yet.' : `This vault’s key is ${own[0]}.`;
  return judged('other-key', fingerprint, `Signed by another vault’s key, ${fingerprint}. ${ownWords}`);
}

function judged(
  state: Verdict['signature']['state'],
  fingerprint: string | null,
  says: string,
  where: string = signatureFileName,
): SignatureJudgement {
  return { signature: { state, fingerprint, says }, differences: [{ where, what: says }] };
}
