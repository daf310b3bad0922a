import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pack } from 'tar-stream';
import { readOciArchive } from './oci-archive';

const IMAGE = 'application/vnd.oci.image.manifest.v1+json';
const INDEX = 'application/vnd.oci.image.index.v1+json';

describe('readOciArchive', () => {
  let folder: string;
  beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'barometer-oci-'))));
  afterAll(() => rm(folder, { recursive: true }));

  /** Writes an archive with one image of these layers; `index` changes index.json. */
  async function archive(
    layers: readonly Buffer[],
    index: (manifest: object) => object[] = (manifest) => [manifest],
  ): Promise<{ path: string; digest: string }> {
    const blobs = new Map<string, Buffer>();
    const blob = (content: Buffer | object, mediaType: string) => {
      const bytes = Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content));
      const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
      blobs.set(digest, bytes);
      return { mediaType, digest, size: bytes.length };
    };
    const config = blob({ os: 'linux', architecture: 'amd64', config: { Cmd: ['main.handler'] } }, 'config');
    const manifest = blob({ config, layers: layers.map((layer) => blob(layer, 'layer')) }, IMAGE);
    const path = join(folder, `${manifest.digest.slice(7, 19)}-${blobs.size}.tar`);
    const tar = pack();
    tar.entry({ name: 'index.json' }, JSON.stringify({ manifests: index(manifest) }));
    for (const [digest, bytes] of blobs) tar.entry({ name: `blobs/${digest.replace(':', '/')}` }, bytes);
    tar.finalize();
    await pipeline(tar, createWriteStream(path));
    return { path, digest: manifest.digest };
  }

  it('reads the digest, the layers and the command', async () => {
    const { path, digest } = await archive([Buffer.alloc(2_000_000), Buffer.from('small')]);
    expect(await readOciArchive(path)).toMatchObject({
      digest,
      layers: [{ size: 2_000_000 }, { size: 5 }],
      config: { architecture: 'amd64', config: { Cmd: ['main.handler'] } },
    });
  });

  it.each([
    ['two images', (manifest: object) => [manifest, manifest], 'holds 2 images instead of one'],
    ['an index of several platforms', (manifest: object) => [{ ...manifest, mediaType: INDEX }], 'holds an index, which Lambda refuses'],
  ])('refuses %s', async (_what, index, words) => {
    const { path } = await archive([Buffer.from('x')], index);
    await expect(readOciArchive(path)).rejects.toThrow(words);
  });

  it('refuses any other tar', async () => {
    const path = join(folder, 'other.tar');
    const tar = pack();
    tar.entry({ name: 'a.txt' }, 'a');
    tar.finalize();
    await pipeline(tar, createWriteStream(path));
    await expect(readOciArchive(path)).rejects.toThrow('is no OCI archive: it has no index.json');
  });
});
