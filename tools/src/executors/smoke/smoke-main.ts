import { run } from '../../packaging/run';
import { smokeApp, type SmokeRequest } from '../../smoke/smoke-app';
import { MissingPart } from '../../../lambda-runtime/missing-part';

export interface SmokeProcessRequest extends SmokeRequest {
  /** This process has a network of its own, whose loopback is still down. */
  readonly isolated: boolean;
  readonly skipWhereMissing: boolean;
}

/** The smoke test in a process of its own, so that it can have a network of its own. Reads SMOKE_REQUEST. */
export async function main(): Promise<void> {
  const request = JSON.parse(process.env['SMOKE_REQUEST'] ?? '{}') as SmokeProcessRequest;
  try {
    if (request.isolated) await run(['ip', 'link', 'set', 'lo', 'up']);
    await smokeApp(request, console.log);
  } catch (error) {
    if (!(error instanceof MissingPart) || !request.skipWhereMissing) throw error;
    console.log(`Skipped the smoke test of ${request.app}: ${error.message}`);
  }
}
