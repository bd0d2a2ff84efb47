/** The German lists; `word-lists.ts` says how an entry is read. */
import type { WordLists } from "./word-lists.js";

export const GERMAN: WordLists = {
  formalWords: `daher somit folglich demnach demzufolge infolgedessen überdies ferner zudem jedoch gleichwohl
    dennoch nichtsdestotrotz hinsichtlich bezüglich gemäß entsprechend* sofern insofern wobei hierbei hierzu
    hierfür dabei zunächst anschließend abschließend sodann lediglich bereits jeweils beziehungsweise
    gegebenenfalls ermöglich* gewährleist* erforder* empfiehlt empfohlen* empfehlenswert verwend* benötig*
    erhalten erfolgt ergibt bedarf handelt ausreichend* zahlreich* angemessen* ratsam zweckmäßig vorteilhaft
    man geehrte* hochachtungsvoll Ihnen verehrte* selbstverständlich keineswegs durchaus mithilfe aufgrund
    mittels zwecks diesbezüglich derartig* welche welcher dessen deren ist_es es_ist sich_um in_der
    zu_beachten zu_empfehlen`,
  slang: `ja_klar na klar jo jep nö nee naja hey hi hallöchen moin ne nen nem mal halt eben einfach echt krass
    cool geil mega voll super total bisschen bissl was kram zeug sachen ding dinger okay ok alter digga leute
    haha hihi lol hm ups wow äh boah tja nix gibts gehts wars hab isses gucken guck kriegst kriegt
    kriegen klappt schnapp* pack* rein raus rauf runter drauf dran drin rum locker easy chillen chill super_easy
    los schon irgendwie irgendwas sowas so'n so'ne geht's gibt's hab's is'n auf's machs mach's kannste haste
    biste willste tschüss ciao jungs mädels kumpel total_easy ne_menge paar`,
  hedges: `vielleicht möglicherweise eventuell womöglich wahrscheinlich vermutlich wohl etwa ungefähr circa
    ca rund könnte könnten könntest dürfte dürften mag scheint scheinen scheinbar anscheinend offenbar
    gewissermaßen einigermaßen meist meistens oft häufig manchmal gelegentlich tendenziell teils teilweise
    unsicher schätze schätzungsweise vermute glaube denke annehmen angeblich unklar grob im_allgemeinen
    der_regel ich_glaube ich_denke ich_meine ich_schätze ich_vermute so_weit soweit nicht_sicher nicht_ganz
    kommt_darauf je_nach unter_umständen könnte_sein kann_sein meines_erachtens wäre`,
  certaintyWords: `definitiv sicher sicherlich gewiss bestimmt absolut immer nie niemals stets eindeutig
    offensichtlich zweifellos zweifelsfrei unbestreitbar garantiert* genau exakt präzise muss müssen musst jede
    jeder jedes vollständig komplett völlig gänzlich tatsächlich unbedingt fraglos ausnahmslos nachweislich
    bewiesen erwiesen* zwangsläufig unweigerlich klar garantie auf_jeden keine_frage kein_zweifel ohne_zweifel
    ganz_klar ganz_sicher steht_fest in_jedem die_antwort ohne_ausnahme auf_keinen der_einzige die_einzige
    das_einzige`,
  courtesyWords: `bitte danke dank dankeschön bedanke bedanken herzlich* gern gerne willkommen freundlich*
    entschuldig* verzeih* leid freut freue vergnügen dankbar liebe lieber hoffe viel_erfolg viel_glück
    alles_gute vielen_dank gern_geschehen sehr_gern zu_helfen weiterhilft ich_hoffe keine_ursache
    wenn_sie falls_sie wenn_du falls_du schöne_grüße liebe_grüße`,
  gratitude:
    "danke dank dankeschön bedank* dankbar* vielen_dank verbunden lieben_dank herzlichen_dank",
  apologies: `entschuldig* verzeih* bedauer* sorry pardon tut_mir mir_leid leider um_nachsicht`,
  greetings: `hallo hi hey moin servus grüezi grüße gruß willkommen tschüss ciao wiedersehen guten_tag
    guten_morgen guten_abend gute_nacht grüß_gott liebe_grüße mach's_gut bis_bald bis_dann sehr_geehrte`,
  deference: `gute_frage tolle_frage schöne_frage interessante_frage spannende_frage berechtigte_frage
    wunderbare_frage ausgezeichnete_frage gute_idee tolle_idee schöne_idee guter_punkt gute_wahl tolle_wahl
    gut_gemacht toll_gemacht glückwunsch glückwünsche gratulier* respekt bravo hut_ab ihre_frage deine_frage
    ihr_interesse ihre_geduld deine_geduld ihr_verständnis dein_interesse ihre_zeit deine_zeit ihre_anfrage`,
  conditionals: `würde würden würdest würdet könnte könnten könntest könntet dürfte dürften dürftest müsste
    müssten müsstest möchte möchten möchtest möchtet sollte sollten solltest solltet wäre wären wärst wäret
    hätte hätten hättest hättet käme kämen gäbe ginge ließe ließen wüsste wüssten bräuchte bräuchten
    bräuchtest stünde täte täten fände fänden läge sei seien habe`,
  downtoners: `etwas leicht eher ziemlich recht relativ bisschen wenig ein_wenig ein_bisschen kaum fast
    beinahe nahezu nur bloß lediglich teilweise einigermaßen mehr_oder gewissermaßen halbwegs`,
  hyperbole: `million* milliard* tausend* hundert* ewig* ewigkeit* universum galaxie welt weltgeschichte
    geschichte legendär* episch* mächtig* ultimativ* gigantisch* riesig* riesen* kolossal* unendlich*
    wahnsinn* unfassbar* buchstäblich planet* jahrhundert* zivilisation* weltuntergang katastroph* wunder
    heldenhaft* heroisch* glorreich* aller_zeiten jemals gesamte ganze`,
  playfulWords: `witz* scherz* lustig* spaß spaßig* haha hihi lol albern* nickerchen drama dramatisch* schelm*
    schmunzel* kicher* grins* magisch* magie zauber* tanz* konfetti angeblich spoiler bestech* rebell* meuterei
    ego diva existenziell* winzig* beleidigt* gekränkt* klatsch tratsch wackel* schlender* ohnmacht flucht
    hinterhalt verschwör* verrat hochverrat prophezei* ritual* streich streiche komisch* komödie ironi*
    sarkas* absurd* frech* verdächtig* heimlich* vertrau_mir als_ob als_wäre als_hätte als_würde wie_ein
    wie_eine quasi sozusagen bekanntlich immerhin schließlich notfalls`,
  whimsicalNouns: `einhorn einhörner drache* dinosaurier* kobold* zombie* monster* gespenst* geist geister
    raumschiff* alien* roboter* thron krone zirkus oper orchester tango disko disco karaoke parade katze* kater
    kätzchen hund hunde hündchen welpe* kuh kühe schaf schafe ziege* taube tauben möwe* ente enten gans gänse
    huhn hühner henne* pinguin* lama lamas eichhörnchen hamster* faultier* krake* tintenfisch* elefant* giraffe*
    nilpferd* kamel* esel* affe affen papagei* waschbär* dachs* igel* kröte* frosch frösche schnecke* wurm
    würmer biene* wespe* hai haie wal wale hummer krabbe* spinne* bär bären wolf fuchs pferd* schwein* maus
    mäuse hase* kaninchen schildkröte* kartoffel* pizza* keks kekse kekskrümel spaghetti käse banane*
    pfannkuchen nudel* gurke* zwiebel* kohl rübe* marshmallow* wackelpudding pudding torte kuchen kaffee suppe
    brot brötchen wurst würstchen sofa couch schlafanzug seife socke* hose hosen hut schnurrbart perücke*
    regenschirm* toaster* teekanne* kissen decke löffel badewanne trampolin* luftballon*`,
  roles: `chef chefs chefin anwalt anwält* arzt ärzt* zahnarzt zahnärzt* richter* lehrer* pfarrer* mönch* könig*
    kaiser* prinz* ritter* butler* kellner* koch köche klempner* buchhalter* beamte* bürokrat* politiker*
    diplomat* detektiv* spion* pirat* ninja* zauberer* hexe* bösewicht* schurke* held helden superheld* clown*
    schauspieler* promi* dichter* philosoph* professor* astronaut* cowboy* oma omas großmutter opa opas
    großvater onkel tante* schwiegermutter nachbar* vermieter* mitbewohner* kleinkind* teenager* tourist* gast
    gäste publikum einbrecher* bibliothekar* babysitter* türsteher* cousin* hausmeister* schwager`,
  feelings: `beschwer* streit* weiger* besteh* forder* fleh* versprech* verzeiht lach* wein weint weinen seufz*
    stöhn* träum* schnarch* hass* neid* eifersücht* stolz* scham* schäm* peinlich* einsam* langweil* laune*
    launisch* schmoll* mürrisch* brumm* murmel* flüster* schrei* brüll* heuchel* verhandel* feilsch* schimpf*
    nörgel* prahl* flirt* erröt* starr* zwinker* kapitul* rache persönlichkeit gefühl* meinung* ehrgeiz* seele
    temperament stur* faul fauler faule nervös* misstrau* selbstgefällig* verraten beleidig* kränk*
    nachtragend* gemüt* sehnsucht* sehnt trotzig*`,
  mishaps: `ärger chaos chaotisch* katastrophe* panik* verbrechen schuldig* lüge* lügen gelogen betrunken*
    wein bier dumm* idiot* trottel* blöd* fehler* unfall unfälle missgeschick* tollpatsch* ungeschickt*
    vergesslich* aufschieb* faulheit ausrede* rechnung* steuer steuern stau montag* wäsche abwasch klo toilette*
    bad unterhose* nase knie bauch schweiß* schwitz* stink* verbrannt* angebrannt* krümel* fleck* wecker reste
    diät fitnessstudio deadline* schlange sitzung* besprechung* mails finanzamt behörde*`,
  enthusiasmWords: `großartig* toll toller tolle tolles liebe fantastisch* wunderbar* wundervoll* spannend*
    begeister* brilliant* brillant* ausgezeichnet* unglaublich* herrlich* perfekt* super juhu hurra wow yay
    wunderschön* fabelhaft* prächtig* prachtvoll* hinreißend* umwerfend* genieß* genial* klasse spitze
    hervorragend* sensationell* freu* überwältigend* traumhaft* phänomenal* grandios* beste bester besten
    liebt lieben so_sehr wie_schön wie_toll`,
  offers: `lass_mich sag_mir sagen_sie möchtest_du möchten_sie willst_du wollen_sie kannst_du können_sie
    könntest_du könnten_sie würdest_du würden_sie hast_du haben_sie bist_du sind_sie darf_ich soll_ich
    brauchst_du benötigen_sie was_meinst was_ist welche_art melde_dich melden_sie jederzeit fragen_zur
    weitere_fragen noch_fragen zur_verfügung ihnen_helfen dir_helfen verrätst_du magst_du mögen_sie hättest_du
    hätten_sie wie_sieht was_hast`,
  refusals: `leider bedauer* unmöglich kann_nicht kann_ich nicht_möglich ki_modell sprachmodell als_ki
    eine_ki keinen_zugriff keine_informationen keine_auskunft weitere_informationen mehr_informationen
    unangemessen* nicht_helfen`,
  advice: `versuch versuche versuchen probier* nimm nehmen mach mache machen benutz* nutz* verwend* füg* gib
    geben achte achten prüf* wähl* denk vermeid* leg lege legen stell stelle stellen geh gehe gehen dreh* schau
    schauen frag frage finde finden öffne* klick* drück* misch* rühr* koch* back backe backen schneid* schreib*
    lies lesen beginn* fang starte* halt halte halten lass lassen trink* iss ruf rufe bleib* setz*`,
  examples: `beispiel* beispielsweise etwa z_b zb nämlich stell_dir stellen_sie zum_beispiel unter_anderem
    angenommen so_wie`,
  negativeWords: `schlecht* schlimm* traurig* falsch* problem* schwierig* schwer versag* scheiter* risiko*
    risiken gefährlich* gefahr* schaden schmerz* arm wütend* zorn* angst* sorge* besorgt furchtbar* schrecklich*
    verlier* verlust* kaputt hässlich* krank* tod tot mangel*`,
  similes: `wie_ein wie_eine wie_einen wie_einem wie_einer als_ob als_wäre als_wären als_hätte als_hätten
    als_würde als_würden als_sei genau_wie wirkt_wie klingt_wie sieht_aus fast_wie wie_jemand so_etwas
    gleich_einem gleich_einer erinnert_an`,
  formalAddress: `Sie Ihnen Ihr Ihre Ihrem Ihren Ihrer Ihres herr frau geehrte geehrter man`,
  familiarAddress: `du dich dir dein deine deinem deinen deiner deines euch euer eure ihr_könnt leute kumpel
    alter hast bist kannst willst musst solltest könntest möchtest brauchst`,
  firstPerson:
    "ich mich mir mein meine meinem meinen meiner meines wir uns unser unsere unserem unseren",
  secondPerson: `du dich dir dein deine deinem deinen deiner deines euch euer eure Sie Ihnen Ihr Ihre
    Ihrem Ihren Ihrer Ihres`,
  thirdPerson: `er ihn ihm sein seine seinem seinen seiner seines sie ihr ihre ihrem ihren ihrer ihres ihnen
    es sich`,
  demonstratives: `dies diese dieser dieses diesem diesen das jene jener jenes solche solcher solches hier da
    dort`,
  prepositions: `von in zu für mit auf an bei aus über nach durch um unter gegen zwischen vor hinter neben
    ohne während seit bis ab wegen trotz außer gegenüber innerhalb außerhalb laut statt entlang im am zum zur
    vom beim ins ans`,
  conjunctions: `und oder aber denn sondern weil da obwohl während wenn falls ob dass als bevor nachdem damit
    sodass sowie indem`,
  connectives: `jedoch daher deshalb deswegen darum somit außerdem zudem zusätzlich auch schließlich erstens
    zweitens drittens dann danach zuerst zunächst stattdessen sonst andernfalls ebenso ebenfalls folglich
    inzwischen insgesamt übrigens dennoch trotzdem allerdings also zum_beispiel darüber_hinaus`,
  auxiliaries: `sein bin bist ist sind seid war waren warst gewesen wäre wären haben habe hast hat habt hatte
    hatten gehabt werden werde wirst wird werdet wurde wurden worden`,
  modals: `kann kannst können könnt konnte könnte könnten darf darfst dürfen dürfte muss musst müssen müsste soll
    sollst sollen sollte sollten will willst wollen wollte mag magst mögen möchte möchten`,
  negations: `nein nicht nie niemals kein keine keinen keinem keiner keines nichts niemand weder noch ohne
    nirgends keinesfalls nix nö kaum`,
  questionWords: `was warum weshalb wieso wie wann wo wohin woher wer wen wem wessen welche welcher welches
    welchen wofür womit worum`,
  quantities: `alle alles einige etwas viel viele mehr meisten wenige weniger mehrere jede jeder jedes beide
    genug genügend menge verschiedene zahlreiche eins zwei drei vier fünf zehn hundert andere anderer anderen
    paar`,
  intensifiers: `sehr wirklich so zu ganz äußerst unglaublich höchst besonders vor_allem absolut total völlig
    wahrhaft super extrem überaus enorm richtig echt`,
};
