// npm run bench:lambda: the sizes of the Lambdas, how long they take to package, and how fast they start and answer.
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { runnerForImages } from '../../lambda-runtime/function-host';
import { ensureRuntimeClient } from '../../src/packaging/runtime-client';
import type { Artifact } from '../../src/packaging/artifact';
import { STAND_IN, chosenBase } from '../../src/packaging/base-image';
import { chooseBuilder } from '../../src/packaging/builders';
import type { PackagingFigures, StartFigures } from './figures';
import { emptyFunction } from './empty-function';
import { measurePackaging, packageAnalysisAsZip } from './measure-packaging';
import { measureStarts, type StartRequest } from './measure-starts';
import { report, written } from './report';

const root = join(__dirname, '..', '..', '..');
const DOCUMENT = 'docs/benchmarks.md';
const ROUNDS = 3;
const counts = { starts: 10, warm: 10 };
/** The event of each smoke.json that is measured. In the case of ingestion the feed was polled by the first start, which is not counted. */
const measured: Readonly<Record<string, Pick<StartRequest, 'event' | 'shows' | 'aim'>>> = {
  ingestion: { event: 'polls a feed', shows: 'a tick with nothing due', aim: 'init + first ≤ 350 ms' },
  dashboard: { event: 'answers a list', shows: 'a list of articles', aim: 'init + first ≤ 350 ms' },
  analysis: { event: 'scores a known sentence', shows: 'the score of a sentence', aim: 'to a first score ≤ 1200 ms' },
};

const log = (line: string) => void process.stderr.write(`${line}\n`);

/** Measures everything and writes it into docs/benchmarks.md. Fails with a sentence if podman, docker or the runtime client is missing. */
export async function main(): Promise<void> {
  await chooseBuilder(chosenBase(process.env['LAMBDA_BASE'] || undefined) === STAND_IN);
  await runnerForImages();
  await ensureRuntimeClient(log);
  const before = loadavg()[0] ?? 0;
  const packaging: PackagingFigures[] = [];
  for (const app of Object.keys(measured)) packaging.push(await measurePackaging(app, root, ROUNDS, log));
  const asZip = await packageAnalysisAsZip(root);
  packaging.push({ name: 'analysis (as a ZIP)', artifact: asZip.artifact, fresh: [], alone: [asZip.milliseconds], cached: [] });
  const starts: StartFigures[] = [await measureStarts({ ...(await emptyFunction(root)), workspaceRoot: root, ...counts }, log)];
  for (const { name, artifact } of packaging) starts.push(await measureStarts({ name, artifact, workspaceRoot: root, ...eventOf(artifact), ...counts }, log));
  const machine = {
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    node: process.versions.node,
    date: new Date().toISOString().slice(0, 10),
    load: [before, loadavg()[0] ?? 0] as const,
  };
  const text = report(machine, packaging, starts);
  await writeFile(join(root, DOCUMENT), written(await readFile(join(root, DOCUMENT), 'utf8'), text));
  console.log(text);
  log(`\nWritten into ${DOCUMENT}.`);
}

function eventOf({ app }: Artifact) {
  const event = measured[app];
  if (!event) throw new Error(`Nothing is measured of ${app}.`);
  return event;
}
