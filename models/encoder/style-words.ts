/**
 * Words and two-word phrases that mark a style, by category, lower case; two words joined by _ are a
 * phrase. English; other languages are told apart by the other statistics and the hashed n-grams.
 */
export const STYLE_WORDS = {
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
    cuz cause btw fyi tbh imo no_biggie a_bit kind_of sort_of you_know go_for how_about`,
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
  playfulWords: `joke jokes joking funny fun pun puns haha hehe lol silly goofy nap naps snooze drama dramatic
    dramatically sulk sulking grumpy sneaky suspicious suspiciously villain hero superhero magic magical dance
    dancing confetti apparently pretend pretending secretly spoiler bribe rebel rebellion mutiny ego diva
    existential tiny offended jealous betrayed heartbroken gossip gossiping whisper whispers mutter blush
    blushing glare wobble wobbly stroll flirt faint escape ambush heist conspiracy treason revenge prophecy
    ritual trust_me fun_fact plot_twist like_a like_an as_if`,
  whimsicalNouns: `unicorn pirate pirates wizard dragon dragons dinosaur ninja goblin zombie zombies monster
    monsters ghost ghosts spaceship astronaut detective butler king queen emperor throne crown clown circus
    opera orchestra jazz tango disco karaoke parade toddler toddlers teenager grandma grandmother uncle aunt
    cat cats dog puppy kitten cow cows sheep goat goats pigeon pigeons seagull duck ducks goose geese chicken
    penguin penguins llama squirrel squirrels hamster hamsters sloth octopus elephant giraffe hippo camel
    donkey monkey parrot raccoon badger hedgehog toad frog snail worm bee bees wasp shark whale lobster crab
    spider potato potatoes pizza cookie cookies cookie's spaghetti cheese banana bananas pancake noodle noodles
    burrito pickle pickles onion cabbage turnip marshmallow doughnut donut biscuit jelly custard gravy sofa
    couch pyjamas pajamas soap sock socks trousers hat moustache wig umbrella toaster teapot`,
  enthusiasmWords: `great love amazing awesome wonderful fantastic exciting excited brilliant excellent
    incredible delightful thrilled perfect superb yay wow hooray beautiful fabulous marvellous marvelous
    magnificent gorgeous stunning enjoy cheers adore terrific can't_wait so_much how_lovely best`,
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
  similes: "like_a like_an as_if as_though just_like like_the looks_like feels_like sounds_like",
} as const;
