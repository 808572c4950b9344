/** The languages with a list, by their two-letter codes (ISO 639-1). */
export type ListedLanguage = keyof typeof functionWordLists;

/**
 * The function words of languages that the models of the catalogue read: the frequent members of the closed classes of
 * Universal Dependencies (ADP, AUX, CCONJ, DET, PART, PRON, SCONJ, and adverbs of negation and degree), as grammars of
 * these languages list them. English stands in `function-words.ts`, where its classes are told apart. In lower case,
 * NFC; Chinese and Arabic without marks. Words of several languages stand in each of them: `die`, `on`, `a`.
 *
 * https://universaldependencies.org/u/pos/ (de Marneffe, Manning, Nivre, Zeman 2021, Computational Linguistics 47(2)).
 */
export const functionWordLists = {
  de: `der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner ich du er sie es wir
    ihr mich mir dich dir ihn ihm ihnen uns euch sich mein meine meinen meinem meiner dein deine sein seine seinen
    seinem seiner ihre ihren ihrem ihrer unser unsere euer dieser diese dieses diesen diesem jener jene jenes jeder
    jede jedes jeden wer was wen wem welcher welche welches welchen man in im an am auf aus bei beim mit nach von
    vom vor zu zum zur über unter um durch für gegen ohne bis seit zwischen hinter neben während wegen und oder
    aber denn sondern dass daß weil wenn ob als wie obwohl damit nachdem bevor bin bist ist sind seid war waren
    warst wäre wären gewesen habe hast hat haben hatte hatten hätte werde wird werden wurde wurden würde worden
    kann können konnte muss muß müssen musste soll sollen sollte will wollen wollte darf dürfen mag möchte
    nicht nur auch noch schon sehr so da hier dort wo wann warum doch ja nein`,
  fr: `le la les l un une des du de d au aux je j tu il elle on nous vous ils elles me m te t se s lui leur leurs
    moi toi soi eux y en mon ma mes ton ta tes son sa ses notre nos votre vos ce c cet cette ces ceci cela ça qui
    que qu quoi dont où quel quelle quels quelles lequel laquelle à dans par pour sur sous avec sans chez entre
    vers contre depuis pendant avant après devant derrière et ou mais donc ni car si comme quand lorsque lorsqu
    puisque puisqu parce quoique jusque jusqu suis es est sommes êtes sont étais était étaient sera seront
    serait été être étant ai as a avons avez ont avais avait avaient aura aurait eu avoir ayant ne n pas plus
    non très aussi tout toute tous toutes même aucun aucune chaque quelque quelques peut peuvent doit doivent fait`,
  es: `el la los las lo un una unos unas al del de yo tú él ella ello nosotros vosotros ellos ellas usted ustedes
    me te se nos os le les mí ti sí mi mis tu tus su sus nuestro nuestra nuestros nuestras vuestro este esta esto
    estos estas ese esa eso esos esas aquel aquella aquellos aquellas que qué quien quién quienes cual cuál
    cuales cuyo cuya donde dónde a ante bajo con contra desde en entre hacia hasta para por según sin sobre tras
    durante y e o u pero sino ni si porque como cómo cuando cuándo aunque mientras pues soy eres es somos son era
    eras eran fue fueron será sería sido ser siendo estoy está están estaba estaban estar he has ha hemos han
    había habían haber hay no muy más menos ya también tan todo toda todos todas cada otro otra algún alguno
    alguna ningún ninguna puede pueden debe`,
  it: `il lo la i gli le l un uno una di a da in con su per tra fra del dello della dell dei degli delle al allo alla
    all ai agli alle dal dallo dalla dall dai dalle nel nello nella nell nei negli nelle sul sullo sulla sull sui
    sulle col io tu lui lei noi voi loro mi ti si ci vi ne me te se sé mio mia miei mie tuo tua suo sua suoi sue
    nostro nostra vostro questo questa questi queste quest quello quella quelli quelle quell quel quei che chi cui
    quale quali dove e ed o ma né perché come quando mentre anche però dunque sono sei è siamo siete era erano fu
    furono sarà sarebbe stato stata essere ho hai ha abbiamo avete hanno aveva avevano avere non più molto già così
    ogni tutto tutta tutti tutte può possono deve d c s`,
  pt: `o a os as um uma uns umas ao aos à às do da dos das no na nos nas num numa pelo pela pelos pelas de em por
    para com sem sob sobre entre até desde contra após durante eu tu ele ela nós vós eles elas você vocês me
    te se lhe lhes mim ti si meu minha meus minhas teu tua seu sua seus suas nosso nossa este esta isto estes estas
    esse essa isso esses essas aquele aquela aquilo que quem qual quais cujo onde e ou mas nem porque como quando
    embora enquanto pois sou és é somos são era eram foi foram será seria sido ser sendo estou está estão
    estava estavam estar tenho tem têm tinha tinham ter há havia não muito mais já também tão todo toda todos
    todas cada outro outra algum alguma nenhum pode podem deve`,
  nl: `de het een der den ik jij je u hij zij ze wij we jullie mij me jou hem haar ons hen hun zich mijn jouw zijn
    onze uw deze dit die dat wie wat welke welk waar er men in op aan van voor met bij naar uit over onder tot door om
    tegen tussen zonder sinds na te en of maar want dus als toen omdat terwijl hoewel dan ben bent is was waren
    geweest heb hebt heeft hebben had hadden word wordt worden werd werden zal zullen zou zouden kan kunnen kon moet
    moeten mag wil niet geen ook nog al heel zeer zo hoe wanneer waarom elke elk alle`,
  ro: `un o unei unui unor al a ai ale lui cel cea cei cele eu tu el ea noi voi ei ele mă te se ne vă îl îi le
    mi ți își mie meu mea mei mele tău ta său sa săi sale nostru noastră acest această acești aceste acesta
    aceasta acel acea acei acele care cine ce cui cărui cărei unde la în din de pe cu fără pentru prin spre sub
    peste până după între despre dintre și sau dar ci nici că să dacă ca deși când cum fiindcă sunt ești
    este e suntem era erau fi fost am are avem au avea avut va vor aș ar nu mai foarte tot toți toate orice
    fiecare alt altă`,
  sv: `en ett den det de jag du han hon vi ni mig dig honom henne oss er dem sig min mitt mina din ditt dina hans
    hennes sin sitt sina vår vårt våra deras denna detta dessa som vem vad vilken vilket vilka där man i på av
    för med till från om hos vid över under mellan genom mot utan efter före och eller men att när medan
    eftersom fast än så är var vara varit har hade ha haft blir blev bli blivit ska skall skulle kan kunde vill
    ville måste får inte icke också mycket bara nu hur varför varje alla ingen inget någon något några`,
  pl: `ja ty on ona ono my wy oni one mnie mi ciebie tobie jego go jemu mu jej ją nią nim nich ich im nas nam was
    wam się siebie sobie mój moja moje twój twoja nasz nasza wasz swój swoja swoje ten ta to te ci tego tej tym
    tych tamten który która które którzy którego której kto co czego w we na z ze do od o po za przez przy dla
    pod nad przed między bez u i a oraz lub albo ale lecz że żeby aby bo jeśli jeżeli gdy kiedy jak choć
    ponieważ jestem jesteś jest są był była było byli były będzie będą być nie tak też także bardzo
    tylko już jeszcze by gdzie każdy wszystko wszystkie może`,
  tr: `bir bu şu o ben sen biz siz onlar beni seni onu bizi sizi onları bana sana ona bize size bunu şunu benim
    senin onun bizim sizin onların kendi kim ne hangi nerede ve veya ya da de ki ile ama fakat ancak çünkü eğer
    için gibi kadar göre sonra önce beri değil mi mı mu mü var yok idi ise çok daha en her bazı hiç bütün
    tüm`,
  vi: `là của và có không được cho với trong ngoài trên dưới ở từ đến tới bởi vì nên
    nhưng mà hay hoặc nếu thì khi như này đó kia ấy đây tôi bạn anh ta nó họ chúng mình ai
    gì nào đâu sao các những một mỗi mọi đã đang sẽ rất cũng chỉ còn lại vẫn đều bị
    do để về theo rằng thế`,
  ru: `я ты он она оно мы вы они меня мне мной тебя тебе его ему него
    нему им ним её ей неё ней нас нам вас вам их ними них себя себе
    мой моя моё мои твой твоя свой своя своё свои своего своей
    свою наш наша ваш этот эта это эти этого этой эту тот та то те
    того той ту который которая которое которые которого которой
    которую кто кого что чего чему чем где куда когда как почему в
    во на с со к ко о об обо от до из у за по под над перед при про
    для без через между после и а но или да же ли бы чтобы если
    потому так хотя не ни нет был была было были есть быть будет
    будут уже ещё очень только тоже также все всё всех весь вся
    каждый сам может`,
  uk: `я ти він вона воно ми ви вони мене мені тебе його йому неї їй
    нас нам вас вам їх їм себе мій моя моє мої твій свій своя своє
    свої свою наш наша ваш цей ця це ці той та те ті який яка яке
    які якого якої яку хто що чого де куди коли як чому в у на з із
    зі до від о об за по під над перед при про для без через між
    після і й а але або чи же б би щоб якщо бо не ні був була було
    були є бути буде будуть вже ще дуже тільки також усе все всі`,
  ar: `في من إلى على عن مع بين تحت فوق قبل بعد عند حتى منذ هذا هذه
    ذلك تلك هؤلاء الذي التي الذين أنا أنت هو هي نحن هم هما أن إن
    أنه أنها لأن كان كانت كانوا يكون تكون ليس ليست قد لقد لا لم لن
    ما ماذا كيف متى أين هل و أو ثم لكن إذا لو كل بعض غير أي به بها له
    لها فيه فيها منه منها عليه عليها إلا سوف`,
  hi: `का के की को से में पर ने तक और या लेकिन कि जो
    वह यह वे ये मैं तू तुम आप हम उस इस उन इन उसे
    इसे उसका उसकी उसके इसका इसकी इसके मेरा
    मेरी मेरे तेरा अपना अपनी अपने है हैं था थी
    थे हूँ हो होता होती होते गया गई रहा रही रहे
    नहीं न ही भी तो क्या कौन कब कहाँ क्यों कैसे
    जब तब अगर एक कुछ सब बहुत लिए साथ`,
  ko: `그 이 저 나 너 우리 저희 그는 그녀 그녀는 나는 너는 내 네 내가 네가 것 것은
    것이 것을 수 등 및 그리고 그러나 하지만 그래서 또는 또한 때문에 위해 대해 매우
    아주 더 안 못 있다 있는 있었다 없다 없는 이다 한다 했다 하는 한 할 은 는 가 을 를
    의 에 에서 와 과 도 로 으로 만 까지 부터`,
  zh: `的 了 在 是 我 你 您 他 她 它 们 這 这 那 哪 谁 誰 什 么 麼 个 個 和 与 與 或 而
    但 且 因 为 為 所 以 就 也 都 不 没 沒 有 很 更 最 把 被 给 給 对 對 向 从 從 到 于
    於 之 其 将 將 会 會 能 可 要 着 著 过 過 地 得 吗 嗎 呢 吧 啊 如 若 则 則 虽 雖 然
    已 经 經 还 還 再 又 只 才 每 各 些 此 自 己 让 讓 一 怎 样 樣 里 裡 上 下 中`,
} as const;
