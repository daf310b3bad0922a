import type { Mark, Marks, NewMark } from '@barometer/http-api/contract';
import { HOUR, iso, MODEL } from './mock-data';
import type { Asked } from './mock-reports';
import type { MockAnswer, MockRequest } from './mock-http';
import type { World } from './mock-world';

/** Automatic marks: sources were added and failed, and the model changed. */
function marksBy({ from, to, history }: Asked): Mark[] {
  if (!history || to - from <= 6 * HOUR) return [];
  return [
    { kind: 'source-failing', at: iso(from - HOUR), until: iso(from + 2 * HOUR), text: 'Could not be read: Example Times', source: 'example-times', count: 1 },
    { kind: 'model', at: iso(to - 6 * HOUR), text: `From here on ${MODEL.id} (${MODEL.revision}) scores` },
    { kind: 'source-added', at: iso(to - 5.5 * HOUR), text: '3 sources added: A, B, C', count: 3 },
  ];
}

export function marksOf(world: World, asked: Asked): Marks {
  const notes = world.notes.filter(({ at }) => Date.parse(at) >= asked.from && Date.parse(at) < asked.to);
  return {
    period: { from: iso(asked.from), to: iso(asked.to) },
    items: [...marksBy(asked), ...notes].sort((one, other) => (one.at < other.at ? -1 : 1)),
    left: 0,
  };
}

/** Adds and removes notes. */
export function changeMarks(world: World, { method, path, body }: MockRequest): MockAnswer {
  if (method === 'POST') {
    const { text, at, ...scope } = JSON.parse(body) as NewMark;
    const note: Mark = { kind: 'note', at: at ?? iso(world.now()), text, id: `${Date.parse(at ?? iso(world.now()))}-0000000${world.notes.length}`, ...scope };
    world.notes.push(note);
    return { status: 201, body: note };
  }
  world.notes = world.notes.filter(({ id }) => id !== path.split('/').at(-1));
  return { status: 204 };
}
