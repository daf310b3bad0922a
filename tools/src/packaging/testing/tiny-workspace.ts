import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A workspace in a temporary folder with these files; `remove` takes it away. */
export async function temporaryWorkspace(files: Readonly<Record<string, string | Uint8Array>>): Promise<{ root: string; remove(): Promise<void> }> {
  const root = await mkdtemp(join(tmpdir(), 'barometer-workspace-'));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return { root, remove: () => rm(root, { recursive: true, force: true }) };
}

/** A tiny function, as the bundler would leave it. */
export const tinyBundle = {
  'dist/apps/tiny/main.cjs':
    "const {writeFileSync}=require('node:fs');" +
    'const denied=(path)=>{try{writeFileSync(path,"x");return false}catch(error){return error.code}};' +
    'exports.handler=async(event)=>event.fail?Promise.reject(new TypeError(event.fail)):event.exit?process.exit(3):event.fill?Buffer.alloc(event.fill*1e6,1).length:event.hang?new Promise((resolve)=>setTimeout(resolve,60000)):' +
    "({echo:event,task:denied('/var/task/x'),tmp:denied('/tmp/x'),node:process.version,interfaces:Object.keys(require('node:os').networkInterfaces())});",
  'dist/apps/tiny/main.cjs.map': '{}',
  'dist/apps/tiny/meta.json': '{"inputs":{},"outputs":{"main.cjs":{"imports":[{"path":"node:fs","external":true}]}}}',
};
