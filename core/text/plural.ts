/**
 * English singular and plural by rule, with the exceptions that occur in news. Two words are the same when they
 * have the same singular, so it works both ways.
 *
 *     singular('countries') === 'country';  wordForms('crisis') → ['crisis', 'crises']
 *
 * A wrong singular does harm only where it is another word: `news` is not the plural of `new`, nor `Hamas` of `Hama`.
 */

const list = (words: string) => words.split(/\s+/).filter(Boolean);

/** Plural to singular, where no rule leads there. Also the ending of a longer word: `grandchildren`. */
const irregular = new Map(
  list(`men:man women:woman children:child feet:foot teeth:tooth geese:goose mice:mouse lice:louse oxen:ox
    wives:wife knives:knife lives:life leaves:leaf wolves:wolf halves:half shelves:shelf thieves:thief calves:calf
    loaves:loaf elves:elf scarves:scarf hooves:hoof dwarves:dwarf selves:self
    crises:crisis analyses:analysis theses:thesis hypotheses:hypothesis diagnoses:diagnosis oases:oasis
    parentheses:parenthesis emphases:emphasis synopses:synopsis prognoses:prognosis metamorphoses:metamorphosis
    paralyses:paralysis neuroses:neurosis psychoses:psychosis nemeses:nemesis geneses:genesis catharses:catharsis
    criteria:criterion phenomena:phenomenon bacteria:bacterium alumni:alumnus nuclei:nucleus fungi:fungus
    cacti:cactus stimuli:stimulus radii:radius syllabi:syllabus indices:index matrices:matrix vertices:vertex
    appendices:appendix quizzes:quiz curricula:curriculum memoranda:memorandum referenda:referendum
    strata:stratum errata:erratum larvae:larva algae:alga vertebrae:vertebra formulae:formula antennae:antenna
    gases:gas biogases:biogas aliases:alias atlases:atlas biases:bias canvases:canvas christmases:christmas
    irises:iris trellises:trellis axes:axe passersby:passerby`).map(
    (pair) => pair.split(':') as [string, string],
  ),
);

const endings = ['women', 'men', 'children', 'wives', 'wolves', 'halves', 'selves', 'teeth', 'feet'] as const;

/** Words that look like a plural and are not one, or whose singular is another word. */
const unchanged = new Set(
  list(`news series species means goods customs headquarters summons lens mars always perhaps besides afterwards
    towards sometimes does goes his has was yes its gas bus us as is this thus plus less aids ups sos ios gps sms
    aws cbs pbs ubs irs ems nhs dns rss ms mrs vs ts ps los las les des mes tes ses nos vos aus das dos pas sous
    bias alias atlas canvas christmas texas vegas kansas arkansas dallas thomas nicholas douglas lucas caracas
    honduras bahamas hamas judas midas madras pancreas pyjamas whereas alas overseas
    chaos cosmos ethos pathos kudos laos lagos carlos marcos davos barbados asbestos thermos rhinoceros
    albatros eros pathos santos logos helios amos
    economics macroeconomics microeconomics physics politics geopolitics athletics mathematics electronics
    genetics gymnastics linguistics logistics robotics aerobics acoustics optics analytics informatics kinetics
    semantics ballistics thermodynamics dynamics aeronautics astronautics avionics forensics obstetrics pediatrics
    mechanics ethics
    james jones holmes hayes wales naples hughes reyes herpes diabetes rabies scabies aries mercedes hermes moses
    charles athens reuters siemens barclays starbucks sachs williams adams peters roberts edwards stevens rogers
    phillips daniels michaels andrews evans davids richards sanders hans jens lars wells brooks woods
    yemen omen semen specimen abdomen regimen acumen stamen ramen amen hymen carmen bremen lumen foramen dolmen
    bitumen albumen cyclamen xiamen turkmen tiananmen numen clothes`),
);

