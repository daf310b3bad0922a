import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const MODEL = join(__dirname, '../../../../models/barometer-distilbert-news/tokenizer.json');

/** A word that makes the inference of its text fail with this error. */
export const unbearable = { word: 'unbearable', error: 'The model cannot bear this text.' };
/** A word that ends the process. */
export const lethal = { word: 'lethal', exitCode: 137 };

/**
 * Settings with which the packaged, unchanged Analysis meets texts that its model fails on. Such a fault of the model
 * is in native code below the artefact, so it is simulated there: Node loads a script before the function that inspects
 * the tokens of each batch on their way into onnxruntime.
 */
export function poisonedInference(): { readonly NODE_OPTIONS: string } {
  const script = `
    import { Module } from 'node:module';
    const load = Module._load;
    Module._load = function (name, ...rest) {
      const loaded = load.call(this, name, ...rest);
      if (name === 'onnxruntime-common' && !loaded.InferenceSession.prototype.poisoned) poison(loaded.InferenceSession.prototype);
      return loaded;
    };
    function poison(session) {
      const run = session.run;
      session.poisoned = true;
      session.run = async function (feeds, ...rest) {
        const ids = feeds.input_ids.data;
        if (ids.includes(${tokenOf(lethal.word)}n)) process.reallyExit(${lethal.exitCode});
        if (ids.includes(${tokenOf(unbearable.word)}n)) throw new Error(${JSON.stringify(unbearable.error)});
        return run.call(this, feeds, ...rest);
      };
    }`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}` };
}

/** The words are single tokens of the vocabulary, so that no other text contains them. */
function tokenOf(word: string): number {
  const { model } = JSON.parse(readFileSync(MODEL, 'utf8')) as { model: { vocab: Record<string, number> } };
  const token = model.vocab[word];
  if (token === undefined) throw new Error(`"${word}" is no token of the model: choose another word.`);
  return token;
}
