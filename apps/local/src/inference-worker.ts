// The second entry of the build: the thread that holds the model, found beside main.mjs.
import '@barometer/sentiment-transformers/worker';
