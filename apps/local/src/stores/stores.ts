import type { Container } from 'inversify';

/** The stores of every domain, on one technology. */
export interface Stores {
  /** Puts them into the container. */
  bind(container: Container): void;
  /** Creates the store that the settings name if it is missing and may be created; may be called again. */
  prepare(): Promise<void>;
  close(): void;
}

export interface OpenOptions {
  /** With `moment`, everything that is read of a file is of one moment. */
  readonly readOnly: boolean | 'moment';
  /** Works beside a running Barometer, for a few short writes. */
  readonly beside?: boolean;
  /** Where a running Barometer leaves its address for a second one. */
  readonly addressFile: string;
}
