import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every file that names the version of what is released. */
const manifests = ['package.json', 'apps/local/package.json', 'tools/package.json'];

/** The version of this workspace, and a sentence for each place that disagrees. */
export function versionFaults(root: string, tag?: string): { readonly version: string; readonly faults: readonly string[] } {
  const versionIn = (file: string) => (JSON.parse(readFileSync(join(root, file), 'utf8')) as { version: string }).version;
  const version = versionIn('package.json');
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { version: string; packages: Record<string, { version?: string }> };
  const named: readonly (readonly [string, string | undefined])[] = [
    ...manifests.map((file) => [file, versionIn(file)] as const),
    ['package-lock.json', lock.version],
    ['package-lock.json, of the workspace', lock.packages['']?.version],
    ['package-lock.json, of apps/local', lock.packages['apps/local']?.version],
  ];
  const faults = named
    .filter(([, found]) => found !== version)
    .map(([place, found]) => `${place} says ${found ?? 'nothing'} where package.json says ${version}.`);
  for (const file of ['README.md', 'docs/self-hosting.md']) {
    for (const [text, found] of readFileSync(join(root, file), 'utf8').matchAll(/barometer-(\d+\.\d+\.\d+)/g))
      if (found !== version) faults.push(`${file} names ${text} where the version is ${version}.`);
  }
  if (tag !== undefined && tag !== `v${version}`) faults.push(`The tag ${tag} is not v${version}, which package.json says.`);
  return { version, faults };
}
