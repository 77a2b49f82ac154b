/**
 * Who may know whom. `scripts/check-layers.ts` runs these rules over the whole app and, one by one, over a small tree in
 * tests/fixtures/layering that breaks that rule and no other.
 */

/** Rooms of src-main that each room may know beside itself. Nothing else there, so no arrow leads back up. */
const downstairs = {
  shell: ['engine'],
  window: ['engine'],
  cli: ['engine'],
  preload: [],
  engine: ['services'],
  services: ['workers', 'analysis', 'stats', 'disclosure', 'report', 'store', 'files', 'crypto'],
  workers: ['analysis', 'stats', 'disclosure', 'report', 'store', 'files', 'crypto'],
  analysis: ['stats'],
  stats: [],
  disclosure: ['stats'],
  report: [],
  store: ['crypto'],
  files: [],
  crypto: [],
};

const pureRooms = '^src-main/(analysis|stats|disclosure)/';
const product = '^src-(main|shared|renderer)/';

/** A package by its folder; other packages may have one of the same name inside theirs. */
const packages = (...names) => `(^|/)node_modules/(${names.join('|')})(/|$)`;
const nodeModules = (...names) => `^(node:)?(${names.join('|')})(/|$)`;

const rooms = Object.entries(downstairs).map(([room, below]) => ({
  name: `${room}-knows-${below.length === 0 ? 'no-other-room' : 'only-rooms-below'}`,
  comment: `${room} may know ${below.length === 0 ? 'no other room' : `only ${below.join(', ')}`} of src-main.`,
  from: { path: `^src-main/${room}/` },
  to: { path: '^src-main/', pathNot: `^src-main/(${[room, ...below].join('|')})/` },
}));

/** Libraries that one room owns. */
const owners = [
  {
    name: 'only-hosts-know-electron',
    comment: 'Only shell and preload import electron.',
    from: { path: product, pathNot: '^src-main/(shell|preload)/' },
    to: { path: [packages('electron', '@electron'), '^electron(/|$)'] },
  },
  {
    name: 'only-window-knows-the-browser-driver',
    comment: 'Only window drives a browser.',
    from: { path: product, pathNot: '^src-main/window/' },
    to: { path: packages('playwright-core', 'playwright', '@playwright', 'puppeteer', 'puppeteer-core') },
  },
  {
    name: 'only-store-knows-sqlite',
    comment: 'Only store knows SQLite and drizzle.',
    from: { path: product, pathNot: '^src-main/store/' },
    to: {
      path: [
        packages('better-sqlite3', 'better-sqlite3-multiple-ciphers', '@types/better-sqlite3', 'drizzle-orm'),
        nodeModules('sqlite'),
      ],
    },
  },
  {
    name: 'only-files-knows-parsers',
    comment: 'Only files reads foreign file formats.',
    from: { path: product, pathNot: '^src-main/files/' },
    to: { path: packages('csv-parse', 'papaparse', 'read-excel-file', 'exceljs', 'xlsx', 'yauzl', 'hyparquet') },
  },
  {
    name: 'only-report-knows-document-libraries',
    comment: 'Only report writes documents; charts are drawn there and on the screen.',
    from: { path: product, pathNot: '^src-main/report/' },
    to: { path: packages('pdfmake', 'pdfkit', 'pdf-lib', 'docx') },
  },
  {
    name: 'only-report-and-screen-draw-charts',
    comment: 'Charts are drawn by report and by the wrappers in ui.',
    from: { path: product, pathNot: '^(src-main/report|src-renderer/ui)/' },
    to: { path: packages('echarts', 'zrender') },
  },
  {
    name: 'only-crypto-knows-key-derivation',
    comment: 'Only crypto derives keys from passphrases.',
    from: { path: product, pathNot: '^src-main/crypto/' },
    to: { path: packages('@node-rs', 'argon2', 'hash-wasm', '@noble') },
  },
  {
    // What rooms may take from node:crypto where this lets them (digests and fresh ids) is a rule of the linter.
    name: 'cryptography-stays-where-it-is-looked-for',
    comment: 'Shell, preload, workers and store ask crypto, not Node, for cryptography.',
    from: { path: '^src-main/(shell|preload|workers|store)/' },
    to: { path: nodeModules('crypto') },
  },
];

