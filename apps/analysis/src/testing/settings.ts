import { readSettings } from '../config';

/** The required settings alone. */
export const leastEnvironment = { TABLE_NAME: 'news', DEAD_LETTER_QUEUE_URL: 'http://127.0.0.1:9/000000000000/dead' };

export const testSettings = (more: Record<string, string> = {}) => readSettings({ ...leastEnvironment, ...more });
