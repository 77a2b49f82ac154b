export { poolBundles } from './pool-bundles.ts';
