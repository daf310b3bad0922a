import type { Source, SourcesChange, SourcesChanged } from '@barometer/http-api/contract';
import { useId, useRef, useState } from 'react';
import { api } from '../../api/client';
import { ActionButton } from '../../components/action-button';
import { useAnnounce } from '../../components/announcer';
import { Dialog } from '../../components/dialog';
import { useAction } from '../../components/use-action';
import { t } from '../../i18n/translate';
import { groupNames } from '../../state/groups';
import { useCatalog } from '../../state/use-catalog';
import { useConnection, useMayWrite } from '../../state/use-connection';
import { ALL_GROUPS, chosenSources, idsBetween, NO_GROUP, orders, type Choice, type Order } from './manage-sources';
import { sourceWord } from './source-words';

/** The most that one request can change. */
const MOST_CHANGED = 500;
const states = ['failing', 'gone', 'new', 'ok', 'paused'] as const;

/** All sources in one list: searched, sorted, and changed together. */
export function ManageSources({ onClose }: { onClose: () => void }) {
  const { sources } = useCatalog();
  const mayWrite = useMayWrite();
  const all = sources.data?.items ?? [];
  const [choice, setChoice] = useState<Choice>({ search: '', state: '', group: ALL_GROUPS, order: 'trouble' });
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const shown = chosenSources(all, choice);
  const marked = all.filter(({ id }) => selected.has(id));
  return (
    <Dialog title={mayWrite ? t('manage.title') : t('common.allSources')} wide onClose={onClose}>
      <Narrowing choice={choice} groups={groupNames(all)} set={(change) => setChoice({ ...choice, ...change })} />
      <SelectAll shown={shown} all={all.length} selected={selected} onSelect={mayWrite ? setSelected : undefined} />
      <ManagedList shown={shown} selected={selected} onSelect={mayWrite ? setSelected : undefined} />
      {mayWrite && <ChangeMany marked={marked} groups={groupNames(all)} />}
    </Dialog>
  );
}

