// Runs main.ts from source, with the workspace's path names.
process.env.SWC_NODE_PROJECT ??= require('node:path').join(__dirname, '../../tsconfig.base.json');
require('@swc-node/register');
require('./src/main.ts');
