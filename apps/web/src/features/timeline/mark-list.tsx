import type { Mark } from '@barometer/http-api/contract';
import { useState } from 'react';
import { api } from '../../api/client';
import { ActionButton } from '../../components/action-button';
import { useAnnounce } from '../../components/announcer';
import { useAction } from '../../components/use-action';
import { scopeText } from '../../format/scope';
import { rich, t } from '../../i18n/translate';
import { useCatalog } from '../../state/use-catalog';
import { useConnection, useMayWrite } from '../../state/use-connection';
import { markTime, type MarkGroup } from './mark-groups';

/** Groups shown before "show more". */
const FEW = 3;

/** The texts for the numbers on the chart; `left` more marks are not shown. */
export function MarkList({ groups, left }: { groups: readonly MarkGroup[]; left: number }) {
  const count = groups.reduce((sum, { marks }) => sum + marks.length, 0);
  if (count === 0) return null;
  return (
    <details className="mark-list" open={groups.length <= FEW}>
      <summary>{left > 0 ? t('marks.titleLeft', { marks: t('marks.title', { count }), count: left }) : t('marks.title', { count })}</summary>
      <ul>
        {groups.map(({ number, marks }) => (
          <li key={number}>
            <span className="mark-number" aria-hidden="true">
              {number}
            </span>
            <ul aria-label={t('marks.at', { number })}>
              {marks.map((mark) => (
                <MarkRow key={mark.id ?? `${mark.kind} ${mark.at}`} mark={mark} />
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </details>
  );
}

function MarkRow({ mark }: { mark: Mark }) {
  const { topicName, sourceName } = useCatalog();
  const about = mark.kind === 'note' ? scopeText(mark.topic && topicName(mark.topic), mark.source && sourceName(mark.source)) : undefined;
  return (
    <li>
      <span className="mark-words">
        {about ? rich('marks.noteAbout', { about, text: mark.text }) : rich('marks.text', { kind: t(`marks.kind.${mark.kind}`), text: mark.text })}
      </span>{' '}
      <time className="muted" dateTime={mark.at}>
        {markTime(mark)}
      </time>
      {mark.id !== undefined && <RemoveNote id={mark.id} text={mark.text} />}
    </li>
  );
}

/** Asks for confirmation before a note is removed, since its text is stored nowhere else. */
function RemoveNote({ id, text }: { id: string; text: string }) {
  const mayWrite = useMayWrite();
  const connection = useConnection();
  const announce = useAnnounce();
  const [asked, setAsked] = useState(false);
  const remove = useAction(async () => {
    await api.send('DELETE', `/marks/${id}`);
    announce(t('note.removed'));
    connection.refresh();
  });
  if (!mayWrite) return null;
  return (
    <>
      <ActionButton
        className="small quiet"
        disabled={remove.busy}
        aria-label={t(asked ? 'note.reallyRemove' : 'note.remove', { text })}
        onClick={() => (asked ? void remove.run() : setAsked(true))}
        onBlur={() => setAsked(false)}
      >
        {asked ? t('common.reallyRemove') : t('common.remove')}
      </ActionButton>
      {remove.error && (
        <span className="field-error" role="alert">
          {remove.error.message}
        </span>
      )}
    </>
  );
}
