import type { Telemetry } from '@barometer/aws';
import type { Container } from 'inversify';
import type { Settings } from './config';

/** What the parts are built on. */
export interface Foundation {
  readonly settings: Settings;
  readonly telemetry: Telemetry<'dashboard'>;
}

/** Puts the stores and the analysis into a container. */
export type BindOutside = (container: Container, foundation: Foundation) => void;
