import nodePackages from '../../node/packages.json';
import { namesOf } from './architecture';
import { machineCodeOf, readHeader } from './native-files';

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
  'linux-x64': { nodePackage: nodePackages['linux-x64'], nodeProgram: 'bin/node', onnxruntime: ['bin/napi-v6/linux/x64/*'] },
  'linux-arm64': { nodePackage: nodePackages['linux-arm64'], nodeProgram: 'bin/node', onnxruntime: ['bin/napi-v6/linux/arm64/*'] },
  // The library lies there twice, under its version's name too; the binding loads it under the short one.
  'darwin-arm64': { nodePackage: nodePackages['darwin-arm64'], nodeProgram: 'bin/node', onnxruntime: ['bin/napi-v6/darwin/arm64/libonnxruntime.1.dylib', 'bin/napi-v6/darwin/arm64/*.node'] },
  // The compiler of shaders (dxcompiler, dxil) is only loaded by the interface to graphics cards.
  'win-x64': { nodePackage: nodePackages['win32-x64'], nodeProgram: 'bin/node.exe', onnxruntime: ['bin/napi-v6/win32/x64/{onnxruntime,DirectML}.dll', 'bin/napi-v6/win32/x64/*.node'] },
};

/** The platform of this machine; undefined where there is no package for it. */
export function hostPlatform(platform: NodeJS.Platform = process.platform, architecture: string = process.arch): Platform | undefined {
  return platforms.find((name) => name === `${platform === 'win32' ? 'win' : platform}-${architecture}`);
}

/** Enough of a file for `platformOfCode`: a PE file has its machine behind a program for DOS. */
const HEADER_BYTES = 4096;
/** The magic number of a Mach-O file of 64 bits for one processor. */
const MACH_O_64 = 0xfeedfacf;
/** cputype of a Mach-O file: CPU_TYPE_ARM64 (mach/machine.h). */
const CPU_TYPE_ARM64 = 0x0100000c;
/** IMAGE_FILE_MACHINE_AMD64 of a PE file. */
const MACHINE_AMD64 = 0x8664;

/**
 * What a file's machine code runs on, read out of its header: of Mach-O files the processor (mach-o/loader.h), of PE files the
 * machine (Microsoft's PE format, "COFF file header"). Undefined for a file that is no machine code; `other` for what none of
 * our platforms runs.
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

/** Throws where one of the files holds machine code of another platform; names each of them. @returns how many files hold machine code */
export async function expectPlatform(files: readonly { readonly path: string; readonly source: string }[], wanted: Platform): Promise<number> {
  const found = await Promise.all(files.map(async ({ path, source }) => ({ path, platform: platformOfCode(await readHeader(source, HEADER_BYTES)) })));
  const code = found.filter(({ platform }) => platform !== undefined);
  const foreign = code.filter(({ platform }) => platform !== wanted);
  if (foreign.length > 0) throw new Error(`The archive is for ${wanted}, but ${foreign.map(({ path, platform }) => `${path} is machine code for ${platform === 'other' ? 'another machine' : platform}`).join(', and ')}.`);
  return code.length;
}
