import { useRef, useState } from 'react';
import { BASE } from '../../api/client';
import { useAnnounce } from '../../components/announcer';
import { Dialog } from '../../components/dialog';
import { Segmented } from '../../components/segmented';
import { rich, t } from '../../i18n/translate';
import { useCatalog } from '../../state/use-catalog';
import { useConnectionState } from '../../state/use-connection';
import { useView } from '../../state/use-view';
import { embedAddress, embedSnippet, englishAbout, moodFeed, type EmbedKind } from './embed-snippet';

/** The HTML that shows this mood on another page, to copy. */
export function EmbedDialog({ about, onClose }: { about: string; onClose: () => void }) {
  const { topicName, sourceName } = useCatalog();
  const [{ topic, source, group, period }] = useView();
  const [kind, setKind] = useState<EmbedKind>('card');
  const [copied, setCopied] = useState(false);
  const announce = useAnnounce();
  const box = useRef<HTMLTextAreaElement>(null);
  const keyed = useConnectionState(({ capabilities }) => capabilities?.auth.required === true);
  const embedding = {
    home: `${location.origin}${BASE}`,
    about: englishAbout(topic && topicName(topic), source ? sourceName(source) : group),
    topic,
    source,
    group,
    period,
    keyed,
  };
  const shown = embedAddress(kind, { ...embedding, keyed: false });
  const snippet = embedSnippet(kind, embedding);
  const copy = async () => {
    box.current?.select();
    try {
      await navigator.clipboard.writeText(snippet);
      setCopied(true);
      announce(t('common.copied'));
    } catch {
      // If the clipboard cannot be written, the lines are selected instead.
      announce(t('embed.selected'));
    }
  };
  return (
    <Dialog title={t('embed.open')} onClose={onClose}>
      <Segmented
        legend={t('embed.what')}
        options={[
          { value: 'card', label: t('embed.card') },
          { value: 'badge', label: t('embed.badge') },
        ]}
        value={kind}
        onChange={(next) => {
          setKind(next);
          setCopied(false);
        }}
      />
      <p>{t('embed.about', { about, period: t(`period.words.${period}`) })}</p>
      <div className="embed-preview">
        {kind === 'card' ? (
          <iframe src={shown} title={t('embed.cardLook')} width="320" height="240" sandbox="" />
        ) : (
          <img src={shown} alt={t('embed.badgeLook')} height="20" />
        )}
      </div>
      <label className="field">
        <span>HTML</span>
        <textarea ref={box} className="code" readOnly rows={4} value={snippet} spellCheck={false} onFocus={(event) => event.currentTarget.select()} />
      </label>
      {keyed ? <p className="muted">{rich('embed.keyed', { feed: moodFeed(embedding) })}</p> : <p className="muted">{t('embed.local')}</p>}
      <div className="dialog-actions">
        <button type="button" className="primary" onClick={() => void copy()}>
          {copied ? t('common.copied') : t('common.copy')}
        </button>
      </div>
    </Dialog>
  );
}
