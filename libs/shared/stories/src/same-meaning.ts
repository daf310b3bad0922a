/**
 * Words of news that stand for one another in headlines of one event, each line a group; written by hand, from how desks
 * vary their verbs and from the adjectives of countries. A word belongs to one group. Phrases (several words) are joined
 * before a headline is split.
 */
export const GROUPS: readonly (readonly string[])[] = `
die dies died dead death deaths dying fatal fatally deadly deadliest kill kills killed killing killings killer slay slain slaying drown drowns drowned
injure injured injures injuring injury injuries wound wounded wounding hurt hurts
resign resigns resigned resignation quit quits quitting exit exits depart departs departing departure departures leave leaves leaving ousted oust ousts ouster
fire fires fired firing sack sacked sacks dismiss dismisses dismissed dismissal
wildfire wildfires blaze blazes bushfire bushfires inferno
shoot shoots shot shooting shootings gunfire gunman gunmen shooter shooters
stab stabs stabbed stabbing stabbings knife
arrest arrests arrested detain detains detained detention custody
charge charged charges indict indicts indicted indictment accused accuse accuses accusing accusation accusations
sentence sentenced sentences sentencing
prison jail jailed imprisoned imprison
plead pleads pleaded guilty
court courts judge judges
block blocks blocked blocking bar bars barred barring halt halts halted halting suspend suspends suspended suspension pause pauses paused freeze
approve approves approved approval back backs backed greenlight clear clears cleared endorse endorses endorsed
reject rejects rejected rejection rebuff rebuffs decline declines
quake quakes earthquake earthquakes temblor
storm storms hurricane hurricanes typhoon typhoons cyclone cyclones
flood floods flooding flooded floodwaters
crash crashes crashed collide collides collided collision derail derails derailed derailment
explosion explosions explode explodes exploded blast blasts
airplane airplanes plane planes aircraft jet jets airliner
boat boats ship ships vessel vessels ferry
car cars vehicle vehicles automobile
strike strikes struck attack attacks attacked attacking airstrike airstrikes pound pounds bomb bombs bombed bombing bombings bombard
missile missiles rocket rockets drone drones
troop troops soldier soldiers
ceasefire truce armistice
hostage hostages captive captives
prisoner prisoners detainee detainees inmate inmates
protest protests protester protesters demonstrate demonstration demonstrations demonstrators rally rallies unrest
police cop cops officer officers
leader leaders chief chiefs head heads boss bosses
lawmaker lawmakers legislator legislators
senator senators sen senate
representative rep congressman congresswoman congress
governor gov
pm premier
buy buys bought buying acquire acquires acquired acquisition purchase purchases takeover
bid bids offer offers offered
deal deals agreement agreements pact accord agree agrees agreed
talk talks negotiation negotiations negotiate negotiating
meet meets met meeting summit
visit visits visited trip travel travels
say says said saying tell tells told claim claims claimed
announce announces announced announcement unveil unveils unveiled reveal reveals revealed launch launches launched introduce introduces introduced release releases released
warn warns warned warning warnings caution cautions
threaten threatens threatened threat threats
sue sues sued suing lawsuit lawsuits suit litigation
win wins won winning winner victory beat beats beaten defeat defeats defeated clinch clinches
elect elected election elections vote votes voted voting voters poll polls ballot ballots
rise rises rising rose climb climbs climbed jump jumps jumped surge surges surged soar soars soared gain gains gained
fall falls falling fell drop drops dropped slip slips slipped tumble tumbles tumbled plunge plunges plunged sink sinks sank slide slides slid slump slumps dip dips
cut cuts cutting slash slashes slashed reduce reduces reduced trim
layoff layoffs jobcut jobcuts lay lays laid
stock stocks share shares equities
profit profits earnings income revenue
worker workers employee employees staff staffers
school schools university universities college colleges student students
hospital hospitals hospitalized hospitalised
child children kid kids boy boys girl girls toddler teen teens teenager teenagers
man men
woman women
mother mom mum mothers
father dad fathers
church churches mosque mosques synagogue synagogues
probe probes investigate investigates investigated investigation investigations inquiry investigators
search searches searched hunt hunts manhunt
find finds found discover discovers discovered
miss missing disappear disappears disappeared disappearance vanish vanishes vanished
rule rules ruled ruling rulings decision decisions decide decides
law laws bill bills legislation
ban bans banned banning outlaw outlaws prohibit prohibits
plan plans planned planning proposal proposes proposed
order orders ordered ordering
end ends ended ending stop stops stopped stopping
begin begins began start starts started starting open opens opened opening kickoff
close closes closed closing shut shuts shutting
shutdown shutdowns
reopen reopens reopened reopening resume resumes resumed
tariff tariffs levy levies duties
price prices cost costs
record high highs
home homes residence
town city village
apologize apologizes apologised apologises apology sorry
defend defends defended
criticize criticizes criticised slam slams slammed blasted condemn condemns condemned denounce denounces denounced rebuke rebukes
praise praises praised
pull pulls pulled scrap scraps scrapped cancel cancels canceled cancelled cancellation cancellations abandon abandons
delay delays delayed postpone postpones postponed
recall recalls recalled
salmonella listeria ecoli
outbreak outbreaks
vaccine vaccines vaccination
free freed frees
send sends sent deploy deploys deployed deploying deployment deployments
add adds added
pick picks picked choose chooses chose nominate nominates nominated nominee appoint appoints appointed names named
marry marries married wedding engaged engagement
body bodies remains
rescue rescues rescued survive survives survived survivor survivors
evacuate evacuates evacuated evacuation evacuations flee flees fled
seize seizes seized seizure capture captures captured intercept intercepts intercepted
asylum refuge
israel israeli israelis idf
palestine palestinian palestinians
russia russian russians moscow kremlin
ukraine ukrainian ukrainians
kyiv kiev
china chinese beijing
iran iranian iranians tehran
iraq iraqi baghdad
syria syrian syrians
lebanon lebanese
turkey turkish turkiye
usa american americans america
uk britain british briton britons
england english
scotland scottish
ireland irish
france french
germany german germans
italy italian italians
spain spanish
portugal portuguese
poland polish
hungary hungarian
netherlands dutch
denmark danish
sweden swedish
norway norwegian
finland finnish
switzerland swiss
austria austrian
greece greek
romania romanian
serbia serbian
canada canadian canadians
mexico mexican
cuba cuban
brazil brazilian
argentina argentine argentinian
colombia colombian
venezuela venezuelan venezuelans
chile chilean
peru peruvian
japan japanese tokyo
korea korean koreans
india indian indians
pakistan pakistani
afghanistan afghan taliban
bangladesh bangladeshi
indonesia indonesian
philippines philippine filipino
vietnam vietnamese
thailand thai
cambodia cambodian
myanmar burma
australia australian australians
egypt egyptian
libya libyan
sudan sudanese
nigeria nigerian
kenya kenyan
somalia somali
congo congolese
haiti haitian
yemen yemeni houthi houthis
saudi saudis riyadh
qatar qatari doha
europe european
africa african
california calif californian
texas texan
dc washington
gop republican republicans
democrat democrats democratic dems dem
president presidential
`
  .trim()
  .split('\n')
  .map((line) => line.split(' '));

