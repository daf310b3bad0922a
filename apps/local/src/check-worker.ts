// An entry of the build: the thread that compares stories for `barometer check`, found beside main.mjs.
import '@barometer/reporting-sqlite/worker';
