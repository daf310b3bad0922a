import type { SourcePreview } from '@barometer/http-api/contract';
import { TimeAgo } from '../../components/time-ago';
import { t } from '../../i18n/translate';

const formats: Readonly<Record<string, string>> = { rss: 'RSS', rdf: 'RDF', atom: 'Atom', json: 'JSON Feed' };

/** The content of a feed, before it is added. */
export function SourcePreviewBox({ preview }: { preview: SourcePreview }) {
  return (
    <section className="preview-box" aria-label={t('common.preview')}>
      <h3>{preview.title || t('source.untitledFeed')}</h3>
      <p className="muted number">
        {[formats[preview.format] ?? preview.format, preview.language, t('source.items', { count: preview.itemCount })].filter(Boolean).join(' · ')}
      </p>
      <ul>
        {preview.items.map((item, index) => (
          <li key={`${index}-${item.url}`}>
            <span className="headline" dir="auto">
              {item.title || item.summary || t('source.untitled')}
            </span>
            {item.publishedAt && (
              <span className="muted">
                <TimeAgo at={item.publishedAt} />
              </span>
            )}
          </li>
        ))}
      </ul>
      {preview.language && preview.language !== 'en' && <p className="muted">{t('source.notEnglish')}</p>}
    </section>
  );
}
