/** The Spanish lists; `word-lists.ts` says how an entry is read. */
import type { WordLists } from "./word-lists.js";

export const SPANISH: WordLists = {
  formalWords: `asimismo además mediante conforme respecto acerca cuyo cuya cuyos cuyas dicho dicha dichos
    dichas mencionad* presente cabe conviene resulta recomendable* aconsejable* pertinente* procede* efectu*
    realiz* utiliz* emple* obten* requier* requerid* proporcion* garantiz* permit* constituy* consist*
    adecuad* suficiente* numeros* diversos diversas aproximadamente posteriormente previamente previo
    finalmente inicialmente simultáneamente estimad* atentamente cordial* señor señora usted ustedes
    debidamente únicamente exclusivamente dado puesto por_consiguiente no_obstante sin_embargo por_tanto
    por_ende en_cuanto con_respecto a_fin se_recomienda se_debe se_puede se_requiere es_preciso es_necesario
    es_posible es_conveniente de_acuerdo`,
  slang: `vale venga guay mola molan molar genial tío tía colega* chaval* peña rollo curro movida flipa* flipar
    mogollón montón montones cosas cosa cosillas chulo chula pillar pilla pillas echar echa échale pasada
    ok okay bueno pues eh oye mira anda hala uf uy ups jo jaja* jeje* jiji* lol guau súper super mega tope
    chido chévere bacano padre órale güey wey che boludo re finde bici peli cole boli porfa poquito ratito
    un_poco un_pelín un_rato un_montón un_toque ni_idea qué_va a_tope más_o o_sea sin_más ya_está sin_problema
    dale listo tranqui súper_fácil to_do pa na`,
  hedges: `quizá quizás acaso posiblemente probablemente seguramente tal_vez lo_mejor podría podrían
    podrías puede parece parecen aparentemente supuestamente aproximadamente alrededor unos unas suele suelen
    generalmente normalmente frecuentemente veces algo relativamente bastante estimo supongo creo diría
    imagino sospecho presum* incierto* inseguro* dudo depende dependiendo tiende tienden cierto_modo
    puede_que puede_ser podría_ser me_parece yo_diría creo_que no_estoy no_necesariamente en_general 
    lo_general a_veces hasta_donde según_el según_la más_o o_menos en_principio sería haya`,
  certaintyWords: `definitivamente ciertamente absolutamente siempre nunca jamás claramente obviamente
    evidente* indudable* indiscutible* incuestionable* innegable* garantiz* garantía exactamente precisamente
    debe deben debes todo todos todas cada completamente totalmente plenamente enteramente efectivamente
    simplemente inevitable* demostrad* comprobad* seguro segura claro cierto desde_luego por_supuesto sin_duda
    sin_lugar no_hay no_cabe la_respuesta sin_excepción de_hecho la_única el_único está_claro con_certeza
    con_seguridad en_absoluto seguro_que`,
  courtesyWords: `por_favor favor gracias agradezco agradec* agradecid* perdón perdona perdone disculp* lamento
    bienvenid* amable* amabilidad gusto placer encantad* encantaría espero ojalá suerte cordial* saludos
    con_gusto mucho_gusto de_nada un_placer muchas_gracias buena_suerte espero_que si_quieres si_gustas
    si_desea a_tu a_su porfa servirle servirte ayudarte ayudarle`,
  gratitude:
    "gracias agradezco agradec* agradecid* gratitud por_preguntar por_tu por_su mil_gracias",
  apologies: `perdón perdona perdone perdonad perdonen disculp* lamento lamentabl* siento_mucho lo_siento
    desgraciadamente`,
  greetings: `hola buenas buenos hey saludos bienvenid* adiós chao chau abrazo abrazos atentamente estimad*
    querid* buenos_días buenas_tardes buenas_noches hasta_luego hasta_pronto hasta_la qué_tal un_saludo
    un_abrazo cuídate cuídese`,
  deference: `buena_pregunta gran_pregunta excelente_pregunta interesante_pregunta bonita_pregunta
    pregunta_interesante magnífica_pregunta estupenda_pregunta maravillosa_pregunta buena_idea gran_idea
    excelente_idea buen_punto buena_elección excelente_elección bien_hecho buen_trabajo gran_trabajo
    felicidades enhorabuena felicit* bravo tu_pregunta su_pregunta tu_paciencia su_paciencia su_interés
    tu_interés su_tiempo tu_tiempo su_consulta tu_consulta su_comprensión`,
  conditionals: `sería serían serías podría podrían podrías podríamos debería deberían deberías deberíamos
    habría habrían habrías tendría tendrían tendrías querría querrías querrían haría harías harían diría
    dirías dirían iría irías vendría vendrías pondría pondrías gustaría encantaría convendría valdría
    estaría estarías bastaría quedaría serviría ayudaría funcionaría recomendaría quisiera quisieras quisieran
    pudiera pudieras pudieran fuera fueras fueran hubiera hubieras hubieran tuviera tuvieras tuvieran hiciera
    hiciese fuese fuesen hubiese pudiese tuviese estuviera debiera haya sea sean pueda puedas puedan tenga
    quiera quieras quieran`,
  downtoners: `algo ligeramente poco poquito un_poco un_pelín un_tanto levemente bastante relativamente
    parcialmente casi apenas solo sólo solamente más_o o_menos medio mínimamente cierto_punto prácticamente`,
  hyperbole: `millón millones miles mil ciento cientos eterno* eterna* eternidad universo galaxia
    mundo historia legendari* épic* poderos* definitiv* gigantesc* enorm* colosal* infinit* demencial
    increíble* ridícul* literalmente planeta* siglo siglos civilización apocalipsis catástrofe* catastrófic*
    milagro* heroic* glorios* entero entera jamás_visto de_todos`,
  playfulWords: `broma* bromea* bromear chiste* gracios* divertid* risa risas reír ríe jaja* jeje* lol tonto
    tontería* siesta* drama dramátic* travies* picar* guiño* magia mágic* baila* bailar baile confeti
    supuestamente spoiler soborn* rebel* motín ego diva existencial* diminut* ofendid* cotille* chisme*
    tambale* desmay* fuga emboscada conspira* traición profecía* ritual* travesura* cómic* comedia ironía*
    irónic* sarcas* absurd* descarad* sospechos* secret* aparentemente como_si como_un como_una cual_si
    digamos casualmente al_parecer ni_que`,
  whimsicalNouns: `unicornio* dragón dragones dinosaurio* duende* zombi* monstruo* fantasma* nave extraterrestre*
    marciano* robot robots trono corona circo ópera orquesta tango discoteca karaoke desfile gato gata gatos
    gatito* perro perra perros perrito* cachorro* vaca* oveja* cabra* paloma* gaviota* pato patos ganso* gallina*
    pollo pollos pingüino* ardilla* hámster perezoso pulpo* elefante* jirafa* hipopótamo* camello*
    burro burros mono monos loro loros mapache* tejón erizo* sapo* rana ranas caracol* gusano* abeja* avispa*
    tiburón tiburones ballena* langosta* cangrejo* araña* oso osos lobo zorro caballo* cerdo cerdos ratón
    ratones conejo* tortuga* patata* papa papas pizza* galleta* espagueti* queso plátano* banana* tortita* fideo*
    pepinillo* cebolla* repollo nabo* malvavisco* rosquilla* gelatina natilla* pastel* tarta* café sopa
    bocadillo* salchicha* sofá pijama* jabón calcetín calcetines pantalón pantalones sombrero* bigote* peluca*
    paraguas tostadora* tetera* almohada* manta cuchara* bañera* trampolín globo globos croqueta* churro*
    tortilla* jamón`,
  roles: `jefe jefes jefa abogado* abogada* médico* dentista* juez jueces profesor* maestro* cura monje* rey reyes
    reina emperador* príncipe* princesa* caballero* mayordomo* camarero* cocinero* chef fontanero* contable*
    burócrata* funcionari* político* diplomátic* detective* espía* pirata* ninja* mago magos bruja* brujo*
    villano* villana* héroe* heroína* superhéroe* payaso* actor* actriz famos* poeta* filósofo* catedrático*
    astronauta* vaquero* abuela* abuelo* abuelita* suegra* suegro* cuñado* cuñada* vecino* vecina*
    casero* bebé bebés adolescente* turista* invitado* público ladrón ladrones bibliotecari*
    niñera* portero* primo primos notario*`,
  feelings: `queja* quejar* discut* niega* negarse insist* exig* suplic* rog* promet* llora* llorar
    suspir* gime gimen gemi* sueña* soñar ronca* roncar odia odian envidi* celos* orgullos* orgullo vergüenza avergonz*
    solitari* aburrid* aburr* humor malhumor* enfad* enfurru* gruñ* murmur* susurr* grita* gritar chill* finge*
    fingir conspir* negoci* regate* regaña* regañar presum* ligar coquete* sonroj* mirada* guiña* rend* venganza
    personalidad sentimiento* opinión opiniones ambición* alma dignidad temperamento terco* testarud*
    perezos* vago nervios* sospech* traicion* ofend* insult* juzga* juzgar rencor* capricho* caprichos* miedo
    paciencia`,
  mishaps: `lío líos desastre* caos caótic* pánico crimen culpable* mentira* mentir borrach* resaca* vino cerveza*
    tonto* tonta* idiota* estúpid* error errores accidente* torpe* torpeza olvidadiz* procrastin* pereza excusa*
    factura* impuesto* hacienda atasco* lunes colada platos váter baño calzoncillo* nariz rodilla* barriga sudor*
    suda* sudar apesta* quemad* miga migas mancha* despertador* sobras dieta gimnasio cola reunión reuniones
    correo correos burocracia metedura* patinazo*`,
  enthusiasmWords: `genial* encanta encantan amo adoro increíble* maravillos* fantástic* emocionant* emocionad*
    brillante* excelente* delicios* estupend* perfect* magnífic* espléndid* soberbi* hurra yupi guau wow viva
    hermos* precios* fabulos* espectacular* impresionant* disfrut* fenomenal* extraordinari* sensacional*
    formidable* apasionant* entusiasm* alegr* felicidades qué_bien qué_bueno qué_maravilla qué_alegría
    qué_ilusión qué_gran me_encanta mejor mejores tanto`,
  offers: `dime dígame cuéntame cuénteme avísame avíseme quieres quiere_que quisiera_usted podrías podría_usted
    puedes_decirme te_gustaría le_gustaría necesitas necesita_usted tienes tiene_usted has_probado ha_probado
    prefieres prefiere cuál_es qué_tipo qué_te qué_le te_ayudo le_ayudo ayudarte ayudarle puedo_ayudar
    alguna_pregunta alguna_duda cualquier_duda algo_más otra_cosa estoy_aquí a_disposición no_dudes no_dude
    me_dices te_apetece qué_prefieres`,
  refusals: `lamento lamentabl* desgraciadamente imposible no_puedo no_podemos no_es
    modelo_de como_ia como_modelo una_ia no_tengo no_dispongo sin_acceso más_información más_contexto
    inapropiad* lo_siento no_estoy`,
  advice: `prueba pruebe intenta intente haz haga usa use utiliza utilice añade añada agrega agregue toma tome
    mantén mantenga empieza empiece comienza comience revisa revise comprueba compruebe considera considere
    elige elija recuerda recuerde evita evite pon ponga busca busque da dé ve vaya gira mira mire pregunta
    encuentra abre abra pulsa pulse haz_clic selecciona seleccione mezcla mezcle remueve cocina hornea corta
    corte coloca coloque escribe escriba lee lea escoge sigue siga llama llame deja deje bebe beba come`,
  examples: `ejemplo ejemplos p_ej imagina imagine supón supongamos concretamente incluido como_este
    por_ejemplo es_decir tales_como`,
  negativeWords: `malo mala malos malas mal peor peores triste* equivocad* incorrect* problema* difícil*
    fall* fracas* riesgo* peligros* peligro daño* duele dolor* pobre enfad* asustad* preocup* miedo terrible*
    horrible* perder pierd* pérdida* roto rota feo fea enferm* muerte muert*`,
  similes: `como_un como_una como_si como_el como_la como_los como_quien igual_que parece_un parece_una
    cual_si tan_como suena_a recuerda_a más_que`,
  formalAddress: `usted ustedes vd vds señor señora estimado estimada estimados permítame dígame disculpe
    perdone tenga haga ponga considere pruebe utilice indique recuerde evite revise compruebe elija mantenga
    quisiera desea desee cuénteme avíseme le les uno`,
  familiarAddress: `tú te ti contigo tu tus tuyo tuya vos vosotros vosotras os vuestro vuestra tienes puedes quieres
    eres estás sabes necesitas haces vas debes dime mira oye haz pon prueba prefieres podrías deberías
    cuéntame`,
  firstPerson: `yo me mí mi mis mío mía conmigo nosotros nosotras nos nuestro nuestra nuestros nuestras soy estoy
    tengo puedo creo`,
  secondPerson: `tú te ti contigo tu tus tuyo tuya vos vosotros vosotras os vuestro vuestra usted ustedes tienes
    puedes quieres eres estás necesitas`,
  thirdPerson: `él ella ello ellos ellas lo la los las le les se su sus suyo suya suyos suyas sí consigo`,
  demonstratives: `este esta esto estos estas ese esa eso esos esas aquel aquella aquello aquellos aquí ahí allí
    tal tales`,
  prepositions: `de en a para con por sobre desde hasta entre sin hacia según durante tras ante bajo contra
    mediante del al`,
  conjunctions: `y e o u pero sino porque aunque mientras si que como cuando pues ni ya`,
  connectives: `sin_embargo además también tampoco finalmente primero segundo tercero luego después entonces
    así asimismo igualmente mientras_tanto por_tanto por_eso en_cambio por_ejemplo en_resumen en_conclusión
    aun aún todavía encima al_final`,
  auxiliaries: `ser soy eres es somos son era eran fue fueron sido siendo estar estoy estás está están estaba
    estado haber he has ha hemos han había hay hecho hacer hace`,
  modals: `puede puedes pueden puedo podemos poder podría podrías podrían debe debes deben debo debería deberías
    deberían quiere quieres quiero quieren suele tiene_que tienes_que hay_que`,
  negations: `no nunca jamás nada nadie ningún ninguno ninguna ni tampoco sin`,
  questionWords: `qué quién quiénes cuál cuáles cómo cuándo dónde cuánto cuánta cuántos cuántas adónde por_qué`,
  quantities: `todo toda todos todas algún alguno alguna algunos algunas algo mucho mucha muchos muchas más menos
    poco pocos pocas varios varias cada ambos ambas bastante suficiente uno dos tres cuatro cinco diez cien
    otro otra otros otras`,
  intensifiers: `muy realmente tan demasiado bastante extremadamente increíblemente sumamente particularmente
    especialmente absolutamente totalmente completamente verdaderamente súper profundamente sobre_todo`,
};