function Narrowing({ choice, groups, set }: { choice: Choice; groups: readonly string[]; set: (change: Partial<Choice>) => void }) {
  return (
    <div className="managed-choice">
      <input
        type="search"
        aria-label={t('manage.search')}
        placeholder={t('manage.searchHint')}
        value={choice.search}
        onChange={(event) => set({ search: event.target.value })}
      />
      <select aria-label={t('manage.state')} value={choice.state} onChange={(event) => set({ state: event.target.value as Choice['state'] })}>
        <option value="">{t('manage.anyState')}</option>
        {states.map((state) => (
          <option key={state} value={state}>
            {t(`sources.state.${state}`)}
          </option>
        ))}
      </select>
      <select aria-label={t('common.group')} value={choice.group} onChange={(event) => set({ group: event.target.value })}>
        <option value={ALL_GROUPS}>{t('manage.anyGroup')}</option>
        <option value={NO_GROUP}>{t('manage.noGroup')}</option>
        {groups.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
      <select aria-label={t('manage.sort')} value={choice.order} onChange={(event) => set({ order: event.target.value as Order })}>
        {orders.map((order) => (
          <option key={order} value={order}>
            {t(`manage.order.${order}`)}
          </option>
        ))}
      </select>
    </div>
  );
}

interface SelectionProps {
  readonly shown: readonly Source[];
  readonly selected: ReadonlySet<string>;
  /** Absent for readers who may change nothing. */
  readonly onSelect: ((selected: ReadonlySet<string>) => void) | undefined;
}

function SelectAll({ shown, all, selected, onSelect }: SelectionProps & { all: number }) {
  const marked = shown.filter(({ id }) => selected.has(id)).length;
  const toggle = () => onSelect?.(marked === shown.length ? new Set() : new Set([...selected, ...shown.map(({ id }) => id)]));
  const found = shown.length === all ? t('count.sources', { count: all }) : t('manage.found', { shown: shown.length, count: all });
  if (!onSelect || shown.length === 0)
    return (
      <p className="muted number" role="status">
        {found}
      </p>
    );
  return (
    <div className="managed-head">
      <label className="check">
        <input
          type="checkbox"
          checked={marked === shown.length}
          ref={(box) => void (box && (box.indeterminate = marked > 0 && marked < shown.length))}
          onChange={toggle}
        />
        {t('manage.selectAll')}
      </label>
      <span className="muted number" role="status">
        {found}
      </span>
    </div>
  );
}

function ManagedList({ shown, selected, onSelect }: SelectionProps) {
  const last = useRef<string>(undefined);
  const toggle = (id: string, withRange: boolean) => {
    const ids = withRange && last.current !== undefined ? idsBetween(shown, last.current, id) : [id];
    const next = new Set(selected);
    ids.forEach((one) => (selected.has(id) ? next.delete(one) : next.add(one)));
    last.current = id;
    onSelect?.(next);
  };
  if (shown.length === 0) return <p className="muted">{t('manage.none')}</p>;
  return (
    // Firefox and Safari do not make a scrolling list reachable by Tab.
    <ul className="managed" aria-label={t('sources.title')} tabIndex={0}>
      {shown.map((source) => (
        <ManagedRow key={source.id} source={source} isSelected={selected.has(source.id)} onToggle={onSelect && ((withRange) => toggle(source.id, withRange))} />
      ))}
    </ul>
  );
}

function ManagedRow({ source, isSelected, onToggle }: { source: Source; isSelected: boolean; onToggle: ((withRange: boolean) => void) | undefined }) {
  const troubled = source.state === 'failing' || source.state === 'gone';
  const words = (
    <>
      <span className="status-dot" aria-hidden="true" />
      <span className="managed-name">
        <span className="source-name">{source.name}</span>
        {source.groups.map((group) => (
          <span key={group} className="tag">
            {group}
          </span>
        ))}
      </span>
      <span className="source-word">{sourceWord(source)}</span>
      {troubled && source.health.message && <span className="source-message">{source.health.message}</span>}
    </>
  );
  if (!onToggle) return <li className={`source managed-row is-${source.state}`}>{words}</li>;
  return (
    <li>
      <label className={`source managed-row is-${source.state} ${isSelected ? 'is-selected' : ''}`}>
        <input type="checkbox" checked={isSelected} onChange={({ nativeEvent }) => onToggle((nativeEvent as MouseEvent).shiftKey === true)} />
        {words}
      </label>
    </li>
  );
}

type Action = SourcesChange['action'];

/** What can be done with the selected sources. */
function ChangeMany({ marked, groups }: { marked: readonly Source[]; groups: readonly string[] }) {
  const connection = useConnection();
  const announce = useAnnounce();
  const list = useId();
  const [group, setGroup] = useState('');
  const [asksRemoval, setAsksRemoval] = useState(false);
  const [refused, setRefused] = useState<SourcesChanged['refused']>([]);
  const change = useAction(async (action: Action) => {
    setAsksRemoval(false);
    const ids = marked.map(({ id }) => id);
    const left: SourcesChanged['refused'] = [];
    let changed = 0;
    for (let start = 0; start < ids.length; start += MOST_CHANGED) {
      const answer = await api.send<SourcesChanged>('POST', '/sources/changes', bodyOf(action, ids.slice(start, start + MOST_CHANGED), group.trim()));
      changed += answer.changed.length;
      left.push(...answer.refused);
    }
    setRefused(left);
    announce(t(`manage.done.${action}`, { count: changed }));
    connection.refresh();
  });
  const none = marked.length === 0 || change.busy;
  const act = (action: Action, label: string, disabled = none) => (
    <ActionButton className="small" disabled={disabled} onClick={() => void change.run(action)}>
      {label}
    </ActionButton>
  );
  const nameOf = (id: string) => marked.find((source) => source.id === id)?.name ?? id;
  return (
    <div className="managed-actions" role="group" aria-label={t('manage.actions')}>
      <p className="number">
        <b>{t('manage.selected', { count: marked.length })}</b>
      </p>
      <div className="managed-grouping">
        <input
          aria-label={t('manage.group')}
          placeholder={t('manage.groupHint')}
          list={list}
          maxLength={243}
          autoComplete="off"
          value={group}
          onChange={(event) => setGroup(event.target.value)}
        />
        <datalist id={list}>
          {groups.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        {act('move', t('manage.move'), none || group.trim() === '')}
        {act('group', t('manage.add'), none || group.trim() === '')}
        {act('ungroup', group.trim() === '' ? t('manage.ungroupAll') : t('manage.ungroup'))}
      </div>
      <div className="actions">
        {act('pause', t('common.pause'))}
        {act('resume', t('common.resume'))}
        {asksRemoval ? (
          <ActionButton className="small danger" disabled={none} onBlur={() => setAsksRemoval(false)} onClick={() => void change.run('remove')}>
            {t('manage.reallyRemove', { count: marked.length })}
          </ActionButton>
        ) : (
          <ActionButton className="small" disabled={none} onClick={() => setAsksRemoval(true)}>
            {t('common.removeAsk')}
          </ActionButton>
        )}
      </div>
      {change.error && (
        <p className="field-error" role="alert">
          {change.error.message}
        </p>
      )}
      {refused.length > 0 && (
        <ul className="field-error">
          {refused.map(({ id, message }) => (
            <li key={id}>
              {nameOf(id)}: {message}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function bodyOf(action: Action, ids: string[], group: string): SourcesChange {
  if (action === 'group' || action === 'move') return { action, ids, group };
  if (action === 'ungroup') return { action, ids, ...(group !== '' && { group }) };
  return { action, ids };
}
