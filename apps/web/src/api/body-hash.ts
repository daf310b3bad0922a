/**
 * The header that CloudFront needs to sign a request with a body for a function behind it: SHA-256 of the body, in hex.
 * AWS's documentation of origin access control for Lambda requires it from the client; other servers ignore it. Only
 * over HTTPS, because browsers offer the hash only there.
 */
export async function bodyHash(body: string | Blob, { isSecure }: { isSecure: boolean }): Promise<Record<string, string>> {
  if (!isSecure) return {};
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : await body.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return { 'x-amz-content-sha256': [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('') };
}
