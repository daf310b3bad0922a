import { join } from 'node:path';
import { build } from 'esbuild';
import lambdaBundle from './lambda-bundle';
import { run } from './packaging/run';
import { temporaryWorkspace } from './packaging/testing/tiny-workspace';

const root = join(__dirname, '..', '..');

/** Bundles these sources like a Lambda's, with `src/main.ts` and `src/seldom-on-demand.ts` as entry points. */
async function bundled(sources: Readonly<Record<string, string>>) {
  const workspace = await temporaryWorkspace(sources);
  const entryPoints = ['main', 'seldom-on-demand'].map((name) => join(workspace.root, 'src', `${name}.ts`));
  const built = build({
    ...lambdaBundle,
    absWorkingDir: root,
    entryPoints,
    outdir: join(workspace.root, 'dist'),
    outExtension: { '.js': '.cjs' },
    bundle: true,
    minify: true,
    format: 'cjs',
    platform: 'node',
    write: true,
    metafile: true,
    logLevel: 'silent',
  });
  return { built, at: (file: string) => join(workspace.root, 'dist', file), remove: workspace.remove };
}

describe('the bundle of a Lambda', () => {
  it('loads rarely needed code from a separate file', async () => {
    const { built, at, remove } = await bundled({
      'src/main.ts': "export const handler = async () => (await import('./seldom-on-demand')).answer();",
      'src/seldom-on-demand.ts': "export const answer = () => 'loaded when it was needed';",
    });
    try {
      const { metafile } = await built;
      expect(Object.keys(metafile.outputs)).toHaveLength(2);
      const script = `const{readFileSync}=require('node:fs');const path=${JSON.stringify(at('main.cjs'))};require(path).handler().then((answer)=>process.stdout.write(answer+', '+(readFileSync(path,'utf8').includes(answer)?'inside':'outside')))`;
      expect(await run([process.execPath, '-e', script])).toBe('loaded when it was needed, outside');
    } finally {
      await remove();
    }
  });

  it("uses Node's own modules without reading all of their exports", async () => {
    const { built, at, remove } = await bundled({
      'src/main.ts': "export const handler = async () => typeof (await import('node:http')).createServer;",
      'src/seldom-on-demand.ts': '',
    });
    try {
      await built;
      const script = `const http=require('node:http');Object.defineProperty(http,'WebSocket',{get:()=>process.stdout.write('read '),enumerable:true});require(${JSON.stringify(at('main.cjs'))}).handler().then((answer)=>process.stdout.write(answer))`;
      expect(await run([process.execPath, '-e', script])).toBe('function');
    } finally {
      await remove();
    }
  });

  it('refuses to load at the start what is meant for later', async () => {
    const { built, remove } = await bundled({
      'src/main.ts': "export { answer } from './seldom-on-demand';",
      'src/seldom-on-demand.ts': 'export const answer = 1;',
    });
    await expect(built).rejects.toThrow('"./seldom-on-demand" is for import(), which loads it when it is needed.');
    await remove();
  });

  it('leaves out what libraries never use', async () => {
    const { built, at, remove } = await bundled({
      'src/main.ts': "import yaml from 'yaml';\nexport const handler = () => Object.keys(yaml);",
      'src/seldom-on-demand.ts': '',
    });
    try {
      await built;
      expect(await run([process.execPath, '-e', `process.stdout.write(String(require(${JSON.stringify(at('main.cjs'))}).handler().length))`])).toBe('0');
    } finally {
      await remove();
    }
  });
});
