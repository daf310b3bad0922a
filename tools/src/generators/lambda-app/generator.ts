import { logger, type Tree } from '@nx/devkit';
import { nameOf, type Name } from '../names';

export interface LambdaAppOptions {
  readonly name: string;
  readonly packaging?: 'zip' | 'image';
}

/**
 * Generates a Lambda app: its settings, a handler that maps an event to an answer, its metrics, and the events of its
 * smoke test. Throws if it exists already.
 */
export default function lambdaApp(tree: Tree, { name, packaging = 'zip' }: LambdaAppOptions): void {
  const it = nameOf(name);
  const root = `apps/${it.kebab}`;
  if (tree.exists(root)) throw new Error(`${root} is there already.`);
  for (const [path, text] of Object.entries(files(it, packaging))) tree.write(`${root}/${path}`, text);
  const catalogue = 'libs/shared/aws/src/metrics.json';
  tree.write(catalogue, withService(tree.read(catalogue, 'utf8') ?? '', it.kebab));
  logger.info(
    `${root}: "npx nx smoke ${it.kebab}" packages it and runs it as Lambda would. It is deployed once infra/src/names.ts names it and a stack of infra/src/stacks makes it; docs/operations/runbook.md wants its alarms.`,
  );
}

/** The catalogue with another service, whose metric the handler records; the rest stays as it was written. */
function withService(text: string, service: string): string {
  const end = text.lastIndexOf('\n  }\n}');
  if (end < 0) throw new Error('libs/shared/aws/src/metrics.json does not end as expected: "services" is its last entry.');
  return `${text.slice(0, end)},\n    "${service}": {\n      "EventsHandled": { "unit": "Count", "what": "events that were answered" }\n    }${text.slice(end)}`;
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

function files({ kebab, pascal }: Name, packaging: 'zip' | 'image'): Record<string, string> {
  return {
    'project.json': json({
      $schema: '../../node_modules/nx/schemas/project-schema.json',
      name: kebab,
      projectType: 'application',
      sourceRoot: `apps/${kebab}/src`,
      tags: [`scope:${kebab}-app`, 'type:app'],
      metadata: { packaging },
    }),
    'tsconfig.json': json({ extends: '../../tsconfig.base.json', include: ['src/**/*.ts'] }),
    'jest.config.cjs': `module.exports = { preset: '../../jest.preset.js', displayName: '${kebab}' };\n`,
    'smoke.json': json({
      memoryMb: 512,
      timeoutSeconds: 10,
      environment: { ENVIRONMENT: 'smoke' },
      metrics: { namespace: 'Barometer', dimensions: { service: kebab, environment: 'smoke' }, names: ['EventsHandled'] },
      events: [{ name: 'answers', event: { name: 'world' }, expect: { greeting: 'Hello, world.' } }],
    }),
    'src/main.ts': `import { coldStart, createTelemetry } from '@barometer/aws';
import { readSettings } from './config';
import { createHandler } from './handler';

/** What Lambda calls. */
export const handler = coldStart('${kebab}', (warn) => {
  const settings = readSettings(process.env, warn);
  return createHandler({ telemetry: createTelemetry('${kebab}', settings.environment) });
});
`,
    'src/config.ts': `import { environmentName } from '@barometer/aws';
import { readEnvironment, type Environment, type WarnOfSetting } from '@barometer/kernel';
import * as z from 'zod';

const schema = z.object({
  ENVIRONMENT: environmentName.default('dev'),
});

export type Settings = ReturnType<typeof readSettings>;

/** The settings of the function; whoever is to be warned hears of variables that are probably misspelt. @throws SettingsError naming every variable that cannot be used */
export function readSettings(environment: Environment, warn?: WarnOfSetting) {
  const value = readEnvironment(schema, environment, { warn });
  return { environment: value.ENVIRONMENT };
}
`,
    'src/config.spec.ts': `import { readSettings } from './config';

it('has defaults', () => expect(readSettings({})).toEqual({ environment: 'dev' }));

it('stops the start at a value that cannot be used, naming it', () => {
  expect(() => readSettings({ ENVIRONMENT: 'Not A Name' })).toThrow('ENVIRONMENT');
});
`,
    'src/handler.ts': `import type { Telemetry } from '@barometer/aws';
import type { Context } from 'aws-lambda';
import * as z from 'zod';

export interface HandlerDeps {
  readonly telemetry: Telemetry<'${kebab}'>;
}

const eventSchema = z.object({ name: z.string().min(1) });

/** What the function answers. */
export interface ${pascal}Answer {
  readonly greeting: string;
}

/** Reads the event, calls one use case, and maps its outcome. @throws TypeError where the event is none */
export function createHandler({ telemetry }: HandlerDeps) {
  return (input: unknown, context: Context): Promise<${pascal}Answer> => telemetry.invocation(context, async () => {
    const event = eventSchema.safeParse(input);
    if (!event.success) throw new TypeError('The event must have a name.');
    telemetry.record({ EventsHandled: 1 });
    return { greeting: \`Hello, \${event.data.name}.\` };
  });
}
`,
    'src/handler.spec.ts': `import { lambdaContext, RecordingTelemetry } from '@barometer/aws/testing';
import { createHandler } from './handler';

const setUp = () => {
  const telemetry = new RecordingTelemetry<'${kebab}'>();
  return { telemetry, handler: createHandler({ telemetry }) };
};

it('answers, and counts it', async () => {
  const { handler, telemetry } = setUp();
  expect(await handler({ name: 'world' }, lambdaContext('${kebab}'))).toEqual({ greeting: 'Hello, world.' });
  expect(telemetry.metrics).toEqual({ EventsHandled: 1 });
});

it('refuses what is no event, in one sentence', async () => {
  await expect(setUp().handler({}, lambdaContext('${kebab}'))).rejects.toThrow('The event must have a name.');
});
`,
  };
}
