import { hostPlatform, platformOfCode } from './platforms';
import { elfHeader } from './testing/tiny-workspace';

/** The header of a 64-bit Mach-O file with this cputype. */
function machO(cpu: number): Uint8Array {
  const header = new Uint8Array(128);
  new DataView(header.buffer).setUint32(0, 0xfeedfacf, true);
  new DataView(header.buffer).setUint32(4, cpu, true);
  return header;
}

/** The header of a PE file whose COFF header lies at `offset`. */
function pe(machine: number, offset = 256): Uint8Array {
  const header = new Uint8Array(512);
  const view = new DataView(header.buffer);
  view.setUint16(0, 0x4d5a);
  view.setUint32(60, offset, true);
  if (offset < 500) {
    view.setUint32(offset, 0x50450000);
    view.setUint16(offset + 4, machine, true);
  }
  return header;
}

it.each([
  ['x64 Linux', elfHeader(62), 'linux-x64'],
  ['arm64 Linux', elfHeader(183), 'linux-arm64'],
  ['a big-endian machine', elfHeader(21, 2), 'other'],
  ['an Apple processor', machO(0x0100000c), 'darwin-arm64'],
  ['an older Mac', machO(0x01000007), 'other'],
  ['several Macs at once', Uint8Array.from([0xca, 0xfe, 0xba, 0xbe, ...new Array<number>(100).fill(0)]), 'other'],
  ['x64 Windows', pe(0x8664), 'win-x64'],
  ['arm64 Windows', pe(0xaa64), 'other'],
  ['DOS, or a header further away than is read', pe(0x8664, 60_000), 'other'],
  ['no machine', new TextEncoder().encode('#!/usr/bin/env node\n'.repeat(10)), undefined],
  ['nothing', new Uint8Array(), undefined],
])('recognises native code for %s', (_what, header, platform) => expect(platformOfCode(header)).toBe(platform));

it('recognises this machine', () => {
  expect([
    hostPlatform('linux', 'x64'),
    hostPlatform('win32', 'x64'),
    hostPlatform('darwin', 'arm64'),
    hostPlatform('darwin', 'x64'),
    hostPlatform('freebsd', 'x64'),
  ]).toEqual(['linux-x64', 'win-x64', 'darwin-arm64', undefined, undefined]);
});
