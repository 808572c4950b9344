"""The words of the small translation task, English to Spanish, with the forms that agreement needs."""

# english singular, english plural, spanish singular, spanish plural, gender, kind (person, animal, thing, place)
_NOUNS = """
girl girls niña niñas f person
boy boys niño niños m person
woman women mujer mujeres f person
man men hombre hombres m person
king kings rey reyes m person
queen queens reina reinas f person
teacher teachers maestro maestros m person
doctor doctors médica médicas f person
farmer farmers granjero granjeros m person
cook cooks cocinera cocineras f person
sailor sailors marinero marineros m person
friend friends amiga amigas f person
cat cats gato gatos m animal
dog dogs perro perros m animal
horse horses caballo caballos m animal
cow cows vaca vacas f animal
bird birds pájaro pájaros m animal
hen hens gallina gallinas f animal
sheep sheep oveja ovejas f animal
fox foxes zorro zorros m animal
bee bees abeja abejas f animal
spider spiders araña arañas f animal
apple apples manzana manzanas f thing
book books libro libros m thing
letter letters carta cartas f thing
table tables mesa mesas f thing
chair chairs silla sillas f thing
door doors puerta puertas f thing
window windows ventana ventanas f thing
key keys llave llaves f thing
hat hats sombrero sombreros m thing
shirt shirts camisa camisas f thing
shoe shoes zapato zapatos m thing
cup cups taza tazas f thing
plate plates plato platos m thing
knife knives cuchillo cuchillos m thing
box boxes caja cajas f thing
lamp lamps lámpara lámparas f thing
flower flowers flor flores f thing
tree trees árbol árboles m thing
stone stones piedra piedras f thing
boat boats barco barcos m thing
house houses casa casas f place
garden gardens jardín jardines m place
street streets calle calles f place
school schools escuela escuelas f place
market markets mercado mercados m place
kitchen kitchens cocina cocinas f place
forest forests bosque bosques m place
river rivers río ríos m place
beach beaches playa playas f place
castle castles castillo castillos m place
"""

# english, masculine, feminine, masculine plural, feminine plural (all stand after the noun in Spanish)
_ADJECTIVES = """
red rojo roja rojos rojas
white blanco blanca blancos blancas
black negro negra negros negras
yellow amarillo amarilla amarillos amarillas
green verde verde verdes verdes
blue azul azul azules azules
small pequeño pequeña pequeños pequeñas
tall alto alta altos altas
old viejo vieja viejos viejas
new nuevo nueva nuevos nuevas
clean limpio limpia limpios limpias
dirty sucio sucia sucios sucias
pretty bonito bonita bonitos bonitas
ugly feo fea feos feas
quiet tranquilo tranquila tranquilos tranquilas
cold frío fría fríos frías
heavy pesado pesada pesados pesadas
strong fuerte fuerte fuertes fuertes
sad triste triste tristes tristes
young joven joven jóvenes jóvenes
"""

# english 3rd singular, base, past; spanish present singular, plural, past singular, plural, future singular, plural
_TRANSITIVE = """
sees see saw ve ven vio vieron verá verán
buys buy bought compra compran compró compraron comprará comprarán
sells sell sold vende venden vendió vendieron venderá venderán
finds find found encuentra encuentran encontró encontraron encontrará encontrarán
loses lose lost pierde pierden perdió perdieron perderá perderán
washes wash washed lava lavan lavó lavaron lavará lavarán
paints paint painted pinta pintan pintó pintaron pintará pintarán
carries carry carried lleva llevan llevó llevaron llevará llevarán
draws draw drew dibuja dibujan dibujó dibujaron dibujará dibujarán
steals steal stole roba roban robó robaron robará robarán
keeps keep kept guarda guardan guardó guardaron guardará guardarán
wants want wanted quiere quieren quiso quisieron querrá querrán
hides hide hid esconde esconden escondió escondieron esconderá esconderán
breaks break broke rompe rompen rompió rompieron romperá romperán
"""

_INTRANSITIVE = """
sleeps sleep slept duerme duermen durmió durmieron dormirá dormirán
runs run ran corre corren corrió corrieron correrá correrán
sings sing sang canta cantan cantó cantaron cantará cantarán
works work worked trabaja trabajan trabajó trabajaron trabajará trabajarán
waits wait waited espera esperan esperó esperaron esperará esperarán
falls fall fell cae caen cayó cayeron caerá caerán
swims swim swam nada nadan nadó nadaron nadará nadarán
plays play played juega juegan jugó jugaron jugará jugarán
"""

# english, spanish
_ADVERBS = """
today hoy
tomorrow mañana
always siempre
here aquí
there allí
well bien
slowly despacio
"""

PREPOSITIONS = [("in", ("en",)), ("near", ("cerca", "de")), ("behind", ("detrás", "de")), ("without", ("sin",))]

# english, then Spanish by gender and number (ms, fs, mp, fp); singular ones and plural ones
DETERMINERS_ONE = [("the", ("el", "la")), ("a", ("un", "una")), ("this", ("este", "esta")), ("my", ("mi", "mi")),
                   ("her", ("su", "su"))]
DETERMINERS_MANY = [("the", ("los", "las")), ("some", ("unos", "unas")), ("these", ("estos", "estas")),
                    ("two", ("dos", "dos")), ("many", ("muchos", "muchas")), ("my", ("mis", "mis"))]


def _table(text):
    return [tuple(line.split()) for line in text.strip().splitlines()]


NOUNS, ADJECTIVES, TRANSITIVE = _table(_NOUNS), _table(_ADJECTIVES), _table(_TRANSITIVE)
INTRANSITIVE, ADVERBS = _table(_INTRANSITIVE), _table(_ADVERBS)
