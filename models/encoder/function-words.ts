/**
 * The closed classes of English words, lower case: what a text is held together by, whatever it is
 * about. Two words joined by _ are a phrase.
 */
export const FUNCTION_WORDS = {
  firstPerson:
    "i me my mine myself i'm i've i'd i'll we us our ours ourselves we're we've we'll we'd",
  secondPerson: "you your yours yourself yourselves you're you've you'll you'd",
  thirdPerson: `he him his himself she her hers herself they them their theirs themselves he's she's
    they're they've they'll it its itself it's`,
  demonstratives: "this that these those such here there that's there's here's",
  prepositions: `of in to for with on at by from about as into like through after over between out
    against during without before under around among within across behind beyond along toward towards
    upon above below near off onto since until via per despite except regarding`,
  conjunctions:
    "and or but so yet nor because although though while if unless whether than whereas",
  connectives: `however therefore thus moreover furthermore additionally also finally first second
    third then next instead otherwise similarly likewise consequently meanwhile overall besides hence
    nevertheless still in_addition for_example for_instance as_well on_the such_as in_conclusion`,
  auxiliaries: "be am is are was were been being have has had having do does did doing done",
  modals:
    "can could may might must shall should will would ought can't couldn't won't wouldn't shouldn't",
  negations: `no not never none nothing nobody neither nor without cannot can't don't doesn't didn't
    isn't aren't wasn't weren't won't wouldn't couldn't shouldn't haven't hasn't hadn't ain't`,
  questionWords: "what why how when where who whom whose which what's how's who's where's",
  quantities: `all some any many much more most few fewer less least several each every both either
    enough lot lots plenty various numerous one two three four five ten hundred another other others`,
  intensifiers: `very really so too quite extremely incredibly highly particularly especially
    absolutely totally completely truly super deeply remarkably`,
} as const;
