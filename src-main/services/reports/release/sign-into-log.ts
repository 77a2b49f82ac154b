import { fingerprintOf, type SigningPair } from '#main/crypto/sign.ts';
import { manifestText, type ReportManifest, sha256Hex } from '#main/report/manifest.ts';
import { addReleaseRecord } from '#main/store/release-records.ts';
import { findApproval, setApproval } from '#main/store/rights-records.ts';
import type { WriteTransaction } from '#main/store/vault-store.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { doneEvent, isoTime, type VaultContext } from '../../call-context.ts';
import { ownFingerprints, signingFingerprint, signManifest, withSigningKey } from '../../signing/index.ts';
import type { MadeReport } from '../made-report.ts';
import { type MadeFile, manifestOf } from '../report-files.ts';

type Leaving = {
  readonly made: MadeReport;
  readonly title: string;
  readonly purpose: string;
  /** That somebody agreed to; null where nobody had to. */
  readonly request: number | null;
};

type SignedReport = {
  readonly manifest: ReportManifest;
  /** Of the manifest, as it is written. */
  readonly text: string;
  readonly manifestHash: string;
  /** The text of the file beside the manifest. */
  readonly signature: string;
  /** Fingerprint of the key. */
  readonly signedBy: string;
};

/**
 * Signs what a report holds with the key of the vault, enters it in the log of releases and uses up what was agreed, all in one
 * transaction.
 * @throws ExpectedError FORBIDDEN where what was agreed was used meanwhile
 */
export function signIntoLog(
  context: VaultContext,
  { made, title, purpose, request }: Leaving,
  files: readonly MadeFile[],
): Promise<SignedReport> {
  const { vault } = context;
  const { counts, withheld, body } = made.release;
  return withSigningKey(context, ({ pair, keep }) => {
    const signed = signedWith(pair, context, made, files);
    const { manifest, manifestHash, signedBy } = signed;
    const twoPeople = request === null ? {} : { twoPeople: true };
    const details = { manifest: manifestHash, counts, withheld, signedBy, ...twoPeople };
    vault.store.commit(doneEvent(context, 'release.record', manifest.report.id, details), (transaction) => {
      keep(transaction);
      if (request !== null) spendAgreement(transaction, request);
      const { marking } = made.document;
      const released = { kind: 'report', releasedAt: isoTime(context), releasedBy: vault.user } as const;
      addReleaseRecord(
        transaction,
        { ...released, title, purpose, marking, manifestHash, counts, withheld },
        JSON.stringify(body),
      );
    });
    return signed;
  });
}

/** Signs what the log of releases is not told of: the summary of a case, which is in the custody of the case. */
export async function signOutsideLog(
  context: VaultContext,
  made: MadeReport,
  files: readonly MadeFile[],
): Promise<SignedReport> {
  // The key is made when it is first asked for.
  if (ownFingerprints(context).length === 0) await signingFingerprint(context);
  return withSigningKey(context, ({ pair }) => signedWith(pair, context, made, files));
}

function signedWith(
  pair: SigningPair,
  context: VaultContext,
  made: MadeReport,
  files: readonly MadeFile[],
): SignedReport {
  const { user, store } = context.vault;
  const signedBy = fingerprintOf(pair.publicKey);
  const head = store.auditHead();
  const auditHead = `${head.sequence}:${head.hash}`;
  const manifest = manifestOf(made, files, { builtBy: user, builtAt: isoTime(context), auditHead, signedBy });
  const text = manifestText(manifest);
  return { manifest, text, manifestHash: sha256Hex(text), signature: signManifest(text, pair), signedBy };
}

function spendAgreement(transaction: WriteTransaction, request: number): void {
  if (findApproval(transaction.connection, request)?.state !== 'approved') {
    throw new ExpectedError(
      'FORBIDDEN',
      'What was agreed has been carried out meanwhile.',
      'Nothing more was written. Build it again to ask anew.',
    );
  }
  setApproval(transaction, request, { state: 'done' });
}
