export { poolBundles } from './pool-bundles.ts';
export { prepareRelease, releaseBundle } from './release-bundle.ts';
export { listReleases, releaseRequests, withdrawRelease } from './release-log.ts';
export { verifyPooled } from './verify-pooled.ts';
