import { readFile, readdir } from 'node:fs/promises';

const MARK = 'barometer-bench-started:';
const script = `import{isMainThread}from'node:worker_threads';isMainThread&&process.stderr.write('${MARK}'+performance.timeOrigin+'\\n')`;

/** Makes Node print when it started: the start of the container is not part of a function's start. Costs a few milliseconds. */
export const tellStart = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}` };

/** The start time that Node printed, in milliseconds since the epoch. */
export function startToldIn(output: string): number {
  const told = new RegExp(`${MARK}([\\d.]+)`).exec(output)?.[1];
  if (told === undefined) throw new Error(`The function never said when it started. It wrote:\n${output || 'nothing'}`);
  return Number(told);
}

/** The peak memory of the process that polls this Runtime API, in MB, inside its container or not; undefined without /proc. */
export async function peakMemoryMb(runtimeApi: string): Promise<number | undefined> {
  const processes = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const peaks = await Promise.all(processes.map((id) => peakOf(id, runtimeApi).catch(() => 0)));
  return Math.max(0, ...peaks) || undefined;
}

async function peakOf(id: string, runtimeApi: string): Promise<number> {
  const environment = await readFile(`/proc/${id}/environ`, 'utf8');
  if (!environment.split('\0').includes(`AWS_LAMBDA_RUNTIME_API=${runtimeApi}`)) return 0;
  return peakIn(await readFile(`/proc/${id}/status`, 'utf8'));
}

/** VmHWM (proc(5)): the peak of the resident set, in kibibytes. */
export function peakIn(status: string): number {
  return (Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024) / 1_000_000;
}
