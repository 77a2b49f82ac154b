import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// From a checkout every thread would strip the types from every file it loads, with a WebAssembly module that V8 frees badly
// when threads come and go (nodejs/node#64500: it ends the process). Kept compiled, a file is stripped once, and threads start
// in half the time. Threads and child processes take the folder from the environment. It holds code only, never data.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url));
enableCompileCache(process.env.NODE_COMPILE_CACHE);
