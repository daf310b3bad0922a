export { decodeText, isKnownCharset, type CharsetError } from './decode-text';
export { LinesError, readLines, type InputLine, type ReadLinesOptions } from './read-lines';
