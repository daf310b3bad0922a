import { smokeApp, type SmokeRequest } from '../../smoke/smoke-app';
import { MissingPart, skippedBecause } from '../../packaging/missing-part';

export interface SmokeProcessRequest extends SmokeRequest {
  readonly skipWhereMissing: boolean;
}

/** The smoke test in a separate process, so that it can have a separate network. Reads SMOKE_REQUEST. */
export async function main(): Promise<void> {
  const request = JSON.parse(process.env['SMOKE_REQUEST'] ?? '{}') as SmokeProcessRequest;
  try {
    await smokeApp(request, console.log);
  } catch (error) {
    if (!(error instanceof MissingPart) || !request.skipWhereMissing) throw error;
    console.log(skippedBecause(request.app, error));
  }
}
