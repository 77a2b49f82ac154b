#!/usr/bin/env node
// Plain JavaScript, so that an old Node can read it and say what is wrong.
const major = Number(process.versions.node.split('.')[0]);
if (major < 22) {
  process.stderr.write(
    `Tidemark needs Node 22 or newer; this is ${process.versions.node}.\n` +
      'Nothing was done. Run it as `npm run -s tidemark -- …`, which brings its own Node, or install a newer one.\n',
  );
  process.exitCode = 1;
} else {
  await import('./compile-cache.mjs');
  const { main } = await import('../src-main/cli/main.ts');
  process.exitCode = await main(process.argv.slice(2));
}
