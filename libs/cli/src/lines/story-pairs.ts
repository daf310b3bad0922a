import { RELATIONS, type PairSide, type Relation, type StoryPair } from '@barometer/stories';
import { readLines } from '@barometer/text';

/** A line that is not a valid pair, with its number counted from 1. */
export interface BadPair {
  readonly number: number;
  readonly reason: string;
}

/**
 * Reads JSON Lines of judged pairs; blank lines are skipped. `charset` is the input's character set if its first bytes
 * don't tell. Throws what the stream throws.
 */
export async function storyPairsOf(input: AsyncIterable<Uint8Array>, charset?: string): Promise<{ pairs: StoryPair[]; bad: BadPair[] }> {
  const pairs: StoryPair[] = [];
  const bad: BadPair[] = [];
  for await (const { number, text } of readLines(input, { charset })) {
    if (text?.trim() === '') continue;
    const pair = text === undefined ? 'the line is longer than 4 MB' : pairOf(text);
    if (typeof pair === 'string') bad.push({ number, reason: pair });
    else pairs.push(pair);
  }
  return { pairs, bad };
}

/** The pair of a line, or what is wrong with the line. */
function pairOf(line: string): StoryPair | string {
  const row = objectOf(line);
  if (!row) return 'this is no JSON object';
  if (!isRelation(row.relation))
    return `"relation" must be ${RELATIONS.slice(0, -1).join(', ')} or ${RELATIONS.at(-1)}, not ${JSON.stringify(row.relation) ?? 'missing'}`;
  const a = sideOf(row.a, 'a');
  if (typeof a === 'string') return a;
  const b = sideOf(row.b, 'b');
  return typeof b === 'string' ? b : { a, b, relation: row.relation };
}

function sideOf(value: unknown, name: string): PairSide | string {
  if (!isObject(value)) return `"${name}" must be an object with "text", "publisher" and "date"`;
  const { text, date } = value;
  if (typeof text !== 'string' || text.trim() === '') return `"${name}" has no "text"`;
  const at = typeof date === 'string' ? Date.parse(date) : NaN;
  return Number.isNaN(at) ? `"${name}" has no "date" such as 2026-04-18 or 2026-04-18T09:30:00Z` : { text, at };
}

const isRelation = (value: unknown): value is Relation => RELATIONS.some((relation) => relation === value);
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function objectOf(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
