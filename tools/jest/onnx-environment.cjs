// Jest runs tests in a separate realm, whose typed arrays onnxruntime-node does not accept ("Unexpected input data
// type"). This environment passes on those of the outer realm.
const { TestEnvironment } = require('jest-environment-node');

const shared = [
  'ArrayBuffer',
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
  'Float16Array',
];

module.exports = class OnnxEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    for (const name of shared) if (name in globalThis) this.global[name] = globalThis[name];
  }
};