/** Expressions that headlines abbreviate, and the word that stands for them. */
const PHRASES = new Map(
  `united states>usa;united kingdom>uk;united nations>un;european union>eu;supreme court>scotus;justice department>doj;department of justice>doj;
justice dept>doj;homeland security>dhs;federal reserve>fed;defense department>pentagon;department of defense>pentagon;department of war>pentagon;
prime minister>pm;chief executive officer>ceo;chief executive>ceo;white house>whitehouse;new york city>nyc;new york>nyc;los angeles>la;
north korea>northkorea;south korea>southkorea;artificial intelligence>ai;step down>resign;steps down>resign;stepping down>resign;stepped down>resign;
shut down>shutdown;shuts down>shutdown;shutting down>shutdown;cease fire>ceasefire;job cuts>layoff;lay off>layoff;lays off>layoff;laying off>layoff;
cut jobs>layoff;cuts jobs>layoff;air strike>airstrike;air strikes>airstrike;wall street>wallstreet;death toll>deathtoll`
    .split(';')
    .map((pair) => pair.trim().split('>') as [string, string]),
);
const LONGEST_PHRASE = 3;
const FIRST_OF_PHRASE = new Set([...PHRASES.keys()].map((phrase) => phrase.split(' ')[0]!));

/** Words that say nothing about an event: function words, and labels that desks put around any headline. */
const EMPTY = new Set(
  (
    'a an and are as at be been being but by can could did do does for from had has have he her here hers him his how i if in into is it its just like ' +
    'me more most my no nor not now of off on once only or other our out over own she should so some such than that the their them then there these they ' +
    'this those through to too under until up upon very was we were what when where which while who whom why will with would you your ' +
    'about after against ahead all almost also among amid another any around away back because before behind between both during each else even ever every ' +
    'few first still since same s t re ve ll d m don didn isn wasn aren may might must via vs per yet us ' +
    'live update updates latest news watch video exclusive scoop report reports reported reportedly according sources source says say said what know known ' +
    'here thing things today week day days year years month time top new make makes made get gets got take takes took set ahead least nearly'
  ).split(' '),
);

