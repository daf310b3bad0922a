import type { Source } from '@barometer/ingestion';
import type { ApiDependencies } from './dependencies';

/** What sources are called, by id. */
export type SourceNames = ReadonlyMap<string, string>;

/** The list of sources, as every answer needs it that names one or asks what is in a group. It is read anew when anything in the store has changed. */
export class KnownSources {
  private kept: { readonly watermark: string; readonly list: Promise<readonly Source[]> } | undefined;

  constructor(private readonly deps: Pick<ApiDependencies, 'real' | 'sources'>) {}

  async list(): Promise<readonly Source[]> {
    const watermark = await this.deps.real.watermark();
    if (this.kept?.watermark === watermark) return this.kept.list;
    const list = this.deps.sources.list.execute();
    const kept = { watermark, list };
    this.kept = kept;
    // An outage is not remembered.
    list.catch(() => this.kept === kept && this.forget());
    return list;
  }

  /** The names of all sources, where one of these has no publisher of its own; else none is read. */
  async namesFor(told: readonly { readonly publisher?: string | undefined }[]): Promise<SourceNames> {
    return told.some(({ publisher }) => publisher === undefined) ? this.names() : new Map();
  }

  async names(): Promise<SourceNames> {
    return new Map((await this.list()).map(({ id, name }) => [id, name]));
  }

  /** After a change through this process. */
  forget(): void {
    this.kept = undefined;
  }
}
