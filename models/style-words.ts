/**
 * Words and two-word phrases that mark a style, by category, lower case. English; other languages
 * are told apart by the other statistics and by the hashed n-grams.
 */

const LISTS = {
  formalWords: `therefore thus hence moreover furthermore nevertheless nonetheless consequently accordingly
    regarding concerning whereas whereby upon shall thereby notwithstanding subsequently prior commence
    utilise utilize obtain ensure provide require requires demonstrate sufficient approximately additionally
    individuals numerous assist inquire endeavour endeavor pursuant henceforth herein respectively one's
    permits enables facilitates constitutes recommended advisable appropriate considerable in_order it_is
    one_may one_should do_not is_not cannot does_not are_not will_not should_not it_would with_regard
    such_as dear sincerely regards sir madam kindly`,
  slang: `yeah yep yup nope gonna wanna gotta kinda sorta dunno lemme ain't y'all hey hi yo dude guys folks
    cool awesome stuff things ok okay lol haha hmm huh ugh wow oops nah totally super pretty bit tons loads
    grab pop chuck toss stick crazy legit vibe vibes chill yay buddy mate pal bro bunch whatever anyway
    'cause cuz cause btw fyi tbh imo no_biggie a_bit kind_of sort_of you_know go_for how_about`,
  hedges: `perhaps maybe might may could possibly probably seems seem seemingly appears apparently somewhat
    likely presumably roughly fairly usually often sometimes guess suppose suspect depending depends unsure
    uncertain arguably tends tend i_think i_believe i_guess i_suppose it_seems not_sure can_be in_my
    as_far more_or you_might it_might could_be may_be might_be`,
  certaintyWords: `definitely certainly absolutely always never clearly obviously surely undoubtedly
    unquestionably guaranteed exactly precisely must every entirely completely fully indeed simply
    without_doubt no_doubt of_course for_sure the_answer will_always without_exception without_question
    the_fact no_question there's_no`,
  courtesyWords: `please thanks thank welcome kindly sorry apologies appreciate appreciated grateful glad
    pleasure excuse happy_to thank_you you_are feel_free hope_this hope_that i_hope my_pleasure
    good_luck best_wishes warm_wishes glad_to would_be let_me if_you`,
  playfulWords: `joke jokes joking funny fun pun haha hehe lol silly goofy unicorn pirate wizard dragon
    dinosaur ninja goblin potato penguin llama goose squirrel hamster sloth octopus grandma sofa couch pyjamas
    pajamas pizza cookie cookies cookie's nap snooze naps drama dramatic sulk grumpy sneaky suspicious
    villain hero superhero spaceship zombie zombies monster ghost magic magical circus clown dance dancing
    confetti jazz spaghetti cheese banana pancake noodle noodles burrito apparently pretend secretly spoiler
    bribe rebel rebellion mutiny ego diva existential tiny trust_me fun_fact plot_twist like_a as_if`,
  enthusiasmWords: `great love amazing awesome wonderful fantastic exciting excited brilliant excellent
    incredible delightful thrilled perfect superb yay wow hooray beautiful fabulous marvellous marvelous
    magnificent gorgeous stunning enjoy cheers adore terrific can't_wait so_much how_lovely best`,
} as const;

/** A category of words; each is counted by the style statistics. */
export type StyleWordCategory = keyof typeof LISTS;

export const STYLE_WORD_CATEGORIES = Object.keys(LISTS) as StyleWordCategory[];

/** The categories of a word, or of two neighbouring words joined by a space. */
export const STYLE_WORDS: ReadonlyMap<string, readonly StyleWordCategory[]> = categoriesByWord();

function categoriesByWord(): Map<string, StyleWordCategory[]> {
  const byWord = new Map<string, StyleWordCategory[]>();
  for (const category of STYLE_WORD_CATEGORIES) {
    for (const entry of new Set(LISTS[category].split(/\s+/))) {
      const word = entry.replaceAll("_", " ");
      byWord.set(word, [...(byWord.get(word) ?? []), category]);
    }
  }
  return byWord;
}
