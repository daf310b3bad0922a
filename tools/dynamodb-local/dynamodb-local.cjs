// Installs and starts DynamoDB Local, AWS's real engine in a Java process, for tests and for `aws:local`. Its licence
// allows use but not redistribution, so it is installed into the user's cache, never into the repository.
const { spawn, spawnSync } = require('node:child_process');
const { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { createServer, connect } = require('node:net');
const { homedir } = require('node:os');
const { dirname, join } = require('node:path');

// This package contains DynamoDB Local 1.25.1; only its files are needed, so its dependencies are replaced by an empty package.
const NAME = 'amplify-dynamodb-simulator';
const VERSION = '2.9.30';
const NOTHING = 'npm:is-number@7.0.0';
const NOT_NEEDED = [
  '@aws-amplify/amplify-cli-core',
  '@aws-sdk/client-dynamodb',
  'detect-port',
  'execa',
  'fs-extra',
  'logdown',
  'promise-toolbox',
  'wait-port',
  'which',
];
const LEAST_JAVA = 17;
const START_MS = 120_000;

const cacheFolder = () =>
  process.env.BAROMETER_TOOLS_DIR ??
  join(process.env.XDG_CACHE_HOME || (process.platform === 'win32' && process.env.LOCALAPPDATA) || join(homedir(), '.cache'), 'barometer');

/** The `java` command of version 17 or newer. Throws one sentence if there is none. */
function findJava() {
  const names = process.env.JAVA_HOME ? [join(process.env.JAVA_HOME, 'bin', 'java'), 'java'] : ['java'];
  for (const name of names) {
    const { stderr, stdout, error } = spawnSync(name, ['-version'], { encoding: 'utf8', env: process.env });
    const [, major] = /version "(\d+)/.exec(error ? '' : `${stderr}${stdout}`) ?? [];
    if (Number(major) >= LEAST_JAVA) return name;
  }
  throw new Error(`DynamoDB Local needs Java ${LEAST_JAVA} or newer, and none was found in JAVA_HOME or PATH.`);
}

/** The folder of the jar; installs it on the first call. */
function installDynamoDbLocal() {
  const folder = join(cacheFolder(), `dynamodb-local-${VERSION}`);
  const jars = join(folder, 'node_modules', NAME, 'emulator');
  if (existsSync(join(jars, 'DynamoDBLocal.jar'))) return jars;
  mkdirSync(dirname(folder), { recursive: true });
  // Into a temporary folder, which is then renamed: several test runs may start at the same time.
  const fresh = mkdtempSync(`${folder}-`);
  const overrides = { [NAME]: Object.fromEntries(NOT_NEEDED.map((name) => [name, NOTHING])) };
  writeFileSync(join(fresh, 'package.json'), JSON.stringify({ name: 'dynamodb-local', private: true, dependencies: { [NAME]: VERSION }, overrides }));
  const windows = process.platform === 'win32';
  const npm = spawnSync(windows ? 'npm.cmd' : 'npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--omit=optional'], {
    cwd: fresh,
    encoding: 'utf8',
    shell: windows,
  });
  if (npm.status !== 0) throw new Error(`DynamoDB Local could not be installed: ${npm.error?.message ?? npm.stderr.trim().split('\n').at(-1)}`);
  try {
    renameSync(fresh, folder);
  } catch {
    rmSync(fresh, { recursive: true, force: true });
  }
  if (!existsSync(join(jars, 'DynamoDBLocal.jar'))) throw new Error(`DynamoDB Local is not in ${jars}.`);
  return jars;
}

/**
 * Starts DynamoDB Local, empty and in memory. It accepts any credentials. It listens on every interface of the machine,
 * which cannot be changed: use it only where that is acceptable.
 */
async function startDynamoDbLocal({ port } = {}) {
  const java = findJava();
  const jars = installDynamoDbLocal();
  const chosen = port ?? (await freePort());
  const options = [`-Djava.library.path=${join(jars, 'DynamoDBLocal_lib')}`, '-Xmx768m', '-XX:TieredStopAtLevel=1', '-jar', join(jars, 'DynamoDBLocal.jar')];
  const child = spawn(java, [...options, '-inMemory', '-sharedDb', '-disableTelemetry', '-port', String(chosen)], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk) => (said = `${said}${chunk}`.slice(-2_000)));
  const stop = () => new Promise((resolve) => (child.exitCode === null && child.signalCode === null ? (child.once('exit', resolve), child.kill()) : resolve()));
  const abandon = () => child.kill();
  process.once('exit', abandon);
  child.once('exit', () => process.removeListener('exit', abandon));
  await answering(chosen, child, () => said).catch(async (error) => {
    await stop();
    throw error;
  });
  return { endpoint: `http://127.0.0.1:${chosen}`, port: chosen, pid: child.pid, stop };
}

async function answering(port, child, said) {
  for (const end = Date.now() + START_MS; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 100))) {
    if (child.exitCode !== null) throw new Error(`DynamoDB Local ended at once: ${said().trim()}`);
    if (await takesConnections(port)) return;
  }
  throw new Error(`DynamoDB Local did not answer within ${START_MS / 1000} s: ${said().trim()}`);
}

const takesConnections = (port) =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const end = (answer) => () => (socket.destroy(), resolve(answer));
    socket.once('connect', end(true));
    socket.once('error', end(false));
  });

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

module.exports = { findJava, installDynamoDbLocal, startDynamoDbLocal };

if (require.main === module) {
  startDynamoDbLocal({ port: process.env.PORT ? Number(process.env.PORT) : undefined }).then(
    ({ endpoint, stop }) => {
      console.log(`DynamoDB Local answers on ${endpoint} (it listens on every interface). Ctrl+C ends it.`);
      for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop().then(() => process.exit(0)));
    },
    (error) => {
      console.error(error.message);
      process.exit(1);
    },
  );
}
