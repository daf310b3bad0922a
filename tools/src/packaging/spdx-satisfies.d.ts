declare module 'spdx-satisfies' {
  /** Whether a licence expression can be satisfied by the approved licences. Throws if it is not a valid expression. */
  export default function satisfies(expression: string, approved: readonly string[]): boolean;
}
