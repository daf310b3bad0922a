import nodePackages from '../../node/packages.json';
import { namesOf } from './architecture';
import { machineCodeOf, readHeader } from './native-files';

/** The platforms of standalone packages: an operating system and a processor, with Node's names except for Windows. */
export const platforms = ['linux-x64', 'linux-arm64', 'darwin-arm64', 'win-x64'] as const;
export type Platform = (typeof platforms)[number];

interface PlatformParts {
  /** The npm package with Node for it; its version is in package-lock.json. */
  readonly nodePackage: string;
  /** Node's executable inside that package. */
  readonly nodeProgram: string;
  /**
   * The files that onnxruntime-node needs there; it is linked to DirectML, an interface to graphics cards that
   * Barometer does not use, so that must be present too.
   */
  readonly onnxruntime: readonly string[];
}

export const partsOf: Readonly<Record<Platform, PlatformParts>> = {
  'linux-x64': { nodePackage: nodePackages['linux-x64'], nodeProgram: 'bin/node', onnxruntime: ['bin/napi-v6/linux/x64/*'] },
  'linux-arm64': { nodePackage: nodePackages['linux-arm64'], nodeProgram: 'bin/node', onnxruntime: ['bin/napi-v6/linux/arm64/*'] },
  // The library is included twice, also under a name with its version; the binding loads it by the short name.
  'darwin-arm64': {
    nodePackage: nodePackages['darwin-arm64'],
    nodeProgram: 'bin/node',
    onnxruntime: ['bin/napi-v6/darwin/arm64/libonnxruntime.1.dylib', 'bin/napi-v6/darwin/arm64/*.node'],
  },
  // The shader compiler (dxcompiler, dxil) is loaded only by the interface to graphics cards.
  'win-x64': {
    nodePackage: nodePackages['win32-x64'],
    nodeProgram: 'bin/node.exe',
    onnxruntime: ['bin/napi-v6/win32/x64/{onnxruntime,DirectML}.dll', 'bin/napi-v6/win32/x64/*.node'],
  },
};

/** The platform of this machine; undefined if there is no package for it. */
export function hostPlatform(platform: NodeJS.Platform = process.platform, architecture: string = process.arch): Platform | undefined {
  return platforms.find((name) => name === `${platform === 'win32' ? 'win' : platform}-${architecture}`);
}

/** Enough of a file for `platformOfCode`: in a PE file the machine comes after a DOS program. */
const HEADER_BYTES = 4096;
/** The magic number of a 64-bit Mach-O file for one processor. */
const MACH_O_64 = 0xfeedfacf;
/** cputype of a Mach-O file: CPU_TYPE_ARM64 (mach/machine.h). */
const CPU_TYPE_ARM64 = 0x0100000c;
/** IMAGE_FILE_MACHINE_AMD64 of a PE file. */
const MACHINE_AMD64 = 0x8664;

/**
 * The platform of a file's native code, from its header: in Mach-O files the processor (mach-o/loader.h), in PE files
 * the machine (Microsoft's PE format, "COFF file header"). Undefined for a file without native code; `other` for code
 * that runs on none of our platforms.
 */
export function platformOfCode(header: Uint8Array): Platform | 'other' | undefined {
  const code = machineCodeOf(header);
  if (!code) return undefined;
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  if (code.kind === 'elf') return platforms.find((platform) => platform === `linux-${architectureOf(code.machine)}`) ?? 'other';
  if (code.kind === 'mach-o') return view.getUint32(0, true) === MACH_O_64 && view.getUint32(4, true) === CPU_TYPE_ARM64 ? 'darwin-arm64' : 'other';
  const offset = header.byteLength < 64 ? Infinity : view.getUint32(60, true);
  return offset + 6 <= header.byteLength && view.getUint32(offset) === 0x50450000 && view.getUint16(offset + 4, true) === MACHINE_AMD64 ? 'win-x64' : 'other';
}

const architectureOf = (machine: number) => Object.values(namesOf).find(({ elf }) => elf === machine)?.node;

/** Throws if one of the files contains native code for another platform; names each of them. @returns how many files contain native code */
export async function expectPlatform(files: readonly { readonly path: string; readonly source: string }[], wanted: Platform): Promise<number> {
  const found = await Promise.all(files.map(async ({ path, source }) => ({ path, platform: platformOfCode(await readHeader(source, HEADER_BYTES)) })));
  const code = found.filter(({ platform }) => platform !== undefined);
  const foreign = code.filter(({ platform }) => platform !== wanted);
  if (foreign.length > 0)
    throw new Error(
      `The archive is for ${wanted}, but ${foreign.map(({ path, platform }) => `${path} is machine code for ${platform === 'other' ? 'another machine' : platform}`).join(', and ')}.`,
    );
  return code.length;
}