const SUFFIXES: readonly (readonly [RegExp, string])[] = [
  [/ies$/, 'y'],
  [/sses$/, 'ss'],
  [/(ch|sh|x|z)es$/, '$1'],
  [/([^sui])s$/, '$1'],
];

/** A word without its inflectional ending: "agencies" agency, "striking" strik, "resigned" resign. */
export function stemOf(word: string): string {
  if (word.length < 4 || /\d/.test(word)) return word;
  const [ending, instead] = SUFFIXES.find(([pattern]) => pattern.test(word)) ?? [];
  const singular = ending ? word.replace(ending, instead!) : word;
  const bare = singular.replace(/(?:ing|ed)$/, '');
  const isVerb = bare !== singular && bare.length >= 3 && /[aeiouy]/.test(bare);
  const stem = isVerb ? bare.replace(/([^aeiouls])\1$/, '$1') : singular;
  return stem.length > 4 ? stem.replace(/e$/, '') : stem;
}

const heads = new Map<string, string>();
for (const words of GROUPS) {
  const [head = ''] = words;
  for (const word of words) for (const key of [`=${word}`, stemOf(word)]) if (!heads.has(key)) heads.set(key, head);
}

/** The stem that represents a word's group, or the word's own stem. */
export const meaningOf = (word: string): string => {
  const exact = heads.get(`=${word}`);
  if (exact !== undefined) return exact;
  const stem = stemOf(word);
  return heads.get(stem) ?? stem;
};

export const isEmptyWord = (word: string): boolean => EMPTY.has(word);

/** Merges each expression that headlines abbreviate into one word: the place of its first word, with the short form. */
export function joinPhrases<W extends { readonly word: string }>(words: readonly W[]): W[] {
  const joined: W[] = [];
  for (let at = 0; at < words.length; ) {
    let short: string | undefined;
    let length = FIRST_OF_PHRASE.has(words[at]!.word) ? Math.min(LONGEST_PHRASE, words.length - at) : 1;
    for (; length > 1; length--) {
      short = PHRASES.get(
        words
          .slice(at, at + length)
          .map(({ word }) => word)
          .join(' '),
      );
      if (short) break;
    }
    joined.push(short ? { ...words[at]!, word: short } : words[at]!);
    at += short ? length : 1;
  }
  return joined;
}
