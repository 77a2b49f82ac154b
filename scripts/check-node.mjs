// Runs before everything else (`node --import ./scripts/check-node.mjs …`), in plain JavaScript that old versions can read.
const least = 22;
const major = Number(process.versions.node.split('.')[0]);

if (major < least) {
  process.stderr.write(
    `Tidemark needs Node ${least} or newer to run, and this is Node ${process.versions.node}.\n` +
      'Nothing was started. Run `npm ci`, which brings Node 24 with it, and start through npm: npm start.\n',
  );
  process.exit(1);
}
