/** What a browser fetches before the page in `folder` shows anything: the document and everything it names, each with its bytes, gzipped. */
export function firstLoad(folder: string): { readonly name: string; readonly bytes: number }[];
