import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { differences } from './compare.ts';
import { liveCases } from './live-cases.ts';
import { startNativeR } from './native-r-session.ts';
import { packagesOf, type RSession } from './r-session.ts';
import { dataName, runProcedure } from './run-procedure.ts';
import { startWebR } from './webr-session.ts';

const native = startNativeR();
let web: RSession;
beforeAll(async () => {
  web = await startWebR();
}, 120_000);
afterAll(async () => {
  await web.close();
  await native?.close();
});

/** R in WebAssembly where it has the packages, else the system's R. */
async function sessionFor(packages: readonly string[]): Promise<RSession | string> {
  const notInWeb = await web.missing(packages);
  if (notInWeb.length === 0) return web;
  if (!native) return `the system has no R, and R in WebAssembly has no ${notInWeb.join(', ')}`;
  const notNative = await native.missing(packages);
  return notNative.length === 0 ? native : `R has no ${notNative.join(', ')}`;
}

describe('the script of each result, run in R, finds the same numbers', () => {
  for (const live of liveCases) {
    it(`${live.procedure}: ${live.name}`, async (context) => {
      const ours = await runProcedure(live);
      const session = await sessionFor(packagesOf(ours.r));
      if (typeof session === 'string') return context.skip(session);
      const files = { ...(live.data === null ? {} : { [dataName]: live.data }), ...live.files };
      const theirs = await session.run(ours.r, files);
      expect(Object.keys(theirs as object).length, 'the script leaves nothing in `result`').toBeGreaterThan(0);
      expect(differences(ours, theirs, live.tolerance, '', live.floor)).toEqual([]);
    });
  }
});
