export { isSignatureOf, readSignature, signatureFileName, signManifest } from './manifest-signature.ts';
export { ownFingerprints, signingFingerprint, withSigningKey } from './signing-key.ts';