module.exports = {
  forbidden: [
    ...rooms,
    {
      name: 'services-meet-through-an-index',
      comment: 'A service knows another only by its index.',
      from: { path: '^src-main/services/([^/]+)/' },
      to: {
        path: '^src-main/services/[^/]+/',
        pathNot: ['^src-main/services/$1/', '^src-main/services/[^/]+/index[.]ts$'],
      },
    },
    {
      name: 'engine-meets-services-through-an-index',
      comment: 'The engine knows a service only by its index.',
      from: { path: '^src-main/engine/' },
      to: { path: '^src-main/services/[^/]+/', pathNot: '^src-main/services/[^/]+/index[.]ts$' },
    },
    {
      name: 'shared-knows-only-itself-and-zod',
      comment: 'src-shared runs anywhere: no Node, no screen, no package but zod.',
      from: { path: '^src-shared/' },
      to: { pathNot: ['^src-shared/', packages('zod')] },
    },
    {
      name: 'screen-knows-only-shared',
      comment: 'src-renderer knows src-shared, never src-main.',
      from: { path: '^src-renderer/' },
      to: { path: '^src-main/' },
    },
    {
      name: 'screen-runs-without-node',
      comment: 'src-renderer has no Node.',
      from: { path: '^src-renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'main-knows-no-screen',
      comment: 'Nothing in src-main knows the screens.',
      from: { path: '^src-main/' },
      to: { path: ['^src-renderer/', packages('react', 'react-dom', '@mantine', '@tanstack')] },
    },
    {
      name: 'features-stay-apart',
      comment: 'A feature never imports another feature.',
      from: { path: '^src-renderer/features/([^/]+)/' },
      to: { path: '^src-renderer/features/', pathNot: '^src-renderer/features/$1/' },
    },
    {
      name: 'features-know-no-app',
      comment: 'The app assembles features, so no feature knows the app.',
      from: { path: '^src-renderer/features/' },
      to: { path: '^src-renderer/app/' },
    },
    {
      name: 'ui-knows-no-features',
      comment: 'ui imports no feature and not the app.',
      from: { path: '^src-renderer/ui/' },
      to: { path: '^src-renderer/(features|app)/' },
    },
    {
      name: 'bridge-knows-no-screens',
      comment: 'The bridge to the engine knows no screen.',
      from: { path: '^src-renderer/bridge/' },
      to: { path: '^src-renderer/(features|app|ui)/' },
    },
    {
      name: 'pure-rooms-take-data-in',
      comment: 'analysis, stats and disclosure have no files, no clock and no threads: nothing of Node.',
      from: { path: pureRooms },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'stats-knows-nothing-of-policing',
      comment: 'stats knows of the shared code only results and seeded randomness.',
      from: { path: '^src-main/stats/' },
      to: { path: '^(src-shared|resources)/', pathNot: '^src-shared/domain/(result|random)[.]ts$' },
    },
    {
      name: 'nothing-speaks-to-a-network',
      comment: 'No module that listens or connects, in any room.',
      from: { path: product },
      to: {
        path: [
          nodeModules('http', 'https', 'http2', 'net', 'tls', 'dgram', 'dns', 'inspector', 'quic'),
          packages(
            'undici',
            'ws',
            'axios',
            'got',
            'node-fetch',
            'cross-fetch',
            'socket[.]io-client',
            'electron-updater',
          ),
        ],
      },
    },
    {
      name: 'product-stands-without-scaffolding',
      comment: 'The product imports nothing of tests and scripts.',
      from: { path: product },
      to: { path: '^(tests|scripts|bin|docs)/' },
    },
    {
      name: 'product-ships-what-it-imports',
      comment:
        'What the product imports is among the dependencies, not those for development; electron is its own runtime.',
      from: { path: product },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only'],
        pathNot: [packages('electron', '@types'), '^electron(/|$)'],
      },
    },
    ...owners,
    {
      name: 'no-cycles',
      comment: 'No module reaches itself again.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'nothing-unresolved',
      comment: 'Every import is found; one that is not would be seen by no other rule.',
      from: { path: product },
      to: { couldNotResolve: true },
    },
  ].map((rule) => ({ severity: 'error', ...rule })),
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: '(^|/)node_modules/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
    detectJSDocImports: false,
  },
};
