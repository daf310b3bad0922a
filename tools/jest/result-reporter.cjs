// Writes the counts of each run to dist/test-results, where `.ci/run` adds them up over all projects.
const { mkdirSync, writeFileSync } = require('node:fs');
const { join, basename, relative } = require('node:path');

module.exports = class ResultReporter {
  constructor(globalConfig) {
    this.root = globalConfig.rootDir;
    this.kind = process.env.NX_TASK_TARGET_TARGET ?? 'test';
  }

  onRunComplete(_contexts, results) {
    const workspace = join(__dirname, '..', '..');
    const project = relative(workspace, this.root).replaceAll(/[\\/]/g, '-') || basename(workspace);
    const folder = join(workspace, 'dist', 'test-results');
    mkdirSync(folder, { recursive: true });
    const { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped, numRuntimeErrorTestSuites: broken } = results;
    writeFileSync(join(folder, `${project}.${this.kind}.json`), JSON.stringify({ passed, failed: failed + broken, skipped }));
  }
};