/** Singulars in -ie, -che, -oe, -use, -i and -u, which the rules for their plurals would get wrong. */
const ending = {
  ie: new Set(
    list(`movie cookie zombie calorie selfie rookie prairie genie pixie hoodie smoothie brownie goalie foodie
      newbie hippie yuppie birdie collie cutie veggie caddie eerie freebie laddie lassie magpie menagerie necktie
      oldie pinkie reverie sortie townie walkie talkie techie boogie bookie budgie camaraderie auntie junkie groupie
      indie roadie quickie rookie eyrie bourgeoisie valkyrie zombie aussie`),
  ),
  che: new Set(
    list(
      'cache ache headache heartache toothache niche avalanche creche quiche psyche moustache cliche brioche',
    ),
  ),
  oe: new Set(list('shoe toe foe woe hoe canoe oboe floe roe aloe horseshoe mistletoe tiptoe snowshoe')),
  use: new Set(
    list(`use abuse accuse excuse fuse muse ruse refuse confuse amuse reuse recluse misuse peruse defuse diffuse
      infuse hypotenuse profuse obtuse bemuse enthuse`),
  ),
  i: new Set(
    list(`taxi ski alibi bikini nazi iraqi israeli saudi pakistani houthi yazidi azeri bengali somali emirati
      kuwaiti qatari omani yemeni uzbeki bangladeshi iraqi safari tsunami kiwi salami zucchini martini samurai rabbi
      jacuzzi khaki yeti mufti wiki kamikazi panini broccoli deli semi mini yogi guerrilli paparazzi emoji corgi
      bonsai punjabi kashmiri nepali maori swahili`),
  ),
  u: new Set(list('menu guru emu gnu tutu flu haiku tofu bayou caribou thou iou impromptu zebu')),
};

const cache = new Map<string, string>();
const cacheLimit = 20_000;

/** The singular of a folded word; the word itself where it is one already, or is not English-looking. */
export function singular(word: string): string {
  let found = cache.get(word);
  if (found === undefined) {
    found = findSingular(word);
    if (cache.size >= cacheLimit) cache.clear();
    cache.set(word, found);
  }
  return found;
}

function findSingular(word: string): string {
  if (word.length < 3 || word.length > 40 || unchanged.has(word) || !/^[a-z]+$/.test(word)) return word;
  const one = irregular.get(word);
  if (one !== undefined) return one;
  for (const each of endings) {
    if (word.length > each.length + 2 && word.endsWith(each)) {
      return word.slice(0, -each.length) + irregular.get(each);
    }
  }
  return word.endsWith('s') ? withoutS(word) : word;
}

function withoutS(word: string): string {
  const stem = word.slice(0, -1);
  if (/(ss|[^e]aus|ous)$/.test(word)) return ending.u.has(stem) ? stem : word;
  if (word.endsWith('us')) return ending.u.has(stem) || word.endsWith('eaus') ? stem : word;
  if (word.endsWith('is')) return ending.i.has(stem) ? stem : word;
  return word.endsWith('es') ? withoutEs(word, stem) : stem;
}

/** @param stem the word without its s */
function withoutEs(word: string, stem: string): string {
  const shorter = word.slice(0, -2);
  if (word.endsWith('ies')) {
    return word.length > 4 && !ending.ie.has(stem) ? `${word.slice(0, -3)}y` : stem;
  }
  if (/(ch)es$/.test(word)) return ending.che.has(stem) ? stem : shorter;
  if (/(sh|ss|x|zz|tz)es$/.test(word)) return shorter;
  if (word.endsWith('oes')) return ending.oe.has(stem) ? stem : shorter;
  if (/[^aeo]uses$/.test(word) && !ending.use.has(stem)) return shorter;
  return stem;
}

const pluralOf = new Map<string, string[]>();
for (const [many, one] of irregular) pluralOf.set(one, [...(pluralOf.get(one) ?? []), many]);

/** Every word that has the same singular as `word` (folded), itself first. At most six. */
export function wordForms(word: string): string[] {
  const one = singular(word);
  const candidates = [one, `${one}s`, `${one}es`, ...(pluralOf.get(one) ?? [])];
  if (one.endsWith('y')) candidates.push(`${one.slice(0, -1)}ies`);
  for (const each of endings) {
    const tail = irregular.get(each)!;
    if (one.endsWith(tail)) candidates.push(one.slice(0, -tail.length) + each);
  }
  return [...new Set([word, ...candidates.filter((each) => singular(each) === one)])];
}
