/** The English lists; `word-lists.ts` says how an entry is read. */
import type { WordLists } from "./word-lists.js";

export const ENGLISH: WordLists = {
  formalWords: `therefore thus hence moreover furthermore nevertheless nonetheless consequently accordingly
    regarding concerning whereas whereby upon shall thereby notwithstanding subsequently prior commence
    utilise* utilize* obtain ensure* provide require requires demonstrate* sufficient approximately additionally
    individuals numerous assist inquire endeavour endeavor pursuant henceforth herein respectively one's
    permits enables facilitate* constitute* recommended advisable appropriate considerable in_order it_is
    one_may one_should do_not is_not cannot does_not are_not will_not should_not it_would with_regard
    such_as dear sincerely regards sir madam kindly`,
  slang: `yeah yep yup nope gonna wanna gotta kinda sorta dunno lemme ain't y'all hey hi yo dude guys folks
    cool awesome stuff things ok okay lol haha hmm huh ugh wow oops nah totally super pretty bit tons loads
    grab pop chuck toss stick crazy legit vibe vibes chill yay buddy mate pal bro bunch whatever anyway
    cuz cause btw fyi tbh imo no_biggie a_bit kind_of sort_of you_know go_for how_about`,
  hedges: `perhaps maybe might may could possibly probably seems seem seemingly appears apparently somewhat
    likely presumably roughly fairly usually often sometimes guess suppose suspect depending depends unsure
    uncertain* arguably tends tend generally typically estimate* approximately assum* speculat* plausib*
    i_think i_believe i_guess i_suppose it_seems not_sure can_be in_my as_far more_or you_might it_might
    could_be may_be might_be not_certain to_some not_necessarily i'd_say`,
  certaintyWords: `definitely certainly absolutely always never clearly obviously surely undoubtedly evident*
    unquestionabl* guarantee* exactly precisely must every entirely completely fully indeed simply undeniabl*
    inevitabl* proven proves prove certain of_course for_sure without_doubt no_doubt the_answer will_always
    without_exception without_question the_fact in_fact no_question there's_no the_only`,
  courtesyWords: `please thanks thank welcome kindly sorry apologies appreciat* grateful glad
    pleasure excuse happy_to thank_you you_are feel_free hope_this hope_that i_hope my_pleasure
    good_luck best_wishes warm_wishes glad_to would_be let_me if_you`,
  gratitude:
    "thank thanks thx appreciat* grateful gratitude thankful for_asking for_sharing you_for",
  apologies:
    "sorry apolog* forgive pardon regret regrets regrettabl* excuse_me my_bad afraid_i i'm_afraid",
  greetings: `hello hi hey dear greetings howdy morning evening goodbye bye cheers regards sincerely
    good_morning good_afternoon good_evening good_day good_night take_care see_you`,
  deference: `great_question good_question excellent_question wonderful_question interesting_question
    lovely_question thoughtful_question fair_question great_point good_point great_idea good_idea lovely_idea
    wonderful_idea great_choice good_choice excellent_choice well_done good_job great_job nice_work good_work
    congratulations congrats kudos bravo your_patience your_time your_understanding your_interest
    your_question your_help your_kind`,
  conditionals: `would could might should ought i'd you'd we'd they'd he'd she'd it'd would've could've
    should've might've couldn't wouldn't shouldn't`,
  downtoners: `slightly somewhat rather fairly just little mildly partly partially relatively nearly almost
    barely hardly merely only quite a_bit a_little a_touch a_tad kind_of sort_of more_or`,
  hyperbole: `ever million millions billion billions thousand thousands zillion forever eternal* eternity
    universe galaxy history legend* epic mighty ultimate entire whole world gigantic enormous colossal
    infinite* insane* ridiculous* literally hundred hundreds planet century centuries civilisation
    civilization apocalypse catastroph* miracle* heroic* glorious*`,
  playfulWords: `joke* joking funny fun pun puns haha hehe lol silly goofy nap naps snooze drama dramatic
    dramatically sneaky magic magical danc* confetti apparently spoiler bribe rebel rebellion mutiny ego diva
    existential tiny offended heartbroken gossip* wobbl* stroll* faint escape* ambush heist conspiracy treason
    prophecy ritual prank* mischie* hilarious* comic* comedy giggl* chuckl* tickl* sarcas* witty cheeky absurd*
    trust_me fun_fact plot_twist like_a like_an as_if`,
  whimsicalNouns: `unicorn* dragon* dinosaur* goblin* zombie* monster* ghost* spaceship* alien* robot* throne
    crown circus opera orchestra jazz tango disco karaoke parade cat cats dog dogs puppy kitten* cow cows
    sheep goat* pigeon* seagull* duck ducks goose geese chicken* penguin* llama* squirrel* hamster* sloth*
    octopus elephant* giraffe* hippo* camel* donkey* monkey* parrot* raccoon* badger* hedgehog* toad frog*
    snail* worm worms bee bees wasp* shark* whale* lobster* crab crabs spider* bear bears wolf fox horse* pig
    pigs mouse hen rabbit* bunny tortoise* turtle* potato* pizza* cookie* spaghetti cheese banana* pancake*
    noodle* burrito* pickle* onion* cabbage* turnip* marshmallow* doughnut* donut* biscuit* jelly custard gravy
    cake coffee soup sandwich* sausage* sofa couch pyjamas pajamas soap sock socks trousers pants hat moustache
    wig umbrella* toaster* teapot* pillow* blanket* spoon* bathtub trampoline* balloon*`,
  roles: `boss lawyer* doctor* dentist* judge teacher priest* monk* king queen emperor prince* knight* butler*
    waiter* chef* plumber* accountant* bureaucra* politician* diplomat* detective* spy spies pirate* ninja*
    wizard* witch* villain* hero heroes superhero* clown* actor* celebrit* poet* philosopher* professor*
    astronaut* cowboy* grandma grandmother* granny grandpa uncle aunt neighbour* neighbor*
    landlord* roommate* toddler* teenager* tourist* guest guests audience magician* burglar* librarian*
    babysitter* bouncer* cousin*`,
  feelings: `complain* argu* refus* insist* demand* beg begs begging promis* forgiv* laugh* cry cries crying
    weep* sigh* groan* dream* snor* hate hates envy envious jealous* proud* pride shame* asham* embarrass*
    lonely bored boredom moody mood sulk* grumpy grumbl* mutter* whisper* shout* scream* yell* pretend* conspir*
    plotting negotiat* bargain* scold* nag nags nagging brag* boast* flirt* blush* glar* staring smirk* wink*
    shrug* surrender* revenge personality feelings opinions ambition* soul dignity temper stubborn* lazy
    nervous suspicious* smug betray* offend* insult* judging dislik* grudg* regretting`,
  mishaps: `trouble mess messy disaster* chaos panic* crime* guilty lie lies lied cheat* drunk* hangover wine beer
    fool* idiot* stupid* dumb mistake* accident* awkward* clumsy forgetful procrastinat* laziness excuses bills
    tax taxes traffic monday mondays laundry dishes toilet* bathroom underwear nose knees belly sweat* smell*
    stink* burnt crumbs stain* alarm leftovers diet gym deadline* queue meeting meetings email emails`,
  enthusiasmWords: `great love amazing* awesome wonderful* fantastic* exciting excited brilliant* excellent
    incredibl* delight* thrill* perfect superb* yay wow hooray beautiful fabulous marvellous* marvelous*
    magnificent* splendid* gorgeous stunning enjoy cheers adore* terrific outstanding glorious* can't_wait
    so_much how_lovely best`,
  offers: `let_me me_know would_you do_you can_you could_you are_you have_you will_you feel_free any_questions
    you_like you_need tell_me help_you assist_you any_other anything_else happy_to what's_your your_favourite
    your_favorite you_prefer you_want you_think`,
  refusals: `unable cannot can't sorry apologize apologise apologies unfortunately as_an an_ai ai_language
    language_model not_able i_cannot i_can't don't_have not_have not_possible more_information more_context
    inappropriate`,
  advice: `try make use add take keep start stop check consider choose remember avoid put get go turn look
    ask find give set open click press select mix stir cook bake cut place write read pick follow call`,
  examples:
    "example examples instance e_g eg say imagine suppose namely including like_this for_example",
  negativeWords: `bad worse worst sad wrong problem problems difficult hard fail failure risk dangerous harm
    hurt pain poor angry afraid worry worried hate terrible awful lose loss broken ugly sick death`,
  similes: `like_a like_an as_if as_though just_like like_the looks_like feels_like sounds_like like_someone
    like_somebody like_it's as_a than_a reminds_me`,
  formalAddress: "sir madam ma'am mr mrs ms dear one one's oneself",
  familiarAddress: "dude buddy mate pal bro guys folks friend y'all ya champ honey",
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
};
