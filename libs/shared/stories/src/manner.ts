/** The manner of a headline. Headlines of one event mostly share it; those of different days of one affair do not. */
export interface Manner {
  /** Announces something that is still to come ("ahead of", "poised to"). */
  readonly awaits: boolean;
  /** Explains, judges or asks, rather than reports. */
  readonly explains: boolean;
  /** Says that something is not, or was not done. */
  readonly denies: boolean;
}

const AWAITS =
  /\b(?:ahead of|set to|expected to|what to (?:expect|watch)|poised|leans? toward|braces?|looms?|looming|hinges|about to|prepares?|asks?|on the brink|nears?|readies|awaits?|deadline)\b/i;
const EXPLAINS =
  /^(?:how|why|what|who|where|when|which|inside|opinion|analysis|meet|here['’]s|is|are|can|could|will|should|do|does|did)\b|\?|\b(?:what to know|takeaways?|explained|explains?|means for|what comes next|the meaning of|analysts?|experts?|review|hands.on|timeline|map|fact.?check|lessons?|says about|reaction)\b/i;
const DENIES =
  /\b(?:not|no|never|denies|denied|deny|without|isn['’]t|won['’]t|doesn['’]t|didn['’]t|can['’]t|refuses?|rejects?|fails?|failed|overturns?|reverses?)\b/i;

export const mannerOf = (text: string): Manner => ({
  awaits: AWAITS.test(text),
  explains: EXPLAINS.test(text),
  denies: DENIES.test(text),
});

/** The words after one of these are background of the news, not the news itself. */
export const ASIDE: ReadonlySet<string> = new Set('after over amid following as despite ahead before since because'.split(' '));
