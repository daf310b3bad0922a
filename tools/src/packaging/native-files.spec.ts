import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkNativeFiles, foreignMachine, machineCodeOf } from './native-files';
import { elfHeader } from './testing/tiny-workspace';

const starting = (...bytes: number[]) => Uint8Array.from([...bytes, ...new Array<number>(40).fill(0)]);

describe('machineCodeOf', () => {
  it.each([
    ['x86_64', elfHeader(62), { kind: 'elf', machine: 62 }],
    ['arm64', elfHeader(183), { kind: 'elf', machine: 183 }],
    ['a big-endian machine', elfHeader(21, 2), { kind: 'elf', machine: 21 }],
    ['macOS', starting(0xcf, 0xfa, 0xed, 0xfe), { kind: 'mach-o' }],
    ['Windows', starting(0x4d, 0x5a), { kind: 'windows' }],
    ['a script', new TextEncoder().encode('#!/usr/bin/env node\nlong enough'), undefined],
    ['a file shorter than a header', elfHeader(62).subarray(0, 19), undefined],
    ['an empty file', new Uint8Array(), undefined],
  ])('recognises %s', (_what, header, expected) => expect(machineCodeOf(header)).toEqual(expected));

  it('reads a header inside a larger buffer', () => {
    const larger = new Uint8Array(100);
    larger.set(elfHeader(183), 7);
    expect(machineCodeOf(larger.subarray(7))).toEqual({ kind: 'elf', machine: 183 });
  });
});

it('says what a foreign file is for', () => {
  expect(foreignMachine({ kind: 'elf', machine: 62 }, 'x86_64')).toBeUndefined();
  expect(foreignMachine({ kind: 'elf', machine: 62 }, 'arm64')).toBe('is machine code for x86_64');
  expect(foreignMachine({ kind: 'elf', machine: 243 }, 'arm64')).toBe('is machine code for ELF machine 243');
  expect(foreignMachine({ kind: 'mach-o' }, 'arm64')).toBe('is machine code for macOS');
  expect(foreignMachine(undefined, 'arm64')).toBeUndefined();
});

it('names every file that the architecture cannot run', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'barometer-native-'));
  await writeFile(join(folder, 'good.node'), elfHeader(62));
  await writeFile(join(folder, 'bad.node'), elfHeader(183));
  const files = ['good.node', 'bad.node'].map((path) => ({ path, source: join(folder, path), part: 'native' as const }));
  await expect(checkNativeFiles(files, 'x86_64')).rejects.toThrow('The artefact is for x86_64, but bad.node is machine code for arm64.');
  await expect(checkNativeFiles(files.slice(0, 1), 'x86_64')).resolves.toBeUndefined();
  await rm(folder, { recursive: true });
});
