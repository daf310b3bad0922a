import { err, ok, type Clock, type Result } from '@barometer/kernel';
import { checkedFields, feedUrl, type SourceProblem } from '../domain/new-source';
import type { Source } from '../domain/source';
import type { SourceChange, SourceStore } from '../ports/source-store.port';

type Change = { readonly [Field in keyof SourceChange]?: SourceChange[Field] | undefined };

/** Changes the fields of a source that its owner may change; with another address or User-Agent it is polled at once. */
export class ChangeSource {
  constructor(private readonly deps: { readonly sources: SourceStore; readonly clock: Clock }) {}

  async execute(id: string, change: Change): Promise<Result<Source, SourceProblem | { readonly code: 'not-found' }>> {
    const before = await this.deps.sources.find(id);
    if (!before) return err({ code: 'not-found' });
    const checked = checkedChange(before, change);
    if (!checked.ok) return checked;
    const after = await this.deps.sources.change(id, checked.value);
    if (after === undefined) return err({ code: 'not-found' });
    if (after === 'url-taken') return err({ field: 'url', code: 'already-there', message: 'Another source polls this address already.' });
    if (after.url === before.url && after.userAgent === before.userAgent) return ok(after);
    await this.deps.sources.makeDue(id, this.deps.clock.now());
    return ok((await this.deps.sources.find(id)) ?? after);
  }
}

function checkedChange(before: Source, { url, paused, ...fields }: Change): Result<SourceChange, SourceProblem> {
  const polls = url !== undefined ? 'url' : paused === false ? 'paused' : undefined;
  if (before.kind === 'import' && polls)
    return err({ field: polls, code: 'invalid', message: 'This source is filled from files and has no feed to poll: add the feed as a source of its own.' });
  const checked = checkedFields(fields);
  if (!checked.ok) return checked;
  const rest = {
    ...checked.value,
    ...(fields.userAgent?.trim() === '' && { userAgent: '' }),
    ...(fields.groups?.length === 0 && { groups: [] }),
    ...(paused !== undefined && { paused }),
  };
  if (url === undefined) return ok(rest);
  const address = feedUrl(url);
  if (!address.ok) return address;
  const kind = address.value.startsWith('newsapi:') ? 'newsapi' : 'feed';
  if (kind !== before.kind) return err({ field: 'url', code: 'invalid', message: 'A feed cannot become a NewsAPI query or the reverse: add a new source.' });
  return ok({ ...rest, url: address.value });
}
