// The command line of an installation: the built engine, on the runtime beside it.
const { main } = await import('../out/main/command-line.js');
process.exitCode = await main(process.argv.slice(2));
