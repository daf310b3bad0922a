export interface Template {
  readonly Resources?: Readonly<Record<string, { readonly Type: string; readonly [part: string]: unknown }>>;
}

/** One place where two versions of a resource differ, such as `Properties.MemorySize`; absent values are undefined. */
export interface PlaceDifference {
  readonly place: string;
  readonly before: unknown;
  readonly after: unknown;
}

export interface ResourceDifference {
  readonly kind: 'added' | 'removed' | 'changed';
  readonly id: string;
  readonly type: string;
  readonly places: readonly PlaceDifference[];
}

/** What deploying `after` over `before` would do to the resources, in the order of their ids. */
export function diffTemplates(before: Template, after: Template): ResourceDifference[] {
  const [old, young] = [before.Resources ?? {}, after.Resources ?? {}];
  const ids = [...new Set([...Object.keys(old), ...Object.keys(young)])].sort();
  return ids.flatMap((id): ResourceDifference[] => {
    const [was, is] = [old[id], young[id]];
    if (!was && is) return [{ kind: 'added', id, type: is.Type, places: [] }];
    if (was && !is) return [{ kind: 'removed', id, type: was.Type, places: [] }];
    const places = differences('', was, is);
    return places.length === 0 ? [] : [{ kind: 'changed', id, type: is?.Type ?? '', places }];
  });
}

/** Descends while both are objects; lists are compared as a whole, since their order matters. */
function differences(place: string, before: unknown, after: unknown): PlaceDifference[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (!isRecord(before) || !isRecord(after)) return [{ place, before, after }];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap((key) => differences(place === '' ? key : `${place}.${key}`, before[key], after[key]));
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const LONGEST = 120;

/** The difference of one stack as lines to read. */
export function describeDifferences(stack: string, differences: readonly ResourceDifference[]): string {
  if (differences.length === 0) return `${stack}: no difference\n`;
  const signs = { added: '+', removed: '-', changed: '~' } as const;
  const lines = differences.flatMap(({ kind, id, type, places }) => [
    `  ${signs[kind]} ${type} ${id}`,
    ...places.map(({ place, before, after }) => `      ${place}: ${shown(before)} -> ${shown(after)}`),
  ]);
  return `${stack}: ${differences.length} ${differences.length === 1 ? 'resource differs' : 'resources differ'}\n${lines.join('\n')}\n`;
}

function shown(value: unknown): string {
  const text = value === undefined ? '(none)' : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
