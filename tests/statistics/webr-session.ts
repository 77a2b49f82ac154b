import { WebR } from 'webr';
import { type RSession, toJson } from './r-session.ts';

/** R compiled to WebAssembly, from node_modules; it has the packages that come with base R. About five seconds to start. */
export async function startWebR(): Promise<RSession> {
  const webR = new WebR({ interactive: false });
  await webR.init();
  await webR.evalRVoid(toJson);
  return {
    name: 'R in WebAssembly',
    missing: async (packages) => {
      const absent: string[] = [];
      for (const name of packages) {
        if (!(await webR.evalRBoolean(`nzchar(system.file(package = "${name}"))`))) absent.push(name);
      }
      return absent;
    },
    run: async (script, files) => {
      for (const [name, text] of Object.entries(files)) {
        await webR.FS.writeFile(`/home/web_user/${name}`, new TextEncoder().encode(text));
      }
      const body = JSON.stringify(script);
      const json = await webR.evalRString(
        `{ setwd("/home/web_user"); .e <- new.env(); utils::capture.output(suppressMessages(eval(parse(text = ${body}), .e))); .toJson(.e$result) }`,
      );
      return JSON.parse(json);
    },
    close: async () => webR.close(),
  };
}
