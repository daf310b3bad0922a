import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library';
import type { BundledPackage } from './bundled-packages';
import type { ArchiveFile } from './tar-archive';

export interface Materials {
  /** The name of the artefact, and what it is. */
  readonly name: string;
  readonly version: string;
  readonly kind: 'application' | 'container';
  /** Hash of the artefact's bytes, in hex; for an image that of its manifest, by which a registry knows it. */
  readonly sha256: string;
  readonly packages: readonly BundledPackage[];
  /** Every file of the artefact: those with native code and of models are listed with their hashes. */
  readonly files: readonly ArchiveFile[];
  /** Node's version, if it is included. */
  readonly node?: string;
  /** The image's base by digest, if there is one. */
  readonly base?: string;
}

const nativeFile = /\/onnxruntime-node\/bin\/.*\.(node|dylib|dll|so(\.\d+)*)$/;
const modelFile = /(?:^|\/)models\/([^/]+)\/.*\.(onnx|json)$/;

/**
 * Writes the actual content of an artefact as CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/). The same artefact
 * gives the same bytes.
 */
export async function writeBillOfMaterials(materials: Materials, target: string): Promise<void> {
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
  await writeFile(target, `${serializer.serialize(await billOf(materials), { sortLists: true, space: 1 })}\n`);
}

async function billOf({ name, version, kind, sha256, packages, files, node, base }: Materials): Promise<Models.Bom> {
  const bom = new Models.Bom({ serialNumber: `urn:uuid:${uuidOf(sha256)}` });
  const type = kind === 'container' ? Enums.ComponentType.Container : Enums.ComponentType.Application;
  bom.metadata.component = new Models.Component(type, name, { bomRef: `${name}@${version}`, version, licenses: licence('Apache-2.0'), hashes: hash(sha256) });
  const parts = packages.map((one) => packageComponent(one));
  const runtime = parts.find((part) => part.name === 'onnxruntime-node');
  for (const file of files.filter(({ path }) => nativeFile.test(path))) runtime?.components.add(await fileComponent(file));
  for (const part of [...parts, ...(await models(files, version))]) bom.components.add(part);
  if (node !== undefined)
    bom.components.add(
      new Models.Component(Enums.ComponentType.Platform, 'Node.js', {
        bomRef: `node@${node}`,
        version: node,
        purl: `pkg:generic/node@${node}`,
        licenses: licence('MIT'),
      }),
    );
  if (base !== undefined)
    bom.components.add(new Models.Component(Enums.ComponentType.Container, base.split('@')[0] ?? base, { bomRef: base, version: base.split('@')[1] ?? base }));
  for (const part of bom.components) bom.metadata.component.dependencies.add(part.bomRef);
  return bom;
}

function packageComponent({ name, version, license }: BundledPackage): Models.Component {
  const [scope, short] = name.startsWith('@') ? name.split('/') : [undefined, name];
  const purl = `pkg:npm/${scope === undefined ? '' : `${encodeURIComponent(scope)}/`}${short ?? name}@${version}`;
  return new Models.Component(Enums.ComponentType.Library, short ?? name, {
    ...(scope !== undefined && { group: scope }),
    version,
    purl,
    bomRef: purl,
    licenses: licence(license),
  });
}

async function models(files: readonly ArchiveFile[], version: string): Promise<Models.Component[]> {
  const byModel = Map.groupBy(
    files.filter(({ path }) => modelFile.test(path)),
    ({ path }) => modelFile.exec(path)?.[1] ?? '',
  );
  return Promise.all(
    [...byModel].map(async ([name, own]) => {
      const manifest = own.find(({ path }) => path.endsWith('/manifest.json'));
      const { revision = version } = manifest ? (JSON.parse(await readFile(manifest.source, 'utf8')) as { revision?: string }) : {};
      const model = new Models.Component(Enums.ComponentType.MachineLearningModel, name, {
        bomRef: `${name}@${revision}`,
        version: revision,
        licenses: licence('Apache-2.0'),
      });
      for (const file of own) model.components.add(await fileComponent(file));
      return model;
    }),
  );
}

async function fileComponent({ path, source }: ArchiveFile): Promise<Models.Component> {
  return new Models.Component(Enums.ComponentType.File, path, {
    bomRef: path,
    hashes: hash(
      createHash('sha256')
        .update(await readFile(source))
        .digest('hex'),
    ),
  });
}

const hash = (sha256: string) => new Models.HashDictionary([[Enums.HashAlgorithm['SHA-256'], sha256]]);
const licence = (expression: string) => new Models.LicenseRepository([new Models.LicenseExpression(expression)]);

/** A serial number derived from the artefact, in the form of a UUID of version 8 (RFC 9562, section 5.8). */
function uuidOf(sha256: string): string {
  const digits = `${sha256.slice(0, 12)}8${sha256.slice(13, 16)}${'89ab'[parseInt(sha256.charAt(16), 16) & 3] ?? '8'}${sha256.slice(17, 32)}`;
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
