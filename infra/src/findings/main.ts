import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import accepted from './accepted-findings.json';
import { acceptedSchema, checkovFindings, judgeFindings, lintFindings } from './judge-findings';

// Checks the recorded templates with cfn-lint and checkov, which are installed into the user's cache; needs Python 3
// with venv. Every finding is fixed, or accepted in accepted-findings.json with the reason why it is no fault.
const PACKAGES = ['cfn-lint==1.58.0', 'checkov==3.3.30'];
const root = join(__dirname, '../../..');
const recorded = 'infra/recorded';

function run(command: string, args: readonly string[], mayFail = false): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 100_000_000 });
  if (error || (status !== 0 && !mayFail)) throw new Error(`${command} ${args[0]} failed: ${error?.message ?? (stderr || stdout).trim()}`);
  return stdout;
}

/** The folder of both programs; installs them on the first call. */
function programs(): string {
  const folder = join(
    process.env['BAROMETER_TOOLS_DIR'] ?? join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'barometer'),
    `template-checks-${PACKAGES.map((one) => one.split('==')[1]).join('-')}`,
  );
  const bin = join(folder, 'bin');
  if (existsSync(join(bin, 'installed'))) return bin;
  mkdirSync(folder, { recursive: true });
  run('python3', ['-m', 'venv', folder]);
  run(join(bin, 'pip'), ['install', '--quiet', '--disable-pip-version-check', ...PACKAGES]);
  mkdirSync(join(bin, 'installed'));
  return bin;
}

try {
  const bin = programs();
  const templates = globSync(`${recorded}/*/*.template.json`, { cwd: root });
  if (templates.length === 0) throw new Error(`There are no templates in ${recorded}.`);
  // Both exit with a status other than 0 if they find something.
  const found = [
    ...lintFindings(run(join(bin, 'cfn-lint'), ['--format', 'json', ...templates], true)),
    ...checkovFindings(
      run(
        join(bin, 'checkov'),
        ['--directory', recorded, '--framework', 'cloudformation', '--compact', '--quiet', '--skip-download', '--output', 'json'],
        true,
      ),
    ),
  ];
  const { open, stale } = judgeFindings(found, acceptedSchema.parse(accepted));
  for (const { check, resource, template, message } of open) console.error(`${template}: ${resource}: ${check}: ${message}`);
  for (const { check, resources } of stale) console.error(`${check} for ${resources} is accepted, and found nowhere: take it out of accepted-findings.json.`);
  console.log(`${found.length} findings in ${templates.length} templates, ${open.length} of them open.`);
  if (open.length + stale.length > 0) process.exitCode = 1;
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
