/**
 * The commonest small words of many languages. Three of them have word lists; the others are here so
 * that a text in one of them is not taken for a relative: Portuguese for Spanish, Dutch for German.
 */

/** By ISO 639 code, parted by blanks. */
export const LANGUAGE_PROFILES = {
  en: `the a an and or but not is are was were be been have has had do does did will would can could should
    may might must of to in on at by for with from about into as if than then that this these those there
    here what which who when where why how i you he she it we they me him her us them my your his its our
    their it's i'm you're don't that's you'd you'll i'd let's so just only also very more most some any all
    no yes up out over because while after before through every each`,
  de: `der die das den dem des ein eine einen einem einer eines und oder aber nicht kein keine ist sind war
    waren wird werden wurde hat haben hatte kann können muss müssen soll sollte will von zu in auf an bei mit
    für aus nach vor über unter durch um als wenn dass weil ob wie was wer wo wann warum ich du er sie es wir
    ihr mich dich ihn uns mir dir ihm ihnen mein dein sein unser man sich auch noch nur schon sehr so mehr
    hier da dort zum zur im am vom beim ja nein doch immer etwas bitte danke`,
  es: `el la los las un una unos unas lo al del de y o pero no ni es son era fue ser está están estar ha han
    hay haber tiene tienen puede pueden que en a con por para sin sobre entre desde hasta como cuando donde
    porque si se me te le les nos su sus mi tu yo tú él ella usted esto este esta eso ese esa muy más menos
    también ya todo todos cada qué cómo cuál cuándo dónde quién sí gracias siempre nunca hola bien algo`,
  pt: `o a os as um uma uns umas do da dos das no na nos nas ao à de e ou mas não nem é são era foi ser está
    estão há tem têm pode que em com por para pelo pela sem sobre como quando onde porque se me te lhe seu
    sua meu minha eu você ele ela isto isso este esta muito mais também já tudo cada obrigado sim bem só`,
  fr: `le la les l un une des du de au aux et ou mais ne pas est sont était être a ont avoir peut que qui dans
    en sur avec pour par sans comme quand où si se me te lui leur son sa ses mon ma je tu il elle nous vous
    ils ce cet cette ces très plus aussi tout tous chaque oui non merci c'est d'un d'une qu'il n'est j'ai y`,
  it: `il lo la i gli le un uno una del della dei delle di a da in con su per tra fra e o ma non è sono era
    essere ha hanno avere può che come quando dove perché se si mi ti ci vi suo sua mio mia io tu lui lei noi
    questo questa molto più anche già tutto ogni nel nella al alla dal sì grazie bene`,
  ca: `el la els les un una uns unes del dels al als de i o però no és són era ser està ha han hi pot que en
    amb per sense sobre com quan on perquè si es em et li el seu la seva meu jo tu ell ella això aquest molt
    més també ja tot cada gràcies sí`,
  ro: `un o și sau dar nu este sunt era fi a au are poate că care în la pe cu pentru din de fără ca când unde
    dacă se mă te îi său sa meu eu tu el ea noi voi acest această foarte mai tot da mulțumesc`,
  nl: `de het een en of maar niet geen is zijn was waren wordt worden heeft hebben had kan kunnen moet moeten
    zal zou van te in op aan bij met voor uit naar over onder door om als dat die dit deze wat wie waar wanneer
    waarom hoe ik je jij u hij zij ze wij we jullie mij hem ons mijn jouw haar ook nog maar al heel zo meer er
    hier daar ja nee`,
  af: `die 'n en of maar nie is was word het kan moet sal sou van te in op aan by met vir uit na oor onder deur
    om as dat hierdie wat wie waar hoe ek jy hy sy ons julle hulle my ook nog baie meer daar ja`,
  sv: `en ett den det och eller men inte är var vara har hade kan ska skulle måste av till i på vid med för från
    om som att när var varför hur jag du han hon vi ni de mig dig sig min din sin också mycket mer här där ja nej`,
  da: `en et den det og eller men ikke er var være har havde kan skal ville må af til i på ved med for fra om
    som at når hvor hvorfor hvordan jeg du han hun vi de mig dig sig min din sin også meget mere her der ja nej`,
  is: `og eða en ekki er var vera hefur hafa af til í á við með fyrir frá um sem að þegar hvar ég þú hann hún
    við þeir mig það þetta mjög meira já nei`,
  fi: `ja tai mutta ei ole on oli olla ovat voi että kun jos niin kuin se ne hän he minä sinä me te tämä tuo
    nämä mitä missä miksi miten myös vain jo vielä hyvin enemmän kyllä kiitos sen joka jonka sekä ilman`,
  et: `ja või aga ei ole on oli olema et kui see need ta nad mina sina ma sa me te mis kus miks kuidas ka ainult
    juba väga rohkem jah tänan ning oma`,
  hu: `a az egy és vagy de nem is van volt lesz hogy ha mint mert ez azt én te ő mi ti ők meg el ki be már még
    csak nagyon igen köszönöm hol miért hogyan`,
  pl: `i a w z na do o u po za od dla przez nie jest są był być ma to ten ta te co kto gdzie jak czy się mnie
    ja ty on ona my wy oni już tylko bardzo tak proszę że ale lub`,
  cs: `a i v z na do o po za od pro nie je jsou byl být má to ten ta co kdo kde jak se mě já ty on ona my vy oni
    už jen velmi ano že ale nebo`,
  hr: `i a u s na do o po za od je su bio biti ima to taj ta što tko gdje kako se me ja ti on ona mi vi oni već
    samo vrlo da ne ali ili`,
  tr: `ve veya ama bir bu şu o ben sen biz siz onlar için ile gibi da de ki ne nasıl neden çok daha var yok mi
    mı değil evet hayır`,
  id: `dan atau tetapi tidak bukan ini itu yang di ke dari untuk dengan pada adalah ada bisa saya kamu dia kami
    mereka apa siapa mana bagaimana sudah juga sangat lebih ya`,
  tl: `ang ng sa na at o pero hindi ay may mga ito iyan ako ikaw siya kami tayo sila ko mo niya kung para din
    rin lang po oo`,
  vi: `và là của không có được cho trong với này một những các tôi bạn anh chị em để khi nếu như đã sẽ rất`,
  eo: `la kaj aŭ sed ne estas estis esti de al en sur kun por kiel kiam kie se mi vi li ŝi ni ili tio tiu tre pli
    ankaŭ jes`,
  la: `et aut sed non est sunt erat esse in ad cum per pro de ex ut si quod qui quae ego tu is ea nos vos hoc`,
  gl: `o a os as un unha uns unhas do da dos das no na nos nas ao á de e ou pero non é son era foi ser está hai ten
    pode que en con por para sen sobre como cando onde porque se me te lle seu súa meu eu ti el ela isto moito
    máis tamén xa todo grazas si ben`,
  eu: `eta edo baina ez da dira zen du dute dago izan bat hau hori ere bai oso gehiago nola non zer nor`,
  cy: `y yr yn a ac o i ar am gan gyda ei eu fy dy mae yw oedd bod nid ddim fel os pan hefyd iawn mwy`,
  ga: `an na agus nó ach ní níl tá bhí is ar le ag do de i mé tú sé sí sinn siad seo sin go mar freisin`,
  sw: `na ya wa kwa ni si katika za la cha kama hii hiyo huo mimi wewe yeye sisi wao pia sana zaidi ndiyo hapana`,
  lt: `ir ar bet ne yra buvo būti su be iš į ant apie kad kaip kai jei aš tu jis ji mes jūs taip labai dar jau tai`,
  lv: `un vai bet ne ir bija būt ar bez no uz par ka kā kad ja es tu viņš mēs jūs tas tā jā ļoti vēl jau`,
  sq: `dhe ose por nuk është janë ishte me pa nga në për që si kur nëse unë ti ai ajo ne ju ky kjo shumë më po jo`,
  lb: `den déi dat an oder awer net ass sinn war hunn huet kann muss vun zu op bei mat fir aus no wéi wann ech du hien
    si mir dir och nach nëmmen ganz`,
  ht: `la yo yon ak ou men pa se te ap pou nan sou li mwen nou yo sa ki kòman tou anpil wi non`,
} as const;
