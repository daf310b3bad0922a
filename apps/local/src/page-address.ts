import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The file in which a running server leaves its address for other commands. */
export const addressFileIn = (dataDirectory: string): string => join(dataDirectory, 'address.txt');

interface AddressSettings {
  /** The address as configured. */
  readonly publicUrl: string | undefined;
  /** The address as configured, else the default one; undefined if it cannot be guessed. */
  readonly home: string | undefined;
  readonly dataDirectory: string;
}

/**
 * The page's address for links in notices: as configured, else where the server of this process or of this data folder
 * listens, which may be another port than the default, else the default. Undefined if others reach the page by a name
 * that only the configuration can tell.
 */
export class PageAddress {
  private served: string | undefined;

  constructor(private readonly settings: AddressSettings) {}

  /** The server of this process listens at this address. */
  serveAt(address: string): void {
    this.served = address;
  }

  current(): string | undefined {
    const { publicUrl, home, dataDirectory } = this.settings;
    if (publicUrl !== undefined || home === undefined) return publicUrl;
    return this.served ?? addressIn(addressFileIn(dataDirectory)) ?? home;
  }
}

function addressIn(file: string): string | undefined {
  try {
    const text = readFileSync(file, 'utf8').trim();
    return URL.canParse(text) ? text.replace(/\/+$/, '') : undefined;
  } catch {
    // Without a running server there is no file.
    return undefined;
  }
}
