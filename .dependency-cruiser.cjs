/** The rooms of tools, each of which may know those before it and none behind. */
const rooms = [
  'node',
  'src/packaging',
  'dynamodb-local',
  'lambda-runtime',
  'src/smoke',
  'src/deployment',
  'cost',
  'adr',
  'src/(executors|generators)',
  '(aws-local|bench)',
];

/** Circles of imports, those of types included: whoever reads one file of a circle has to read them all. Run by `npm run structure`. */
module.exports = {
  forbidden: [
    { name: 'no-circle', severity: 'error', from: {}, to: { circular: true } },
    ...rooms.slice(0, -1).map((room, index) => ({
      name: 'rooms-of-tools',
      severity: 'error',
      from: { path: `^tools/${room}/`, pathNot: '\\.spec\\.ts$|/testing/' },
      to: { path: `^tools/(${rooms.slice(index + 1).join('|')})/` },
    })),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: `${__dirname}/tsconfig.base.json` },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'node_modules|(^|/)dist/' },
  },
};
