import { open } from 'node:fs/promises';
import { namesOf, type Architecture } from './architecture';
import type { LambdaFile } from './contents';

/** The native code in a file, according to its first bytes. */
export type MachineCode = { readonly kind: 'elf'; readonly machine: number } | { readonly kind: 'mach-o' | 'windows' } | undefined;

/** Enough of a file for `machineCodeOf`. */
export const HEADER_BYTES = 20;

const machO = new Set([0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe, 0xcafebabe]);

/**
 * Reads the machine from an executable's header: e_machine of an ELF file (System V ABI, chapter 4: two bytes at offset
 * 18, in the byte order given at offset 5). Undefined for a file without native code.
 */
export function machineCodeOf(header: Uint8Array): MachineCode {
  if (header.byteLength < HEADER_BYTES) return undefined;
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const magic = view.getUint32(0);
  if (magic === 0x7f454c46) return { kind: 'elf', machine: view.getUint16(18, header[5] === 1) };
  if (machO.has(magic)) return { kind: 'mach-o' };
  if (view.getUint16(0) === 0x4d5a) return { kind: 'windows' };
  return undefined;
}

/** Why native code does not run on a Lambda of this architecture; undefined if it does, and for other files. */
export function foreignMachine(code: MachineCode, wanted: Architecture): string | undefined {
  if (!code) return undefined;
  if (code.kind !== 'elf') return `is machine code for ${code.kind === 'mach-o' ? 'macOS' : 'Windows'}`;
  if (code.machine === namesOf[wanted].elf) return undefined;
  const known = Object.entries(namesOf).find(([, { elf }]) => elf === code.machine)?.[0];
  return `is machine code for ${known ?? `ELF machine ${code.machine}`}`;
}

/** Throws if one of the files contains native code that the architecture cannot run; names each of them. */
export async function checkNativeFiles(files: readonly LambdaFile[], wanted: Architecture): Promise<void> {
  const problems = await foreignFiles(files, wanted);
  if (problems.length > 0) throw new Error(`The artefact is for ${wanted}, but ${problems.join(', and ')}.`);
}

/** Each file with native code that the architecture cannot run, with a description: `a.node is machine code for arm64`. */
export async function foreignFiles(files: readonly Pick<LambdaFile, 'path' | 'source'>[], wanted: Architecture): Promise<string[]> {
  const problems: string[] = [];
  for (const { path, source } of files) {
    const problem = foreignMachine(machineCodeOf(await readHeader(source, HEADER_BYTES)), wanted);
    if (problem) problems.push(`${path} ${problem}`);
  }
  return problems;
}

/** The first bytes of a file, at most this many. */
export async function readHeader(path: string, most: number): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(most), 0, most, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
