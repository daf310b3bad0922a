import * as z from 'zod';

/** A processor architecture, with AWS Lambda's names. */
export const architectureSchema = z.enum(['x86_64', 'arm64']);
export type Architecture = z.infer<typeof architectureSchema>;

/** Other names of the same architecture: in Node, in container images, and as the machine number of an ELF header. */
export const namesOf: Readonly<Record<Architecture, { readonly node: string; readonly oci: string; readonly elf: number }>> = {
  x86_64: { node: 'x64', oci: 'amd64', elf: 62 },
  arm64: { node: 'arm64', oci: 'arm64', elf: 183 },
};

/** The architecture of this machine; undefined if Lambda does not have it. */
export function hostArchitecture(nodeArchitecture: string = process.arch): Architecture | undefined {
  return architectureSchema.options.find((name) => namesOf[name].node === nodeArchitecture);
}
