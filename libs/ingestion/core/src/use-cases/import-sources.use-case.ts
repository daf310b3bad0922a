import { languageCode } from '../domain/language';
import type { NewSource } from '../domain/new-source';
import type { AddSource } from './add-source.use-case';

export interface ImportReport {
  readonly added: number;
  readonly alreadyThere: number;
  readonly refused: readonly { readonly url: string; readonly message: string }[];
}

/** Adds many sources, as an OPML document lists them; one that is refused does not stop the others. */
export class ImportSources {
  constructor(private readonly deps: { readonly addSource: AddSource }) {}

  async execute(sources: readonly NewSource[]): Promise<ImportReport> {
    let [added, alreadyThere] = [0, 0];
    const refused: { url: string; message: string }[] = [];
    for (const source of sources) {
      // OPML writes "unknown" where it does not know the language.
      const result = await this.deps.addSource.execute({ ...source, language: languageCode(source.language) });
      if (result.ok) added += 1;
      else if (result.error.code === 'already-there') alreadyThere += 1;
      else refused.push({ url: source.url, message: result.error.message });
    }
    return { added, alreadyThere, refused };
  }
}
