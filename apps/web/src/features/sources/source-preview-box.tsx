import type { SourcePreview } from '@barometer/http-api/contract';
import { TimeAgo } from '../../components/time-ago';
import { plural } from '../../format/numbers';

const formats: Readonly<Record<string, string>> = { rss: 'RSS', rdf: 'RDF', atom: 'Atom', json: 'JSON Feed' };

/** What a feed holds, before it is added. */
export function SourcePreviewBox({ preview }: { preview: SourcePreview }) {
  return (
    <section className="preview-box" aria-label="Preview">
      <h3>{preview.title || 'A feed without a title'}</h3>
      <p className="muted number">
        {[formats[preview.format] ?? preview.format, preview.language, plural(preview.itemCount, 'item')].filter(Boolean).join(' · ')}
      </p>
      <ul>
        {preview.items.map((item, index) => (
          <li key={`${index}-${item.url}`}>
            <span className="headline" dir="auto">{item.title || item.summary || 'Untitled'}</span>
            {item.publishedAt && <span className="muted"><TimeAgo at={item.publishedAt} /></span>}
          </li>
        ))}
      </ul>
      {preview.language && preview.language !== 'en' && <p className="muted">Its articles will be listed but not scored: the model reads English.</p>}
    </section>
  );
}
