export { noUsualHeadline, noUsualWords } from './no-usual-words';
