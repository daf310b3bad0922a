import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar-stream';
import * as z from 'zod';

const descriptor = z.object({ mediaType: z.string(), digest: z.string(), size: z.number() });
const indexSchema = z.object({ manifests: z.array(descriptor) });
const manifestSchema = z.object({ config: descriptor, layers: z.array(descriptor) });
const configSchema = z.object({
  architecture: z.string(),
  os: z.string(),
  config: z
    .object({
      Cmd: z.array(z.string()).nullish(),
      Entrypoint: z.array(z.string()).nullish(),
      User: z.string().nullish(),
      Volumes: z.record(z.string(), z.unknown()).nullish(),
      Env: z.array(z.string()).nullish(),
    })
    .optional(),
});

/** The image in an OCI archive. */
export interface OciImage {
  /** The manifest's digest: the name under which a registry will know the image. */
  readonly digest: string;
  readonly layers: readonly { readonly digest: string; readonly size: number }[];
  readonly config: z.infer<typeof configSchema>;
  /** Size of the archive. */
  readonly bytes: number;
}

/** Documents are small; layers, which are large, are skipped. */
const LARGEST_DOCUMENT = 1_000_000;

/** Reads an OCI archive (OCI image layout 1.0 in a tar). Throws unless it contains exactly one image. */
export async function readOciArchive(path: string): Promise<OciImage> {
  const documents = await documentsOf(path);
  const json = (name: string) => {
    const text = documents.get(name);
    if (text === undefined) throw new Error(`${path} is no OCI archive: it has no ${name}.`);
    return JSON.parse(text) as unknown;
  };
  const blob = (digest: string) => json(`blobs/${digest.replace(':', '/')}`);
  const { manifests } = indexSchema.parse(json('index.json'));
  const [only, ...more] = manifests;
  if (!only || more.length > 0) throw new Error(`${path} holds ${manifests.length} images instead of one.`);
  if (only.mediaType.includes('index')) throw new Error(`${path} holds an index, which Lambda refuses: build without attestations and for one platform.`);
  const { config, layers } = manifestSchema.parse(blob(only.digest));
  return { digest: only.digest, layers, config: configSchema.parse(blob(config.digest)), bytes: (await stat(path)).size };
}

async function documentsOf(path: string): Promise<Map<string, string>> {
  const documents = new Map<string, string>();
  const tar = extract();
  tar.on('entry', (header, stream, next) => {
    const chunks: Buffer[] = [];
    const wanted = header.type === 'file' && (header.size ?? 0) <= LARGEST_DOCUMENT;
    stream.on('data', (chunk) => wanted && chunks.push(chunk as Buffer));
    stream.on('end', () => {
      if (wanted) documents.set(header.name.replace(/^\.\//, ''), Buffer.concat(chunks).toString());
      next();
    });
  });
  await pipeline(createReadStream(path), tar);
  return documents;
}
